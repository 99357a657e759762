// What a person chose for himself on this computer: language, theme, size of letters, shortcuts.
import { create } from 'zustand'

export type Locale = 'zh' | 'en'
export type Theme = 'light' | 'dark' | 'system'

export interface Preferences {
  locale: Locale
  theme: Theme
  scale: number
  shortcuts: boolean
  // Other keys for what the first one does: { KeyA: 'KeyQ' }.
  keys: Record<string, string>
  speaker: string
  microphone: string
}

interface Store extends Preferences {
  set(change: Partial<Preferences>): void
}

const KEY = 'trunkline.preferences'

function load(): Preferences {
  const initial: Preferences = {
    locale: navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en',
    theme: 'system',
    scale: 100,
    shortcuts: true,
    keys: {},
    speaker: '',
    microphone: '',
  }
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) }
  } catch {
    return initial
  }
}

export const usePreferences = create<Store>((set, get) => ({
  ...load(),
  set(change) {
    set(change)
    const { locale, theme, scale, shortcuts, keys, speaker, microphone } = get()
    localStorage.setItem(KEY, JSON.stringify({ locale, theme, scale, shortcuts, keys, speaker, microphone }))
    applyPreferences()
  },
}))

// Puts language, theme and size on the document; CSS does the rest.
export function applyPreferences(): void {
  const { locale, theme, scale } = usePreferences.getState()
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  const root = document.documentElement
  root.lang = locale === 'zh' ? 'zh-CN' : 'en'
  root.dataset.theme = dark ? 'dark' : 'light'
  root.style.fontSize = `${(scale * 14) / 100}px`
}
