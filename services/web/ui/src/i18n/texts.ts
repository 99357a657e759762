// Texts in Simplified Chinese and English, side by side: a text without its other language does not compile.
import { useCallback } from 'react'
import { usePreferences, type Locale } from './preferences'

export type Pair = readonly [zh: string, en: string]
export type Values = Record<string, string | number>

// {name} is replaced by the value of that name; an unknown name stays visible, so that it is seen in a test.
export function fill(text: string, values?: Values): string {
  if (!values) return text
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export function pick(pair: Pair, locale: Locale): string {
  return locale === 'zh' ? pair[0] : pair[1]
}

const registry: Record<string, Record<string, Pair>> = {}

// The texts of one area. `area` is only for the test that walks over all of them.
export function defineTexts<T extends Record<string, Pair>>(area: string, texts: T): T {
  registry[area] = texts
  return texts
}

export function allTexts(): Record<string, Record<string, Pair>> {
  return registry
}

export type Translate<T> = (key: keyof T & string, values?: Values) => string

export function useTexts<T extends Record<string, Pair>>(texts: T): Translate<T> {
  const locale = usePreferences((state) => state.locale)
  return useCallback((key, values) => fill(pick(texts[key] as Pair, locale), values), [texts, locale])
}

// A text named by data, such as a machine word of the server; the word itself when we have no text for it.
export function useWord(texts: Record<string, Pair>): (word: string) => string {
  const locale = usePreferences((state) => state.locale)
  return useCallback(
    (word) => {
      const pair = texts[word]
      return pair ? pick(pair, locale) : word
    },
    [texts, locale],
  )
}
