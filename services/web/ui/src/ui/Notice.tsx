// What went wrong, what is empty and why, and short news at the edge of the page.
import { useState, type ReactNode } from 'react'
import { create } from 'zustand'
import { asText, toFailure } from '@/api/failure'
import { codes, common, errors } from '@/i18n/common.texts'
import { reasons } from '@/i18n/reasons.texts'
import { useTexts, useWord } from '@/i18n/texts'
import { Button } from './Button'
import { Icon, type IconName } from './Icon'

// The sentence a person reads: our words for the reason if we have them, else for the code.
export function useFailureText(): (thrown: unknown) => string {
  const code = useWord(codes)
  const reason = useWord(reasons)
  return (thrown) => {
    const failure = toFailure(thrown)
    if (failure.reason && reason(failure.reason) !== failure.reason) return reason(failure.reason)
    return failure.code === 'invalid_argument' && failure.message ? `${code(failure.code)}: ${failure.message}` : code(failure.code)
  }
}

export function FailureNotice({ failure, onRetry }: { failure: unknown; onRetry?: () => void }) {
  const t = useTexts(common)
  const e = useTexts(errors)
  const text = useFailureText()
  const [copied, setCopied] = useState(false)
  const found = toFailure(failure)
  return (
    <div className="notice bad" role="alert">
      <Icon name="warning" />
      <div className="grow">
        <strong>{text(failure)}</strong>
        <div className="small">
          {e('code')}: {found.code}{found.reason && ` / ${found.reason}`}
          {found.trace && <> · {e('trace')}: {found.trace}</>}
        </div>
      </div>
      <Button small kind="quiet" onPress={() => {
        void navigator.clipboard?.writeText(asText(found)).then(() => setCopied(true))
      }}>{copied ? t('copied') : t('copy')}</Button>
      {onRetry && <Button small icon="refresh" onPress={onRetry}>{t('retry')}</Button>}
    </div>
  )
}

export function Empty({ icon = 'search', title, hint, children }: { icon?: IconName; title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} size={34} />
      <strong>{title}</strong>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  )
}

interface Toast {
  id: number
  tone: 'good' | 'bad'
  text: string
}

interface Toasts {
  list: Toast[]
  add(tone: Toast['tone'], text: string): void
  drop(id: number): void
}

let lastToast = 0

export const useToasts = create<Toasts>((set, get) => ({
  list: [],
  add(tone, text) {
    const id = ++lastToast
    set({ list: [...get().list.slice(-3), { id, tone, text }] })
    setTimeout(() => get().drop(id), tone === 'bad' ? 10_000 : 4_000)
  },
  drop(id) {
    set({ list: get().list.filter((toast) => toast.id !== id) })
  },
}))

export function Toasts() {
  const t = useTexts(common)
  const { list, drop } = useToasts()
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((toast) => (
        <div key={toast.id} className={`toast ${toast.tone}`}>
          <Icon name={toast.tone === 'good' ? 'check' : 'warning'} />
          <span>{toast.text}</span>
          <Button small kind="quiet" icon="cross" label={t('close')} onPress={() => drop(toast.id)} />
        </div>
      ))}
    </div>
  )
}
