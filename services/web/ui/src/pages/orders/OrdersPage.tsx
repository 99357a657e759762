// Work orders in the tabs of a branch and of the centre, those due first at the top; A accepts the chosen one.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { useRefreshOn } from '@/api/acd'
import { client } from '@/api/transport'
import { useCan, useSession } from '@/app/session'
import { isTyping } from '@/app/shortcuts'
import { useConnection } from '@/api/live'
import { ListOrdersRequest_Sort, WorkOrders, type CountOrdersResponse, type ListOrdersResponse } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { OrderState, Step, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { dateTime, millis } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { Tabs } from '@/ui/Tabs'
import { isBranch } from './arrivals'
import { CreateOrderDialog } from './CreateOrder'
import { lastOf } from './Meanwhile'
import { offlineTexts } from './offline.texts'
import { NO_CONDITIONS, OrderFilters, toRequest } from './OrderFilters'
import { OrderCards, useNarrow } from './OrderCards'
import { useUnitName } from './OrderParts'
import { ordersTexts } from './orders.texts'
import { submitStep, useOutbox } from './outbox'
import { OrderStateTag, OrderTypeName, PriorityTag, TimeLeft, urgencyOf } from './parts'
import { lookAhead } from './remembered'
import { lastSeen, remembered } from './seen'

const ORDERS = ['orders']
const PAGE = 50
// Events tell what changed; asking again is for a line whose events are away.
const EVENTS_UP_MS = 300_000
const EVENTS_DOWN_MS = 30_000

const TABS = {
  toAccept: { states: [OrderState.DISPATCHED] },
  inHand: { states: [OrderState.ACCEPTED] },
  toApprove: { states: [OrderState.CREATED] },
  toDispatch: { states: [OrderState.APPROVED] },
  toVerify: { states: [OrderState.FED_BACK, OrderState.VERIFIED] },
  overdue: { states: [], overdueOnly: true },
  open: { states: [], openOnly: true },
  closed: { states: [OrderState.CLOSED, OrderState.WITHDRAWN, OrderState.MERGED] },
} as const

type TabKey = keyof typeof TABS

// What a branch has nothing to do with.
const OF_CENTRE: TabKey[] = ['toApprove', 'toDispatch']

const NOTHING: Order[] = []

// Lists come without steps: where accepting leads is in the order as it was seen.
async function acceptedState(order: Order): Promise<string> {
  const seen = await lastSeen<Order>(`order.${order.orderId}`)
  return seen?.value.steps.find((each) => each.step === Step.ACCEPT)?.toStateId ?? ''
}

export function useOrderColumns(): Column<Order>[] {
  const unit = useUnitName()
  const t = useTexts(ordersTexts)
  return [
    { key: 'number', title: t('number'), width: '172px', cell: (order) => <strong className="figure">{order.number}</strong>, order: (order) => order.number },
    { key: 'subject', title: t('subject'), cell: (order) => <><PriorityTag order={order} /> {order.title}</> },
    { key: 'type', title: t('type'), width: '110px', wideOnly: true, cell: (order) => <OrderTypeName order={order} /> },
    { key: 'state', title: t('state'), width: '110px', cell: (order) => <OrderStateTag order={order} />, order: (order) => order.state },
    { key: 'branch', title: t('branch'), width: '130px', wideOnly: true, cell: (order) => unit(order.branch) },
    { key: 'due', title: t('due'), width: '150px', wideOnly: true, cell: (order) => dateTime(order.dueTime), order: (order) => millis(order.dueTime) ?? Infinity },
    { key: 'left', title: t('left'), width: '120px', right: true, cell: (order) => <TimeLeft order={order} />, order: (order) => millis(order.dueTime) ?? Infinity },
  ]
}

export default function OrdersPage() {
  const t = useTexts(ordersTexts)
  const o = useTexts(offlineTexts)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [, go] = useLocation()
  const [tab, setTab] = useState<TabKey>('toAccept')
  const [asked, setAsked] = useState(NO_CONDITIONS)
  const [creating, setCreating] = useState(false)
  const [more, setMore] = useState(1)
  const columns = useOrderColumns()
  const narrow = useNarrow()
  const up = useConnection((connection) => connection.up)
  const { items } = useOutbox()
  const waiting = useMemo(() => new Set(items.map((item) => item.orderId)), [items])
  const branch = isBranch(useSession((session) => session.identity?.rights) ?? [])
  const own = useSession((session) => session.identity?.user.userId ?? '')
  useRefreshOn('trunkline.workorder.', ORDERS, 800)
  const refetchInterval = up ? EVENTS_UP_MS : EVENTS_DOWN_MS
  const counts = useQuery({
    queryKey: [...ORDERS, 'counts'], retry: false, networkMode: 'always', refetchInterval,
    queryFn: ({ signal }) => remembered<CountOrdersResponse>(`counts.${own}`, () => client(WorkOrders).countOrders({}, { signal })),
  })
  const list = useQuery({
    queryKey: [...ORDERS, 'list', tab, asked, more],
    queryFn: ({ signal }) => {
      const { states, ...flags } = TABS[tab]
      return remembered<ListOrdersResponse>(`list.${own}.${tab}.${JSON.stringify(asked)}`, () => client(WorkOrders).listOrders({
        states: [...states], ...flags, ...toRequest(asked), sort: tab === 'closed' ? ListOrdersRequest_Sort.NEWEST : ListOrdersRequest_Sort.DUE, pageSize: PAGE * more }, { signal }))
    },
    placeholderData: keepPreviousData, networkMode: 'always', retry: false, refetchInterval,
  })
  const orders = list.data?.orders ?? NOTHING
  useEffect(() => {
    if (up && can('workorder.orders.step') && (tab === 'toAccept' || tab === 'inHand')) void lookAhead(orders)
  }, [orders, tab, up]) // eslint-disable-line react-hooks/exhaustive-deps
  const accept = async (order: Order) => {
    if (waiting.has(order.orderId)) return
    try {
      const sent = await submitStep({ id: crypto.randomUUID(), orderId: order.orderId, number: order.number, title: order.title, stepName: t('acceptOne'), toStateId: await acceptedState(order),
        values: { step: Step.ACCEPT, stepId: '' }, files: [], revision: order.revision, logNumber: lastOf(order) })
      if (sent.outcome === 'failed') throw sent.thrown
      toast('good', sent.outcome === 'taken' ? t('accepted', { number: order.number }) : o('kept'))
    } catch (thrown) {
      toast('bad', failureText(thrown))
    }
    void queries.invalidateQueries({ queryKey: ORDERS })
  }
  // A accepts the row that has the focus, else the one due first, which is marked: no mouse is needed.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.code !== 'KeyA' || event.altKey || event.ctrlKey || event.metaKey || event.repeat || isTyping(event.target) || tab !== 'toAccept' || document.querySelector('dialog[open]')) return
      const id = document.activeElement?.closest('tr')?.dataset.id
      const order = orders.find((row) => (id ? row.orderId === id : !waiting.has(row.orderId)))
      if (order) void accept(order)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
  const number: Partial<Record<TabKey, number>> = counts.data ? {
    toAccept: counts.data.toAccept, inHand: counts.data.inHand, toVerify: counts.data.toVerify, toApprove: counts.data.toApprove,
    toDispatch: counts.data.toDispatch, overdue: counts.data.overdue, open: counts.data.open,
  } : {}
  const now = Date.now()
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('title')}</h1>
        {can('workorder.orders.create') && <Button kind="primary" icon="plus" onPress={() => setCreating(true)}>{t('create')}</Button>}
      </div>
      <Tabs label={t('state')} chosen={tab} onChoose={(key) => setTab(key as TabKey)}
        tabs={(Object.keys(TABS) as TabKey[]).filter((key) => !branch || !OF_CENTRE.includes(key)).map((key) => ({ key, title: t(key), count: number[key] }))} />
      <OrderFilters onAsk={setAsked} />
      {list.error && <FailureNotice failure={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (narrow
        ? <OrderCards label={t(tab)} orders={orders} waiting={waiting} now={now} onAccept={tab === 'toAccept' && can('workorder.orders.step') ? (order) => void accept(order) : undefined} />
        : <DataTable label={t(tab)} rows={orders} id={(order) => order.orderId} columns={tab === 'toAccept' && can('workorder.orders.step') ? [...columns, {
            key: 'accept', title: '', width: '120px',
            cell: (order) => waiting.has(order.orderId) ? <Tag tone="warn">{o('waitingOne')}</Tag>
              : <span onClick={(event) => event.stopPropagation()}><Button small kind="primary" keys="A" onPress={() => void accept(order)}>{t('accept')}</Button></span>,
          }] : columns}
            {...(tab === 'toAccept' ? { selected: orders.find((order) => !waiting.has(order.orderId))?.orderId } : {})}
            onOpen={(order) => go(`/orders/${order.orderId}`)} tone={(order) => urgencyOf(order, now)} empty={{ title: t('none'), hint: t('noneHint') }} />)}
      {tab === 'toAccept' && !narrow && orders.length > 0 && can('workorder.orders.step') && <p className="muted small">{t('moveKeys')}</p>}
      {list.data?.nextPageToken && <div><Button onPress={() => setMore(more + 1)}>{t('showMore')}</Button></div>}
      {creating && <CreateOrderDialog onClose={() => setCreating(false)} onCreated={(order) => {
        setCreating(false)
        toast('good', t('created2', { number: order.number }))
        go(`/orders/${order.orderId}`)
      }} />}
    </div>
  )
}
