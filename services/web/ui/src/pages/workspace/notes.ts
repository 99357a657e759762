// Notes of a contact while they are typed: kept in this browser at every key, so neither a reload nor an error loses them.
export interface Draft {
  text: string
  categoryId: string
  savedAt: number
}

const KEY = 'trunkline.notes.'
const MOST_AGE_MS = 24 * 3600_000

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
