// Steps on orders on their way to the server. Each is written down here before it is sent and struck out when the server
// has answered, so it is taken exactly once, whatever happens to the network, the page or the telephone in between: sending
// again carries the same request id. What the server refuses is kept for the person to decide.
import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import { Code, ConnectError } from '@connectrpc/connect'
import { create } from 'zustand'
import { isCode } from '@/api/failure'
import { client } from '@/api/transport'
import { useSession } from '@/app/session'
import type { Order, Step } from '@/gen/trunkline/workorder/v1/resources_pb'
import { WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { isAway } from './seen'
import { read, readAll, remove, write } from '@/kept/store'

// The wire's own words for what a step needs; see TakeStepRequest.
export interface StepValues {
  step: Step
  stepId: string
  text?: string
  fields?: Record<string, string>
  branch?: string
  helpers?: string[]
  otherOrderId?: string
  workingDays?: number
  until?: number
  score?: number
  title?: string
  description?: string
}

export interface KeptFile {
  // Also the request id of its sending.
  id: string
  name: string
  size: number
  attachmentId?: string
}

export type ItemState = 'waiting' | 'changed' | 'refused'

export interface OutboxItem {
  // The request id.
  id: string
  userId: string
  orderId: string
  number: string
  title: string
  stepName: string
  // State of the order after it, as far as is known; see pending.ts.
  toStateId: string
  values: StepValues
  files: KeptFile[]
  // What the person saw; a step on top of an own one takes that one's.
  revision: bigint
  // The newest entry of its log then: what came after it is news to the person.
  logNumber: number
  madeAt: number
  state: ItemState
  fault?: { code: Code; message: string }
}

export type Sent = { outcome: 'taken'; order: Order } | { outcome: 'waiting' } | { outcome: 'failed'; thrown: unknown }

interface Outbox {
  items: OutboxItem[]
  sending: boolean
}

export const useOutbox = create<Outbox>(() => ({ items: [], sending: false }))

const RETRY_MS = 15_000
const others = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('trunkline.outbox')
const listeners = new Set<(item: OutboxItem, sent: Sent) => void>()

// Told of every step that was sent or refused later than when it was made.
export function onSentLater(listener: (item: OutboxItem, sent: Sent) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const me = () => useSession.getState().identity?.user.userId ?? ''

export async function refreshOutbox(): Promise<OutboxItem[]> {
  const items = (await readAll<OutboxItem>('outbox')).filter((item) => item.userId === me()).sort((a, b) => a.madeAt - b.madeAt)
  useOutbox.setState({ items })
  return items
}

async function keep(item: OutboxItem): Promise<void> {
  await write('outbox', item.id, item)
  await refreshOutbox()
  others?.postMessage('changed')
}

// `files` stay when a form or a draft still holds them.
async function strike(item: OutboxItem, files: 'drop' | 'leave' = 'drop'): Promise<void> {
  await remove('outbox', item.id)
  if (files === 'drop') for (const file of item.files) await remove('files', file.id)
  await refreshOutbox()
  others?.postMessage('changed')
}

// One page sends at a time: two tabs must not overtake each other with steps on one order.
async function alone<T>(run: () => Promise<T>): Promise<T> {
  return navigator.locks ? await navigator.locks.request('trunkline.outbox', run) : await run()
}

async function sendFiles(item: OutboxItem): Promise<void> {
  for (const file of item.files) {
    if (file.attachmentId) continue
    const kept = await read<{ blob: Blob }>('files', file.id)
    if (!kept) continue
    const content = new Uint8Array(await kept.blob.arrayBuffer())
    const added = await client(WorkOrders).addAttachment({ requestId: file.id, name: file.name, content }, { timeoutMs: 60_000 })
    file.attachmentId = added.attachmentId
    await write('outbox', item.id, item)
  }
}

async function send(item: OutboxItem): Promise<Sent> {
  try {
    await sendFiles(item)
    const { until, ...values } = item.values
    const order = await client(WorkOrders).takeStep({
      ...values, requestId: item.id, orderId: item.orderId, revision: item.revision, doneTime: timestampFromMs(item.madeAt),
      attachmentIds: item.files.flatMap((file) => file.attachmentId ?? []), ...(until ? { untilTime: timestampFromMs(until) } : {}),
    }, { timeoutMs: 30_000 })
    return { outcome: 'taken', order }
  } catch (thrown) {
    // A session that is over, or a gateway that asks for patience, is no refusal of this step.
    if (isAway(thrown) || isCode(thrown, Code.Unauthenticated, Code.ResourceExhausted)) return { outcome: 'waiting' }
    return { outcome: 'failed', thrown }
  }
}

// What waits behind `item` on the same order was made on top of it.
async function raiseRevision(item: OutboxItem, order: Order): Promise<void> {
  for (const next of await refreshOutbox()) {
    if (next.orderId === item.orderId && next.id !== item.id && next.madeAt >= item.madeAt) await write('outbox', next.id, { ...next, revision: order.revision })
  }
}

// Writes it down and sends it, unless an earlier step on the order still waits. A refusal at once is for the form, which
// has everything that was typed; so nothing stays here.
export async function submitStep(item: Omit<OutboxItem, 'userId' | 'state' | 'madeAt'>): Promise<Sent> {
  const made: OutboxItem = { ...item, userId: me(), state: 'waiting', madeAt: Date.now() }
  await keep(made)
  return await alone(async () => {
    const before = (await refreshOutbox()).some((each) => each.orderId === made.orderId && each.id !== made.id)
    if (before || !navigator.onLine) return { outcome: 'waiting' as const }
    const sent = await send(made)
    if (sent.outcome !== 'waiting') await strike(made, sent.outcome === 'failed' ? 'leave' : 'drop')
    return sent
  })
}

// Sends what waits, oldest first; an order with a refused step waits for its person.
export async function flush(): Promise<void> {
  if (useOutbox.getState().sending || me() === '') return
  useOutbox.setState({ sending: true })
  try {
    await alone(async () => {
      for (const { id } of await refreshOutbox()) {
        // Read anew: a step before it may have raised its revision.
        const item = useOutbox.getState().items.find((each) => each.id === id)
        if (!item || item.state !== 'waiting' || useOutbox.getState().items.some((each) => each.orderId === item.orderId && each.madeAt < item.madeAt)) continue
        const sent = await send(item)
        if (sent.outcome === 'waiting') return
        if (sent.outcome === 'taken') {
          await raiseRevision(item, sent.order)
          await strike(item)
        } else {
          const { code, rawMessage: message } = ConnectError.from(sent.thrown)
          await keep({ ...item, fault: { code, message }, state: code === Code.Aborted ? 'changed' : 'refused' })
        }
        listeners.forEach((listener) => listener(item, sent))
      }
    })
  } finally {
    useOutbox.setState({ sending: false })
  }
}

// The person has seen what others did and wants his step on top of it.
export async function sendAgain(item: OutboxItem, revision: bigint): Promise<void> {
  const { fault: _, ...rest } = item
  await keep({ ...rest, state: 'waiting', revision })
  await flush()
}

export const giveUp = (item: OutboxItem, files: 'drop' | 'leave' = 'drop') => strike(item, files)

// Runs as long as the page does.
export function startOutbox(): () => void {
  const run = () => void flush().catch(() => undefined)
  const heard = () => void refreshOutbox().catch(() => undefined)
  void refreshOutbox().then(run, () => undefined)
  const timer = setInterval(() => useOutbox.getState().items.some((item) => item.state === 'waiting') && run(), RETRY_MS)
  addEventListener('online', run)
  others?.addEventListener('message', heard)
  return () => {
    clearInterval(timer)
    removeEventListener('online', run)
    others?.removeEventListener('message', heard)
  }
}
