// What an agent writes about a contact, saved as he types: in this browser at once, so that a crash between two keys loses
// nothing, and at the service a moment later, where it stays.
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { client } from '@/api/transport'
import { Dispositions, type ContactNotes } from '@/gen/trunkline/acd/v1/dispositions_pb'
import { millis } from '@/i18n/format'

export interface Draft {
  text: string
  categoryId: string
  // When it was typed.
  savedAt: number
}

const KEY = 'trunkline.notes.'
const MOST_AGE_MS = 24 * 3600_000
const PAUSE_MS = 800
const RETRY_MS = 3000

export function loadNotes(contactId: string): Draft {
  try {
    const draft = JSON.parse(localStorage.getItem(KEY + contactId) ?? 'null') as Draft | null
    if (draft) return draft
  } catch {
    // What cannot be read is as good as nothing.
  }
  return { text: '', categoryId: '', savedAt: 0 }
}

export function keepNotes(contactId: string, draft: Draft): void {
  localStorage.setItem(KEY + contactId, JSON.stringify(draft))
}

export function dropNotes(contactId: string): void {
  localStorage.removeItem(KEY + contactId)
}

// Notes of calls that were long ago are no draft any more.
export function dropOldNotes(now: number): void {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(KEY))) {
    if (now - loadNotes(key.slice(KEY.length)).savedAt > MOST_AGE_MS) localStorage.removeItem(key)
  }
}

// The newer of what this browser and what the service has: another computer may have written on.
export function newer(mine: Draft, theirs: ContactNotes | undefined): Draft {
  const savedAt = millis(theirs?.saveTime) ?? 0
  return theirs && savedAt >= mine.savedAt ? { text: theirs.text, categoryId: theirs.categoryId, savedAt } : mine
}

export interface Notes {
  draft: Draft
  // When the service had all of it; undefined while something is on its way or could not be stored.
  storedAt: number | undefined
  failure: unknown
  change(part: Partial<Draft>): void
  // Stores it for good.
  dispose(): Promise<void>
}

export function useNotes(contactId: string, agentId: string): Notes {
  const [draft, setDraft] = useState(() => loadNotes(contactId))
  const [storedAt, setStoredAt] = useState<number>()
  const [failure, setFailure] = useState<unknown>()
  const current = useRef(draft)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const theirs = useQuery({
    queryKey: ['notes', agentId, contactId], enabled: contactId !== '' && agentId !== '', staleTime: Infinity, retry: 2,
    queryFn: ({ signal }) => client(Dispositions).listNotes({ agentId, contactId }, { signal }),
  })
  const take = useCallback((next: Draft) => {
    current.current = next
    setDraft(next)
    keepNotes(contactId, next)
  }, [contactId])
  const request = useCallback(() => ({ agentId, contactId, text: current.current.text, categoryId: current.current.categoryId }), [agentId, contactId])
  const store = useCallback(async () => {
    clearTimeout(timer.current)
    const sent = current.current
    try {
      await client(Dispositions).saveNotes(request())
      setFailure(undefined)
      if (current.current === sent) setStoredAt(Date.now())
    } catch (thrown) {
      setFailure(thrown)
      timer.current = setTimeout(() => void store(), RETRY_MS)
    }
  }, [request])
  const later = useCallback((pause: number) => {
    setStoredAt(undefined)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void store(), pause)
  }, [store])
  const found = theirs.data?.notes[0]
  useEffect(() => {
    if (!theirs.data) return
    const mine = current.current
    const best = newer(mine, found)
    if (best !== mine) {
      take(best)
      setStoredAt(best.savedAt)
    } else if (mine.text !== '' || mine.categoryId !== '') later(0)
  }, [theirs.data, found, take, later])
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => dropOldNotes(Date.now()), [])
  return {
    draft, storedAt, failure,
    change(part) {
      take({ ...current.current, ...part, savedAt: Date.now() })
      later(PAUSE_MS)
    },
    async dispose() {
      clearTimeout(timer.current)
      await client(Dispositions).disposeContact(request())
      setFailure(undefined)
      dropNotes(contactId)
    },
  }
}
