// What every tab shows of the telephone: one tab leads and has the audio, the others show the same.
import { create } from 'zustand'

export type PhoneState =
  // Not asked for, or a desk telephone is used.
  | 'off'
  // Another tab has it.
  | 'mirror'
  | 'starting'
  | 'ready'
  // The browser may not use the microphone, or there is none.
  | 'noMicrophone'
  // The line broke and is being made again.
  | 'reconnecting'
  // Another computer or browser took the telephone over.
  | 'superseded'

export interface Leg {
  legId: string
  callId: string
  contactId: string
  state: 'ringing' | 'up' | 'ended'
  held: boolean
  heldByOther: boolean
  number: string
  name: string
  data: Record<string, string>
  startedAt: number
  answeredAt: number | undefined
}

export interface Quality {
  // Milliseconds there and back; undefined until it is known.
  roundTrip: number | undefined
  jitter: number | undefined
  // Share of packets lost on the way to us, 0..1.
  loss: number | undefined
}

export interface PhoneView {
  state: PhoneState
  legs: Leg[]
  muted: boolean
  // The browser will not play sound before somebody presses something.
  soundBlocked: boolean
  quality: Quality
  fault: string
}

export const initialPhone: PhoneView = {
  state: 'off', legs: [], muted: false, soundBlocked: false, fault: '',
  quality: { roundTrip: undefined, jitter: undefined, loss: undefined },
}

export const usePhone = create<PhoneView>(() => initialPhone)

// The leg that is talked on, else one that is held, else the one that rings.
export function mainLeg(legs: readonly Leg[]): Leg | undefined {
  return legs.find((leg) => leg.state === 'up' && !leg.held) ?? legs.find((leg) => leg.state === 'up') ?? legs.find((leg) => leg.state === 'ringing')
}

// A changed leg takes its place; an ended one goes.
export function withLeg(legs: readonly Leg[], changed: Leg): Leg[] {
  const rest = legs.filter((leg) => leg.legId !== changed.legId)
  return changed.state === 'ended' ? rest : [...rest, changed].sort((a, b) => a.startedAt - b.startedAt)
}
