// Signing in and out, without the client library, so that the log-in page is small and there at once.
export interface Identity {
  user: { userId: string; loginName: string; name: string; agentId: string; unitId: string; language: string; totpEnabled: boolean }
  rights: string[]
  pending: string
}

export class AccessError extends Error {
  constructor(readonly code: string, readonly reason: string, message: string, readonly trace: string) {
    super(message)
  }
}

interface WireError {
  code?: string
  message?: string
  details?: { type: string; value: string; debug?: { reason?: string; traceId?: string } }[]
}

// The strings of a small message by field number: enough to read a Problem without the library.
export function stringsOf(base64: string): Record<number, string> {
  const bytes = Uint8Array.from(atob(base64.padEnd(Math.ceil(base64.length / 4) * 4, '=')), (letter) => letter.charCodeAt(0))
  const found: Record<number, string> = {}
  for (let at = 0; at + 1 < bytes.length; ) {
    const tag = bytes[at] as number
    const length = bytes[at + 1] as number
    if ((tag & 7) !== 2 || length > 127) break
    found[tag >> 3] = new TextDecoder().decode(bytes.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return found
}

async function call(method: string, body: unknown): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(`/trunkline.web.v1.Access/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Connect-Protocol-Version': '1' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
  } catch (thrown) {
    throw new AccessError('unavailable', '', String(thrown), '')
  }
  const answer: unknown = await response.json().catch(() => ({}))
  if (response.ok) return answer
  const { code = 'unavailable', message = '', details = [] } = answer as WireError
  const problem = details.find((detail) => detail.type.endsWith('.Problem'))
  const strings = problem ? stringsOf(problem.value) : {}
  throw new AccessError(code, strings[1] ?? /^[A-Z][A-Z0-9_]{2,}/.exec(message)?.[0] ?? '', message, strings[3] ?? '')
}

function toIdentity(answer: unknown): Identity {
  const { user = {}, rights = [], pending = '' } = answer as Partial<Identity>
  return {
    user: { userId: '', loginName: '', name: '', agentId: '', unitId: '', language: '', totpEnabled: false, ...user },
    rights,
    pending,
  }
}

export async function logIn(loginName: string, password: string, totpCode: string): Promise<Identity> {
  return toIdentity(await call('LogIn', { loginName, password, totpCode }))
}

export async function whoAmI(): Promise<Identity | undefined> {
  try {
    return toIdentity(await call('WhoAmI', {}))
  } catch (thrown) {
    if (thrown instanceof AccessError && thrown.code === 'unauthenticated') return undefined
    throw thrown
  }
}

export async function logOut(): Promise<void> {
  await call('LogOut', {})
}
