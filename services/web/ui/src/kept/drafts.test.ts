// What is typed before the browser has told what it keeps is not overwritten by it.
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import { useDraft, type Draft } from './drafts'

const store = vi.hoisted(() => ({ answer: (_: unknown) => {}, written: [] as unknown[] }))
vi.mock('./store', () => ({
  read: () => new Promise((resolve) => {
    store.answer = resolve
  }),
  write: (_name: string, _key: string, { value }: { value: unknown }) => Promise.resolve(void store.written.push(value)),
  remove: () => Promise.resolve(),
  keysOf: () => Promise.resolve([]),
}))

interface Note {
  text: string
  branch: string
}

it('keeps what was typed early beside what was kept', async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  let draft: Draft<Note> | undefined
  function Form() {
    draft = useDraft<Note>('note', () => ({ text: '', branch: '' }))
    return null
  }
  const root = createRoot(document.createElement('div'))
  await act(async () => root.render(createElement(Form)))
  await act(async () => draft?.set({ text: 'typed' }))
  expect(store.written).toEqual([])
  await act(async () => store.answer({ at: 0, value: { text: 'old', branch: 'east' } }))
  expect(draft?.value).toEqual({ text: 'typed', branch: 'east' })
  expect(store.written).toEqual([{ text: 'typed', branch: 'east' }])
  await act(async () => root.unmount())
})
