// One work order: what it is about, what may be done now, and everything that happened to it.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import { useRefreshOn } from '@/api/acd'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { Step, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { dateTime, maskNumber } from '@/i18n/format'
import { usePreferences } from '@/i18n/preferences'
import { useTexts, useWord } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Icon } from '@/ui/Icon'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { useOrderTypes } from './CreateOrder'
import { orderSteps, ordersTexts } from './orders.texts'
import { OrderStateTag, OrderTypeName, PriorityTag, TimeLeft } from './parts'
import { StepForm } from './StepForm'

const ORDER = ['order']

export default function OrderPage() {
  const { id = '' } = useParams<{ id: string }>()
  const t = useTexts(ordersTexts)
  const c = useTexts(common)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  useRefreshOn('trunkline.workorder.', ORDER, 500)
  const query = useQuery({ queryKey: [...ORDER, id], queryFn: ({ signal }) => client(WorkOrders).getOrder({ orderId: id }, { signal }) })
  const print = async () => {
    try {
      const { content, contentType, fileName } = await client(WorkOrders).printOrder({ orderId: id }, { timeoutMs: 30_000 })
      save(content, contentType, fileName)
    } catch (thrown) {
      toast('bad', failureText(thrown))
    }
  }
  if (query.error) return <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />
  const order = query.data
  if (!order) return <div className="boot" role="status" aria-label={c('loading')} />
  return (
    <div className="page">
      <div className="page-head">
        <Link href="/orders" className="button quiet sign" aria-label={c('back')}><Icon name="left" /></Link>
        <h1><span className="figure">{order.number}</span> {order.title}</h1>
        <PriorityTag order={order} /><OrderStateTag order={order} /><TimeLeft order={order} />
        <Button icon="note" onPress={() => void print()}>{t('print')}</Button>
      </div>
      <div className="columns">
        <div className="page">
          <section className="card">
            <h2>{t('steps')}</h2>
            {can('workorder.orders.step') ? <StepForm order={order} onTaken={(next) => {
              queries.setQueryData([...ORDER, id], next)
              void queries.invalidateQueries({ queryKey: ['orders'] })
              toast('good', t('taken'))
            }} /> : <p className="muted">{t('notAllowed')}</p>}
          </section>
          <Facts order={order} />
        </div>
        <History order={order} />
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
  const fields = types.data?.types.find((type) => type.typeId === order.typeId)?.fields ?? []
  const name = (id: string) => fields.find((field) => field.fieldId === id)?.name ?? id
  const rows: [string, React.ReactNode][] = [
    [t('type'), <OrderTypeName key="t" order={order} />], [t('customer'), [order.customerName, maskNumber(order.customerNumber)].filter(Boolean).join(' · ')],
    [t('branch'), order.branch], [t('owner'), [order.owner, order.handler].filter(Boolean).join(' · ')], [t('created'), dateTime(order.createTime)], [t('due'), dateTime(order.dueTime)],
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
            <div className="row"><strong>{locale === 'zh' && entry.stepName ? entry.stepName : word(Step[entry.step] ?? '')}</strong><span className="muted">{entry.actor} · {dateTime(entry.time)}</span></div>
            {entry.text && <p>{entry.text}</p>}
            {entry.detail && <p className="muted small">{entry.detail}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}
