// Work without a network: what waits is sent once, in order, and what others changed is told.
import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { anyPack } from '@bufbuild/protobuf/wkt'
import { Code, ConnectError } from '@connectrpc/connect'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { deliver } from '@/api/live'
import { useSession } from '@/app/session'
import { FlowDefinitionSchema, FlowState_Owner, FlowStep_By } from '@/gen/trunkline/workorder/v1/definitions_pb'
import { OrderCreatedSchema, OrderStepTakenSchema } from '@/gen/trunkline/workorder/v1/events_pb'
import { OrderSchema, OrderState, Step } from '@/gen/trunkline/workorder/v1/resources_pb'
import { LiveEventSchema } from '@/gen/trunkline/web/v1/web_pb'
import { CategorySchema, TaskSchema } from '@/gen/trunkline/knowledge/v1/resources_pb'
import { inTreeOrder } from '../knowledge/categories'
import { byDay } from '../office/days'
import { isSpans, spansOf } from '../orderSettings/spans'
import { isBranch, onArrival, type Arrival } from './arrivals'
import { flush, onSentLater, refreshOutbox, sendAgain, submitStep, useOutbox, type OutboxItem, type Sent } from './outbox'
import { afterPending } from './pending'
import { NO_CONDITIONS, toRequest } from './OrderFilters'
import { fit } from './photo'
import { remembered } from './seen'

const kept = vi.hoisted(() => new Map<string, Map<string, unknown>>())
const sends = vi.hoisted(() => ({ takeStep: vi.fn(), addAttachment: vi.fn() }))

vi.mock('@/kept/store', () => {
  const of = (name: string) => kept.get(name) ?? kept.set(name, new Map()).get(name)!
  return {
    read: (name: string, key: string) => Promise.resolve(structuredClone(of(name).get(key))), readAll: (name: string) => Promise.resolve([...of(name).values()].map((value) => structuredClone(value))),
    keysOf: (name: string) => Promise.resolve([...of(name).keys()]), write: (name: string, key: string, value: unknown) => Promise.resolve(void of(name).set(key, structuredClone(value))),
    remove: (name: string, key: string) => Promise.resolve(void of(name).delete(key)), clear: (name: string) => Promise.resolve(of(name).clear()),
  }
})
vi.mock('@/api/transport', () => ({ client: () => sends, whenLoggedOut: () => () => undefined }))

const away = () => new ConnectError('away', Code.Unavailable)
const order = (revision: bigint, change: MessageInitShape<typeof OrderSchema> = {}) => create(OrderSchema, { orderId: 'o1', revision, stateId: 'dispatched', ...change })
const item = (id: string, step: Step, toStateId = '', revision = 3n): Omit<OutboxItem, 'userId' | 'state' | 'madeAt'> =>
  ({ id, orderId: 'o1', number: '1', title: '', stepName: Step[step], toStateId, values: { step, stepId: '' }, files: [], revision, logNumber: 2 })

beforeEach(() => {
  kept.clear()
  sends.takeStep.mockReset()
  sends.addAttachment.mockReset()
  useOutbox.setState({ items: [], sending: false })
  useSession.setState({ state: 'in', identity: { user: { userId: 'u1' } } as never })
})

describe('the outbox', () => {
  it('sends at once when it can, and keeps nothing', async () => {
    sends.takeStep.mockResolvedValue(order(4n))
    expect((await submitStep(item('r1', Step.ACCEPT))).outcome).toBe('taken')
    expect(await refreshOutbox()).toEqual([])
  })
  it('keeps a step while the network is away and sends it later under the same request id', async () => {
    sends.takeStep.mockRejectedValueOnce(away()).mockResolvedValue(order(4n))
    expect((await submitStep(item('r1', Step.ACCEPT))).outcome).toBe('waiting')
    await flush()
    expect(sends.takeStep.mock.calls.map(([request]) => request.requestId)).toEqual(['r1', 'r1'])
    expect(await refreshOutbox()).toEqual([])
  })
  it('sends steps on one order in their order, the second on top of the first', async () => {
    sends.takeStep.mockRejectedValueOnce(away())
    await submitStep(item('r1', Step.ACCEPT))
    expect((await submitStep(item('r2', Step.FEED_BACK))).outcome).toBe('waiting')
    sends.takeStep.mockReset().mockResolvedValueOnce(order(4n)).mockResolvedValueOnce(order(5n))
    await flush()
    await flush()
    expect(sends.takeStep.mock.calls.map(([request]) => [request.requestId, request.revision])).toEqual([['r1', 3n], ['r2', 4n]])
  })
  it('keeps what somebody else overtook, tells it, and sends it on top when the person says so', async () => {
    sends.takeStep.mockRejectedValueOnce(away())
    await submitStep(item('r1', Step.HANDLE))
    const told: Sent[] = []
    const stop = onSentLater((_, sent) => told.push(sent))
    sends.takeStep.mockRejectedValueOnce(new ConnectError('ORDER_CHANGED: 1002 took NOTE', Code.Aborted))
    await flush()
    await flush()
    const [changed] = await refreshOutbox()
    expect(changed).toMatchObject({ state: 'changed', fault: { code: Code.Aborted } })
    expect(told.map((sent) => sent.outcome)).toEqual(['failed'])
    sends.takeStep.mockResolvedValue(order(8n))
    await sendAgain(changed!, 7n)
    expect(sends.takeStep.mock.lastCall?.[0]).toMatchObject({ requestId: 'r1', revision: 7n })
    expect(await refreshOutbox()).toEqual([])
    stop()
  })
  it('gives a refusal at once back to the form and keeps its photographs', async () => {
    kept.set('files', new Map([['f1', { blob: new Blob(['x']) }]]))
    sends.addAttachment.mockResolvedValue({ attachmentId: 'a1' })
    sends.takeStep.mockRejectedValue(new ConnectError('STEP_NOT_ALLOWED: no', Code.FailedPrecondition))
    const sent = await submitStep({ ...item('r1', Step.FEED_BACK), files: [{ id: 'f1', name: 'a.jpg', size: 1, attachmentId: 'a1' }] })
    expect(sent.outcome).toBe('failed')
    expect(await refreshOutbox()).toEqual([])
    expect(kept.get('files')?.has('f1')).toBe(true)
  })
  it('waits for the log-in when the session has ended, and shows nobody the steps of another', async () => {
    sends.takeStep.mockRejectedValue(new ConnectError('SESSION_ENDED', Code.Unauthenticated))
    expect((await submitStep(item('r1', Step.ACCEPT))).outcome).toBe('waiting')
    useSession.setState({ identity: { user: { userId: 'u2' } } as never })
    expect(await refreshOutbox()).toEqual([])
  })
})

it('what was seen last is answered while nobody can be asked, but not instead of a refusal', async () => {
  expect(await remembered('k', () => Promise.resolve(1))).toBe(1)
  await Promise.resolve()
  expect(await remembered('k', () => Promise.reject(away()))).toBe(1)
  await expect(remembered('k', () => Promise.reject(new ConnectError('no', Code.PermissionDenied)))).rejects.toThrow()
  await expect(remembered('other', () => Promise.reject(away()))).rejects.toThrow()
})

it('an order that waits to be accepted can be answered already, as its flow says', () => {
  const flow = create(FlowDefinitionSchema, {
    states: [{ stateId: 'dispatched', owner: FlowState_Owner.BRANCH }, { stateId: 'accepted', name: '处理中', owner: FlowState_Owner.BRANCH }, { stateId: 'fed_back', owner: FlowState_Owner.CENTRE }],
    steps: [{ stepId: 'feed_back', step: Step.FEED_BACK, from: ['accepted'], to: 'fed_back', by: FlowStep_By.OWNER, textRequired: true }, { stepId: 'verify', step: Step.VERIFY, from: ['fed_back'], to: 'closed', by: FlowStep_By.OWNER }, { stepId: 'late', step: Step.ESCALATE, from: ['accepted'], to: 'accepted', by: FlowStep_By.SYSTEM }],
  })
  const now = order(3n, { steps: [{ stepId: 'accept', step: Step.ACCEPT, toStateId: 'accepted' }, { stepId: 'note', step: Step.NOTE }, { stepId: 'merge', step: Step.MERGE, blocked: 'no' }] })
  const waits = { ...item('r1', Step.ACCEPT, 'accepted'), userId: 'u1', state: 'waiting', madeAt: 1 } as OutboxItem
  expect(afterPending(now, flow, []).steps).toBe(now.steps)
  expect(afterPending(now, flow, [waits])).toMatchObject({ stateName: '处理中' })
  expect(afterPending(now, flow, [waits]).steps.map((step) => step.stepId)).toEqual(['feed_back', 'note'])
  expect(afterPending(now, flow, [{ ...waits, state: 'changed' }]).steps).toBe(now.steps)
})

it('the bell of a branch rings for what comes, comes back or is urged, and for nothing else', () => {
  const heard: Arrival[] = []
  const stop = onArrival((arrival) => heard.push(arrival))
  const tell = (change: MessageInitShape<typeof OrderStepTakenSchema>) => deliver(create(LiveEventSchema, { payload: anyPack(OrderStepTakenSchema, create(OrderStepTakenSchema, { number: '7', branch: 'east', owner: 'east', logNumber: 5, ...change })) }))
  deliver(create(LiveEventSchema, { payload: anyPack(OrderCreatedSchema, create(OrderCreatedSchema, { number: '6', branch: 'east', owner: 'east' })) }))
  tell({ step: Step.DISPATCH, state: OrderState.DISPATCHED })
  tell({ step: Step.SEND_BACK, state: OrderState.ACCEPTED })
  tell({ step: Step.ACCEPT, state: OrderState.ACCEPTED })
  tell({ step: Step.FEED_BACK, state: OrderState.FED_BACK, owner: 'centre' })
  expect(heard.map((arrival) => `${arrival.kind} ${arrival.number}`)).toEqual(['arrived 6', 'arrived 7', 'returned 7'])
  stop()
  expect([isBranch(['workorder.orders.step@east']), isBranch(['workorder.orders.step']), isBranch([])]).toEqual([true, false, false])
})

it('photographs are fitted into a square and never made larger', () => {
  expect(fit(4000, 3000, 1600)).toEqual([1600, 1200])
  expect(fit(300, 400, 1600)).toEqual([300, 400])
})

it('working hours are spans in their order; an end may run into the next day', () => {
  for (const good of ['', '09:00-12:00', '09:00-12:00 13:30-17:30', '22:00-26:00', '00:00-24:00']) expect(isSpans(good), good).toBe(true)
  for (const bad of ['9-12', '12:00-09:00', '09:00-12:00 11:00-13:00', '09:00', '25:00-26:00', '09:60-10:00']) expect(isSpans(bad), bad).toBe(false)
  expect(spansOf('09:00-12:00，13:30-17:30')).toEqual(['09:00-12:00', '13:30-17:30'])
})

it('digits are the number of an order, all else is words; the last day counts whole', () => {
  expect(toRequest({ ...NO_CONDITIONS, text: ' 20261125-000001 ' })).toMatchObject({ number: '20261125-000001' })
  expect(toRequest({ ...NO_CONDITIONS, text: '12 路' })).toMatchObject({ text: '12 路' })
  const { createdFrom, createdTo } = toRequest({ ...NO_CONDITIONS, from: '2026-11-01', to: '2026-11-01' })
  expect(Number((createdTo as { seconds: bigint }).seconds - (createdFrom as { seconds: bigint }).seconds)).toBe(86_400)
})

it('tasks stand under their day in their order, those without a time last; categories stand under their parents', () => {
  const task = (title: string, seconds?: number) => create(TaskSchema, { title, ...(seconds ? { startTime: { seconds: BigInt(seconds), nanos: 0 } } : {}) })
  expect(byDay([task('later'), task('b', 1_780_003_600), task('a', 1_780_000_000)]).map(({ tasks }) => tasks.map(({ title }) => title).join())).toEqual(['a,b', 'later'])
  const categories = [['b', 'a', 2], ['c', 'a', 1], ['a', '', 5], ['d', '', 1], ['e', 'gone', 9]].map(([categoryId, parentId, position]) => create(CategorySchema, { categoryId: String(categoryId), parentId: String(parentId), position: Number(position) }))
  expect(inTreeOrder(categories).map(({ category, depth }) => `${category.categoryId}${depth}`)).toEqual(['d0', 'a0', 'c1', 'b1', 'e0'])
})
