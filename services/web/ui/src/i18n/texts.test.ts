// Both languages are complete: every text of every area, with the same places to fill in.
import { describe, expect, it } from 'vitest'
import { allTexts, fill } from './texts'

// Loading the files registers their texts.
const files = import.meta.glob('/src/**/*.texts.ts', { eager: true })
const CHINESE = /[\u4e00-\u9fff]/
// The same in both languages.
const EQUAL = new Set(['VIP', '–', ''])

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

describe('texts', () => {
  it('are registered by every file of texts', () => {
    expect(Object.keys(files).length).toBeGreaterThan(15)
    expect(Object.keys(allTexts()).length).toBeGreaterThanOrEqual(Object.keys(files).length)
  })
  for (const [area, texts] of Object.entries(allTexts())) {
    it(`${area}: is Chinese in Chinese and English in English, with the same values`, () => {
      for (const [key, [zh, en]] of Object.entries(texts)) {
        if (EQUAL.has(zh)) continue
        expect(CHINESE.test(zh), `${area}.${key} zh: ${zh}`).toBe(true)
        expect(en.trim(), `${area}.${key} en`).not.toBe('')
        expect(CHINESE.test(en), `${area}.${key} en: ${en}`).toBe(false)
        expect(places(zh), `${area}.${key}`).toEqual(places(en))
      }
    })
  }
  it('fill in values and leave an unknown place visible', () => {
    expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}')
  })
})
