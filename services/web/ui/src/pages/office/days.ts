// Appointments by day, then what has no time.
import type { Task } from '@/gen/trunkline/knowledge/v1/resources_pb'
import { millis } from '@/i18n/format'
import { localTime } from '@/pages/orders/stepDraft'

export function byDay(tasks: readonly Task[]): { day: string; tasks: Task[] }[] {
  const days = new Map<string, Task[]>()
  for (const task of [...tasks].sort((a, b) => (millis(a.startTime) ?? Infinity) - (millis(b.startTime) ?? Infinity))) {
    const start = millis(task.startTime)
    const day = start === undefined ? '' : localTime(start).slice(0, 10)
    days.set(day, [...(days.get(day) ?? []), task])
  }
  return [...days].map(([day, list]) => ({ day, tasks: list }))
}
