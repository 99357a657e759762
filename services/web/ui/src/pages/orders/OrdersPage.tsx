// Work orders in the tabs of a branch and of the centre, those due first at the top; A accepts the chosen one.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useRefreshOn } from '@/api/acd'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { isTyping } from '@/app/shortcuts'
import { ListOrdersRequest_Sort, WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { OrderState, Step, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { dateTime, millis } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { TextField } from '@/ui/Field'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tabs } from '@/ui/Tabs'
import { CreateOrderDialog } from './CreateOrder'
import { ordersTexts } from './orders.texts'
import { OrderStateTag, OrderTypeName, PriorityTag, TimeLeft, urgencyOf } from './parts'

const ORDERS = ['orders']

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

export function useOrderColumns(): Column<Order>[] {
  const t = useTexts(ordersTexts)
  return [
    { key: 'number', title: t('number'), width: '150px', cell: (order) => <strong className="figure">{order.number}</strong>, order: (order) => order.number },
    { key: 'subject', title: t('subject'), cell: (order) => <><PriorityTag order={order} /> {order.title}</> },
    { key: 'type', title: t('type'), width: '110px', wideOnly: true, cell: (order) => <OrderTypeName order={order} /> },
    { key: 'state', title: t('state'), width: '110px', cell: (order) => <OrderStateTag order={order} />, order: (order) => order.state },
    { key: 'branch', title: t('branch'), width: '130px', wideOnly: true, cell: (order) => order.branch },
    { key: 'due', title: t('due'), width: '150px', wideOnly: true, cell: (order) => dateTime(order.dueTime), order: (order) => millis(order.dueTime) ?? Infinity },
    { key: 'left', title: t('left'), width: '120px', right: true, cell: (order) => <TimeLeft order={order} />, order: (order) => millis(order.dueTime) ?? Infinity },
  ]
}

export default function OrdersPage() {
  const t = useTexts(ordersTexts)
  const c = useTexts(common)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [, go] = useLocation()
  const [tab, setTab] = useState<TabKey>('toAccept')
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const [creating, setCreating] = useState(false)
  const columns = useOrderColumns()
  useRefreshOn('trunkline.workorder.', ORDERS, 800)
  const counts = useQuery({ queryKey: [...ORDERS, 'counts'], queryFn: ({ signal }) => client(WorkOrders).countOrders({}, { signal }), retry: false })
  const list = useQuery({
    queryKey: [...ORDERS, 'list', tab, asked],
    queryFn: ({ signal }) => {
      const { states, ...flags } = TABS[tab]
      const search = /^\d{4,}[-\d]*$/.test(asked) ? { number: asked } : { text: asked }
      return client(WorkOrders).listOrders({ states: [...states], ...flags, ...(asked ? search : {}), sort: tab === 'closed' ? ListOrdersRequest_Sort.NEWEST : ListOrdersRequest_Sort.DUE, pageSize: 200 }, { signal })
    },
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
  const accept = async (order: Order) => {
    try {
      await client(WorkOrders).takeStep({ requestId: crypto.randomUUID(), orderId: order.orderId, step: Step.ACCEPT, revision: order.revision })
      toast('good', t('accepted', { number: order.number }))
    } catch (thrown) {
      toast('bad', failureText(thrown))
    }
    void queries.invalidateQueries({ queryKey: ORDERS })
  }
  // A on a row accepts it: the whole list can be worked through without the mouse.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.code !== 'KeyA' || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target) || tab !== 'toAccept') return
      const id = document.activeElement?.closest('tr')?.dataset.id
      const order = list.data?.orders.find((row) => row.orderId === id)
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
        tabs={(Object.keys(TABS) as TabKey[]).map((key) => ({ key, title: t(key), count: number[key] }))} />
      <form className="filters" role="search" onSubmit={(event) => {
        event.preventDefault()
        setAsked(text.trim())
      }}>
        <TextField label={t('text')} type="search" value={text} onChange={setText} maxLength={100} />
        <Button type="submit" icon="search">{c('search')}</Button>
      </form>
      {list.error && <FailureNotice failure={list.error} onRetry={() => void list.refetch()} />}
      {list.data && <DataTable label={t(tab)} rows={list.data.orders} id={(order) => order.orderId} columns={tab === 'toAccept' && can('workorder.orders.step')
        ? [...columns, { key: 'accept', title: '', width: '110px', cell: (order) => <span onClick={(event) => event.stopPropagation()}><Button small kind="primary" keys="A" onPress={() => void accept(order)}>{t('accept')}</Button></span> }]
        : columns}
        onOpen={(order) => go(`/orders/${order.orderId}`)} tone={(order) => urgencyOf(order, now)} empty={{ title: t('none'), hint: t('noneHint') }} />}
      {creating && <CreateOrderDialog onClose={() => setCreating(false)} onCreated={(order) => {
        setCreating(false)
        toast('good', t('created2', { number: order.number }))
        go(`/orders/${order.orderId}`)
      }} />}
    </div>
  )
}
