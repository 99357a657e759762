// Drafts of flows, kept in this browser at every change until they are published or dropped.
import type { EditorFlow } from './model'

export interface StoredDraft {
  flow: EditorFlow
  // The version it began from; 0: a new flow.
  base: number
  places: Record<string, { x: number; y: number }>
}

const KEY = 'trunkline.flow.'

export function loadDraft(name: string): StoredDraft | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEY + name) ?? 'null') as StoredDraft | null) ?? undefined
  } catch {
    return undefined
  }
}

export function keepDraft(name: string, draft: StoredDraft): void {
  localStorage.setItem(KEY + name, JSON.stringify(draft))
}

export function dropDraft(name: string): void {
  localStorage.removeItem(KEY + name)
}

export function draftNames(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(KEY)).map((key) => key.slice(KEY.length)).sort()
}
