// Times, durations and numbers as people read them in their language.
import type { Duration, Timestamp } from '@bufbuild/protobuf/wkt'
import { usePreferences } from './preferences'

const TAG = { zh: 'zh-CN', en: 'en-GB' } as const

function tag(): string {
  return TAG[usePreferences.getState().locale]
}

export function millis(time?: Timestamp): number | undefined {
  return time ? Number(time.seconds) * 1000 + Math.floor(time.nanos / 1e6) : undefined
}

export function seconds(duration?: Duration): number {
  return duration ? Number(duration.seconds) + duration.nanos / 1e9 : 0
}

// 0:07, 12:34, 1:02:03; days are hours.
export function clock(total: number): string {
  const whole = Math.max(0, Math.floor(total))
  const pad = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`
}

export function dateTime(time?: Timestamp): string {
  const at = millis(time)
  if (at === undefined) return ''
  const options: Intl.DateTimeFormatOptions = {
    month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false,
  }
  if (new Date(at).getFullYear() !== new Date().getFullYear()) options.year = 'numeric'
  return new Intl.DateTimeFormat(tag(), options).format(at)
}

export function timeOfDay(time?: Timestamp): string {
  const at = millis(time)
  if (at === undefined) return ''
  return new Intl.DateTimeFormat(tag(), { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(at)
}

export function percent(ratio?: number): string {
  return ratio === undefined ? '–' : new Intl.NumberFormat(tag(), { style: 'percent', maximumFractionDigits: 1 }).format(ratio)
}

export function count(value: number | bigint): string {
  return new Intl.NumberFormat(tag()).format(value)
}

// 13800138000 -> 138****8000; short numbers and extensions stay as they are.
export function maskNumber(number: string): string {
  if (number.includes('*') || number.length < 7) return number
  return `${number.slice(0, 3)}****${number.slice(-4)}`
}
