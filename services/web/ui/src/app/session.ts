// Who is signed in on this page, and what he may do.
import { create } from 'zustand'
import { logOut, whoAmI, type Identity } from '@/api/access'

export type SessionState = 'unknown' | 'out' | 'in' | 'unreachable'

interface Session {
  state: SessionState
  identity: Identity | undefined
  // Was signed in and no longer is; what he typed is still there.
  expired: boolean
  look(): Promise<void>
  enter(identity: Identity): void
  leave(): Promise<void>
  expire(): void
}

export const useSession = create<Session>((set, get) => ({
  state: 'unknown',
  identity: undefined,
  expired: false,
  async look() {
    try {
      const identity = await whoAmI()
      set(identity ? { state: 'in', identity, expired: false } : { state: 'out', identity: undefined })
    } catch {
      if (get().state !== 'in') set({ state: 'unreachable' })
    }
  },
  enter(identity) {
    set({ state: 'in', identity, expired: false })
  },
  async leave() {
    await logOut().catch(() => undefined)
    set({ state: 'out', identity: undefined, expired: false })
  },
  expire() {
    if (get().state === 'in') set({ expired: true })
  },
}))

// A right held everywhere, or somewhere ("right@unit"): the server decides about the place.
export function holds(rights: readonly string[], right: string): boolean {
  return rights.some((held) => held === right || held.startsWith(`${right}@`))
}

export function useCan(): (right: string) => boolean {
  const rights = useSession((session) => session.identity?.rights)
  return (right) => holds(rights ?? [], right)
}

export function useAgentId(): string {
  return useSession((session) => session.identity?.user.agentId ?? '')
}
