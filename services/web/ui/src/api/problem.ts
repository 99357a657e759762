// The details that our services send along with an error: which field is wrong, and the number to tell the operator.
import { ConnectError } from '@connectrpc/connect'
import { ProblemSchema, type Problem } from '@/gen/trunkline/web/v1/web_pb'

export function problemOf(thrown: unknown): Problem | undefined {
  return ConnectError.from(thrown).findDetails(ProblemSchema)[0]
}

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

// Which of these fields does the error speak of? By its details, else by a field's name in its sentence.
export function faultField(thrown: unknown, names: string[]): string | undefined {
  const error = ConnectError.from(thrown)
  const told = problemOf(thrown)?.field ?? ''
  const last = told.split('.').pop()?.replace(/\[.*$/, '') ?? ''
  if (last && names.includes(camel(last))) return camel(last)
  const words = new Set(error.rawMessage.split(/[^\w]+/).map(camel))
  return names.find((name) => words.has(name))
}
