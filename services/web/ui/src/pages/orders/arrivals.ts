// Sound and pop-up when an order comes to a branch, comes back to it, or is urged. The event itself says enough: nothing is
// asked for over a slow line.
import { onEvent } from '@/api/live'
import { OrderCreatedSchema, OrderStepTakenSchema, OrderUrgedSchema } from '@/gen/trunkline/workorder/v1/events_pb'
import { OrderState, Step } from '@/gen/trunkline/workorder/v1/resources_pb'

export type ArrivalKind = 'arrived' | 'returned' | 'urged'

export interface Arrival {
  kind: ArrivalKind
  orderId: string
  number: string
  title: string
}

const RETURNS = [Step.RETURN, Step.SEND_BACK, Step.REOPEN]

// A branch holds the right to take steps only for its own unit; the centre would hear every order of the town.
export function isBranch(rights: readonly string[]): boolean {
  return !rights.includes('workorder.orders.step') && rights.some((right) => right.startsWith('workorder.orders.step@'))
}

export function onArrival(take: (arrival: Arrival) => void): () => void {
  const stops = [
    onEvent(OrderCreatedSchema, ({ orderId, number, title, branch, owner }) => {
      if (branch && owner === branch) take({ kind: 'arrived', orderId, number, title })
    }),
    onEvent(OrderStepTakenSchema, ({ orderId, number, title, step, state, branch, owner, logNumber }) => {
      // A creation is told by its own event.
      if (owner !== branch || logNumber <= 1 || step === Step.CREATE) return
      if (RETURNS.includes(step)) take({ kind: 'returned', orderId, number, title })
      else if (state === OrderState.DISPATCHED && [Step.DISPATCH, Step.FORWARD, Step.APPROVE].includes(step)) take({ kind: 'arrived', orderId, number, title })
    }),
    onEvent(OrderUrgedSchema, ({ orderId, number, title }) => take({ kind: 'urged', orderId, number, title })),
  ]
  return () => stops.forEach((stop) => stop())
}
