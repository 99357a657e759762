// What went wrong with a call, in the form that pages show.
import { Code, ConnectError } from '@connectrpc/connect'
import { problemOf } from './problem'

export interface Failure {
  // One of the sixteen, in the spelling of the protocol: "not_found".
  code: string
  // Machine word of the service, "AGENT_NOT_READY"; empty when it gave none.
  reason: string
  message: string
  trace: string
}

function snake(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
}

// Our services put the machine word first: "AGENT_NOT_READY: agent 1001 is talking".
const REASON = /^([A-Z][A-Z0-9_]{2,}):\s*/

export function toFailure(thrown: unknown): Failure {
  const error = ConnectError.from(thrown)
  const network = error.cause instanceof TypeError || /failed to fetch|networkerror/i.test(error.rawMessage)
  const code = network ? 'unavailable' : snake(Code[error.code] ?? 'Unknown')
  const problem = problemOf(thrown)
  const word = REASON.exec(error.rawMessage)
  return {
    code,
    reason: problem?.reason || (word?.[1] ?? ''),
    message: word ? error.rawMessage.slice(word[0].length) : error.rawMessage,
    trace: problem?.traceId || (error.metadata.get('x-trace-id') ?? ''),
  }
}

export function isCode(thrown: unknown, ...wanted: Code[]): boolean {
  return wanted.includes(ConnectError.from(thrown).code)
}

export function asText(failure: Failure): string {
  return [failure.code, failure.reason, failure.trace, failure.message].filter(Boolean).join(' | ')
}
