// Keys: one family, Alt with a letter, matched by the place of the key so that layouts and input methods do not matter.
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import { usePreferences } from '@/i18n/preferences'
import type { Pair } from '@/i18n/texts'

export interface Shortcut {
  // "KeyA" with Alt, or "ctrl+KeyK".
  code: string
  label: Pair
  // Why it does nothing now.
  unavailable?: string | undefined
  run(): void
}

// What is pressed while the pointer is in a text field is typing, unless Alt or Ctrl is held.
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

// The key that a person chose in place of the usual one.
export const keyOf = (code: string): string => usePreferences.getState().keys[code] ?? code

// With which other action a new key would collide.
export function takenBy(codes: readonly string[], keys: Record<string, string>, code: string, key: string): string | undefined {
  return codes.find((other) => other !== code && (keys[other] ?? other) === key)
}

export function matches(event: KeyboardEvent, usual: string): boolean {
  const code = keyOf(usual)
  if (event.isComposing || event.repeat) return false
  if (code.startsWith('ctrl+')) return (event.ctrlKey || event.metaKey) && !event.altKey && event.code === code.slice(5)
  return event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.code === code
}

export function keyName(usual: string): string {
  const code = keyOf(usual)
  return code.startsWith('ctrl+') ? `Ctrl+${code.slice(8)}` : `Alt+${code.replace(/^Key|^Digit/, '')}`
}

// Those that are active now; the help window and the command bar show them.
export const useShortcutList = create<{ all: Map<string, Shortcut[]> }>(() => ({ all: new Map() }))

// `owner` names the part of the page that offers them.
export function useShortcuts(owner: string, shortcuts: Shortcut[]): void {
  const current = useRef(shortcuts)
  current.current = shortcuts
  const signature = shortcuts.map((shortcut) => shortcut.code + (shortcut.unavailable ?? '')).join()
  useEffect(() => {
    useShortcutList.setState(({ all }) => ({ all: new Map(all).set(owner, current.current) }))
    return () => useShortcutList.setState(({ all }) => {
      const rest = new Map(all)
      rest.delete(owner)
      return { all: rest }
    })
  }, [owner, signature])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!usePreferences.getState().shortcuts && event.altKey) return
      const found = current.current.find((shortcut) => matches(event, shortcut.code))
      if (!found) return
      event.preventDefault()
      if (!found.unavailable) found.run()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
