// Working hours of a day as people write them: "09:00-12:00 13:30-17:30"; an end above 24:00 runs into the next day.
const SPAN = /^([01]\d|2[0-3]):[0-5]\d-([0-3]\d|4[0-7]|48):[0-5]\d$/

export const spansOf = (text: string) => text.split(/[\s,，]+/).filter(Boolean)

export function isSpans(text: string): boolean {
  let end = ''
  for (const span of spansOf(text)) {
    const [from = '', to = ''] = span.split('-')
    if (!SPAN.test(span) || from >= to || from < end) return false
    end = to
  }
  return true
}
