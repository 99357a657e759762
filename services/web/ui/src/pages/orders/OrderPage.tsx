// One work order: what it is about, what may be done now, and everything that happened to it.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link, useParams, useSearchParams } from 'wouter'
import { useRefreshOn } from '@/api/acd'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { isTyping } from '@/app/shortcuts'
import { WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { Step, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { dateTime, maskNumber } from '@/i18n/format'
import { usePreferences } from '@/i18n/preferences'
import { useTexts, useWord } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { useOrderTypes } from './CreateOrder'
import { orderSteps, ordersTexts } from './orders.texts'
import { OrderParts, useUnitName } from './OrderParts'
import { offlineTexts } from './offline.texts'
import { useOutbox } from './outbox'
import { afterPending } from './pending'
import { rememberedOrder, useFlow } from './remembered'
import { keepSeen } from './seen'
import { OrderStateTag, OrderTypeName, PriorityTag, TimeLeft } from './parts'
import { StepForm } from './StepForm'

const ORDER = ['order']

export default function OrderPage() {
  const { id = '' } = useParams<{ id: string }>()
  const t = useTexts(ordersTexts)
  const o = useTexts(offlineTexts)
  const c = useTexts(common)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  useRefreshOn('trunkline.workorder.', ORDER, 500)
  const [search] = useSearchParams()
  const query = useQuery({ queryKey: [...ORDER, id], networkMode: 'always', retry: false, queryFn: ({ signal }) => rememberedOrder(id, signal) })
  const flow = useFlow(query.data)
  const { items } = useOutbox()
  const print = async () => {
    try {
      const { content, contentType, fileName } = await client(WorkOrders).printOrder({ orderId: id }, { timeoutMs: 30_000 })
      save(content, contentType, fileName)
    } catch (thrown) {
      toast('bad', failureText(thrown))
    }
  }
  // A accepts, here as in the list.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.code !== 'KeyA' || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      document.querySelector<HTMLElement>('.step-buttons [aria-keyshortcuts=A]:not([aria-disabled])')?.click()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  if (query.error) return <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />
  const order = query.data
  if (!order) return <div className="boot" role="status" aria-label={c('loading')} />
  const shown = afterPending(order, flow.data, items)
  const pending = items.some((item) => item.orderId === order.orderId && item.state === 'waiting')
  return (
    <div className="page">
      <div className="page-head order-head">
        <Link href="/orders" className="button quiet sign" aria-label={c('back')}><Icon name="left" /></Link>
        <h1><span className="figure">{order.number}</span> {order.title}</h1>
        <PriorityTag order={order} />{pending ? <Tag tone="warn">{`${shown.stateName} · ${o('waitingOne')}`}</Tag> : <OrderStateTag order={order} />}<TimeLeft order={order} />
        <Button icon="note" onPress={() => void print()}>{t('print')}</Button>
      </div>
      <div className="columns">
        <div className="page">
          <section className="card">
            <h2>{t('steps')}</h2>
            {can('workorder.orders.step') ? <StepForm key={order.orderId} order={order} steps={shown.steps} first={search.get('step') ?? undefined} onChanged={() => void query.refetch()} onKept={() => undefined} onTaken={(next) => {
              queries.setQueryData([...ORDER, id], next)
              void keepSeen(`order.${order.orderId}`, next)
              void queries.invalidateQueries({ queryKey: ['orders'] })
              toast('good', t('taken'))
            }} /> : <p className="muted">{t('notAllowed')}</p>}
          </section>
          <Facts order={order} />
        </div>
        <div className="page">
          <OrderParts order={order} />
          <History order={order} />
        </div>
      </div>
    </div>
  )
}

function save(content: Uint8Array, type: string, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content as BlobPart], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

function Facts({ order }: { order: Order }) {
  const t = useTexts(ordersTexts)
  const types = useOrderTypes()
  const unit = useUnitName()
  const fields = types.data?.types.find((type) => type.typeId === order.typeId)?.fields ?? []
  const name = (id: string) => fields.find((field) => field.fieldId === id)?.name ?? id
  const rows: [string, React.ReactNode][] = [
    [t('type'), <OrderTypeName key="t" order={order} />], [t('customer'), <Customer key="c" order={order} />],
    [t('branch'), unit(order.branch)], [t('owner'), [unit(order.owner), order.handler].filter(Boolean).join(' · ')], [t('created'), dateTime(order.createTime)], [t('due'), dateTime(order.dueTime)],
    ...Object.entries(order.fields).filter(([, value]) => value).map(([id, value]): [string, string] => [name(id), value]),
  ]
  return (
    <section className="card">
      <h2>{t('facts')}</h2>
      <dl className="facts">{rows.filter(([, value]) => value).map(([label, value]) => <Pair key={label} label={label} value={value} />)}</dl>
      {order.description && <p className="description">{order.description}</p>}
      {order.answer && <><h3>{t('answer')}</h3><p className="description">{order.answer}</p></>}
      {order.attachments.length > 0 && <>
        <h3>{t('attach')}</h3>
        <div className="row">{order.attachments.map((file) => <Button key={file.attachmentId} small onPress={() => {
          void client(WorkOrders).getAttachment({ attachmentId: file.attachmentId }).then((answer) => save(answer.content, file.contentType, file.name))
        }}>{file.name}</Button>)}</div>
      </>}
    </section>
  )
}

// A branch calls back with one touch; who sees a mask has nothing to dial.
function Customer({ order: { customerName, customerNumber } }: { order: Order }) {
  const t = useTexts(ordersTexts)
  const clear = customerNumber !== '' && !customerNumber.includes('*')
  return <span className="row">{[customerName, clear ? customerNumber : maskNumber(customerNumber)].filter(Boolean).join(' · ')}{clear && <a className="button small" href={`tel:${customerNumber}`}>{t('call')}</a>}</span>
}

const Pair = ({ label, value }: { label: string; value: React.ReactNode }) => <><dt>{label}</dt><dd>{value}</dd></>

function History({ order }: { order: Order }) {
  const t = useTexts(ordersTexts)
  const word = useWord(orderSteps)
  const locale = usePreferences((state) => state.locale)
  return (
    <section className="card">
      <h2>{t('log')}</h2>
      <ol className="log">
        {[...order.log].reverse().map((entry) => (
          <li key={entry.number}>
            <div className="row"><strong>{locale === 'zh' && entry.stepName ? entry.stepName : word(Step[entry.step] ?? '')}</strong><span className="muted">{entry.actorName || entry.actor} · {dateTime(entry.time)}</span></div>
            {entry.text && <p>{entry.text}</p>}
            {entry.detail && <p className="muted small">{entry.detail}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}
