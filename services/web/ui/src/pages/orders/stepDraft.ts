// What is typed into the form of a step.
import type { KeptFile, OutboxItem } from './outbox'

export interface StepDraft {
  text: string
  fields: Record<string, string>
  branch: string
  helpers: string[]
  other: string
  days: string
  until: string
  score: string
  title: string
  description: string
  files: KeptFile[]
}

export const stepDraftKey = (orderId: string, stepId: string) => `step.${orderId}.${stepId}`

export const emptyStep = (): StepDraft => ({ text: '', fields: {}, branch: '', helpers: [], other: '', days: '', until: '', score: '', title: '', description: '', files: [] })

const pad = (value: number) => String(value).padStart(2, '0')

// As <input type="datetime-local"> writes it.
export function localTime(at: number): string {
  const time = new Date(at)
  return `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}T${pad(time.getHours())}:${pad(time.getMinutes())}`
}

export function draftOf({ values, files }: OutboxItem): StepDraft {
  return {
    ...emptyStep(), files, text: values.text ?? '', fields: values.fields ?? {}, branch: values.branch ?? '', helpers: values.helpers ?? [], other: values.otherOrderId ?? '',
    days: values.workingDays ? String(values.workingDays) : '', until: values.until ? localTime(values.until) : '', score: values.score ? String(values.score) : '', title: values.title ?? '', description: values.description ?? '',
  }
}
