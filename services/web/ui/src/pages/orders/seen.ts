// The last answer to a question, for when there is no network; what it holds leaves with the person who logs out.
import { Code } from '@connectrpc/connect'
import { isCode, toFailure } from '@/api/failure'
import { clear, keysOf, read, remove, write } from '@/kept/store'

interface Seen<T> {
  at: number
  value: T
}

const MOST_SEEN = 300
const MOST_AGE_MS = 7 * 86_400_000

// Is it the network's fault, so that the same request may work later?
export function isAway(thrown: unknown): boolean {
  return toFailure(thrown).code === 'unavailable' || isCode(thrown, Code.Unavailable, Code.DeadlineExceeded, Code.Canceled)
}

export function lastSeen<T>(key: string): Promise<Seen<T> | undefined> {
  return read<Seen<T>>('seen', key).catch(() => undefined)
}

export async function keepSeen(key: string, value: unknown): Promise<void> {
  // A browser that cannot keep it works as before, only not offline.
  await write('seen', key, { at: Date.now(), value }).catch(() => undefined)
}

// Asks, and answers with what was seen last when nobody can be asked.
export async function remembered<T>(key: string, ask: () => Promise<T>): Promise<T> {
  try {
    const value = await ask()
    void keepSeen(key, value)
    return value
  } catch (thrown) {
    const before = isAway(thrown) ? await lastSeen<T>(key) : undefined
    if (before) return before.value
    throw thrown
  }
}

// At a computer that several people use, the orders of one are not shown to the next.
export async function seenBy(userId: string): Promise<void> {
  const before = await lastSeen<string>('owner')
  if (before?.value !== userId) await forgetSeen()
  await keepSeen('owner', userId)
}

export const forgetSeen = () => clear('seen').catch(() => undefined)

export async function forgetOld(now: number): Promise<void> {
  const keys = await keysOf('seen')
  const ages = await Promise.all(keys.map(async (key) => ({ key, at: (await lastSeen(key))?.at ?? 0 })))
  ages.sort((a, b) => b.at - a.at)
  for (const [place, { key, at }] of ages.entries()) if (place >= MOST_SEEN || now - at > MOST_AGE_MS) await remove('seen', key)
}
