// Weekly hours as people write them, one line each: "1-5 08:30-17:30".
import { create } from '@bufbuild/protobuf'
import { Queue_OpeningHours_SpanSchema, type Queue_OpeningHours_Span } from '@/gen/trunkline/acd/v1/resources_pb'
import type { Pair } from '@/i18n/texts'

const LINE = /^([1-7])(?:\s*-\s*([1-7]))?\s+(\d{2}:\d{2})\s*-\s*(\d{2}:\d{2})$/
const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text) || text === '24:00'

export function spansOf(lines: readonly string[]): Queue_OpeningHours_Span[] {
  return lines.flatMap((line) => {
    const [, first, last, from, to] = LINE.exec(line.trim()) ?? []
    if (!first || !from || !to) return []
    return Array.from({ length: Number(last ?? first) - Number(first) + 1 }, (_, index) => create(Queue_OpeningHours_SpanSchema, { weekday: Number(first) + index, from, to }))
  })
}

// Days of the same hours that follow each other share a line.
export function linesOf(spans: readonly Queue_OpeningHours_Span[]): string[] {
  const groups: { hours: string; first: number; last: number }[] = []
  for (const span of [...spans].sort((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to) || a.weekday - b.weekday)) {
    const hours = `${span.from}-${span.to}`
    const open = groups.at(-1)
    if (open?.hours === hours && open.last + 1 === span.weekday) open.last = span.weekday
    else groups.push({ hours, first: span.weekday, last: span.weekday })
  }
  return groups.sort((a, b) => a.first - b.first || a.hours.localeCompare(b.hours)).map(({ hours, first, last }) => `${first === last ? first : `${first}-${last}`} ${hours}`)
}

export function faultOfHours(value: unknown): Pair | undefined {
  for (const line of (value as string[]).map((each) => each.trim()).filter(Boolean)) {
    const [, first, last, from, to] = LINE.exec(line) ?? []
    if (!first || !from || !to || Number(last ?? first) < Number(first)) return [`“${line}”：应如“1-5 08:30-17:30”，1 为周一`, `“${line}”: write “1-5 08:30-17:30”, 1 is Monday`]
    if (!isTime(from) || !isTime(to) || from >= to) return [`“${line}”：时间应从早到晚，00:00 到 24:00`, `“${line}”: times go from early to late, 00:00 to 24:00`]
  }
  return undefined
}

export function faultOfDates(value: unknown): Pair | undefined {
  const bad = (value as string[]).map((each) => each.trim()).filter(Boolean).find((line) => {
    const date = new Date(`${line}T00:00:00Z`)
    return !/^\d{4}-\d{2}-\d{2}$/.test(line) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== line
  })
  return bad === undefined ? undefined : [`“${bad}”不是日期，应如 2026-10-01`, `“${bad}” is no date; write 2026-10-01`]
}
