// What is being typed, kept at every change: neither a reload, nor an error, nor a telephone that lets the page go for its
// camera loses it. Drafts are the person's: another one at the same computer does not see them.
import { useCallback, useEffect, useRef, useState } from 'react'
import { useSession } from '@/app/session'
import { keysOf, read, remove, write } from './store'

interface Kept<T> {
  at: number
  value: T
}

const MOST_AGE_MS = 14 * 86_400_000

const nameOf = (key: string) => `${useSession.getState().identity?.user.userId ?? ''}/${key}`

export const dropDraft = (key: string) => remove('drafts', nameOf(key)).catch(() => undefined)
export const putDraft = (key: string, value: unknown) => write('drafts', nameOf(key), { at: Date.now(), value }).catch(() => undefined)

export interface Draft<T> {
  value: T
  // It was typed before and is here again.
  restored: boolean
  // Read from the browser. What is typed before that stays as it is typed.
  ready: boolean
  set(change: Partial<T>): void
  // Back to how it began.
  drop(): Promise<void>
}

export function useDraft<T extends object>(key: string, empty: () => T): Draft<T> {
  const first = useRef(empty)
  const early = useRef<Partial<T>>({})
  const [state, setState] = useState(() => ({ value: first.current(), restored: false, ready: false }))
  useEffect(() => {
    let gone = false
    read<Kept<Partial<T>>>('drafts', nameOf(key)).catch(() => undefined).then((kept) => {
      if (gone) return
      const value = { ...first.current(), ...kept?.value, ...early.current }
      if (Object.keys(early.current).length > 0) void putDraft(key, value)
      setState({ value, restored: kept !== undefined, ready: true })
    }, () => undefined)
    return () => {
      gone = true
      early.current = {}
    }
  }, [key])
  const set = useCallback((change: Partial<T>) => {
    early.current = { ...early.current, ...change }
    setState((before) => {
      const value = { ...before.value, ...change }
      if (before.ready) void putDraft(key, value)
      return { ...before, value }
    })
  }, [key])
  const drop = useCallback(async () => {
    early.current = {}
    setState({ value: first.current(), restored: false, ready: true })
    await dropDraft(key)
  }, [key])
  return { ...state, set, drop }
}

export async function dropOldDrafts(now: number): Promise<void> {
  for (const key of await keysOf('drafts')) {
    const kept = await read<Kept<unknown>>('drafts', key)
    if (kept && now - kept.at > MOST_AGE_MS) await remove('drafts', key)
  }
}
