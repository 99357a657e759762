// States and durations: a colour is never alone, a text and a shape stand beside it.
import { useEffect, useState } from 'react'
import { clock } from '@/i18n/format'

export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'hold' | 'wrap' | 'off'

export function StatusDot({ tone, text, detail }: { tone: Tone; text: string; detail?: string | undefined }) {
  return (
    <span className={`status ${tone}`}>
      <span className="dot" aria-hidden="true" />
      <span>{text}</span>
      {detail && <span className="detail">{detail}</span>}
    </span>
  )
}

export function Tag({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`tag ${tone}`}>{children}</span>
}

// The second hand of the page: one timer for every clock that is on it.
const beats = new Set<(now: number) => void>()
let timer: ReturnType<typeof setInterval> | undefined

export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    beats.add(setNow)
    timer ??= setInterval(() => beats.forEach((beat) => beat(Date.now())), 1000)
    return () => {
      beats.delete(setNow)
      if (beats.size === 0) {
        clearInterval(timer)
        timer = undefined
      }
    }
  }, [])
  return now
}

// Time since a moment, counting up.
export function Elapsed({ since }: { since: number | undefined }) {
  const now = useNow()
  return <span className="figure">{since === undefined ? '–' : clock((now - since) / 1000)}</span>
}

// Time until a moment: a ring that empties. Under a tenth of `whole` it warns.
export function Countdown({ until, whole, label }: { until: number; whole: number; label: string }) {
  const now = useNow()
  const left = Math.max(0, (until - now) / 1000)
  const part = whole > 0 ? Math.min(1, left / whole) : 0
  const round = 2 * Math.PI * 15
  return (
    <span className={`ring${part < 0.25 ? ' late' : ''}`} role="timer" aria-label={label}>
      <svg width="38" height="38" viewBox="0 0 38 38" aria-hidden="true">
        <circle cx="19" cy="19" r="15" className="track" />
        <circle cx="19" cy="19" r="15" className="hand" strokeDasharray={`${round * part} ${round}`} transform="rotate(-90 19 19)" />
      </svg>
      <span className="figure">{clock(left)}</span>
    </span>
  )
}
