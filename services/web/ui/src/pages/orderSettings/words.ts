// Enumerations as choices in the reader's language.
import { useWord, type Pair } from '@/i18n/texts'
import type { Option } from '@/ui/Field'

type Names = Record<string, string | number>

// The values of a generated enumeration that have a word.
export function useChoices(names: Names, words: Record<string, Pair>): Option[] {
  const word = useWord(words)
  return Object.entries(names).filter(([name, value]) => typeof value === 'number' && name in words).map(([name, value]) => ({ value: String(value), label: word(name) }))
}

export const whole = (text: string) => Math.max(0, Math.floor(Number(text) || 0))
export const listOf = (text: string) => text.split(/[,，\s]+/).map((part) => part.trim()).filter(Boolean)
