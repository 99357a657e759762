// One event that many customers report: its orders are gathered, and all are answered at once.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { WorkOrders, type Incident } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { common } from '@/i18n/common.texts'
import { dateTime } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { Dialog } from '@/ui/Dialog'
import { CheckField, TextField } from '@/ui/Field'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { useDraft } from '@/kept/drafts'
import { incidentTexts } from './incidents.texts'

const INCIDENTS = ['incidents']

export default function IncidentsPage() {
  const t = useTexts(incidentTexts)
  const c = useTexts(common)
  const can = useCan()
  const queries = useQueryClient()
  const [open, setOpen] = useState<string>()
  const query = useQuery({ queryKey: INCIDENTS, queryFn: ({ signal }) => client(WorkOrders).listIncidents({ pageSize: 100 }, { signal }), refetchInterval: 10_000 })
  const incident = query.data?.incidents.find((each) => each.incidentId === open)
  const again = () => void queries.invalidateQueries({ queryKey: INCIDENTS })
  const columns: Column<Incident>[] = [
    { key: 'title', title: t('heading'), cell: (each) => <strong>{each.title}</strong> },
    { key: 'time', title: t('since'), width: '170px', wideOnly: true, cell: (each) => dateTime(each.createTime) },
    { key: 'orders', title: t('orders'), width: '100px', right: true, cell: (each) => String(each.orders) },
    { key: 'answered', title: t('answered'), width: '150px', right: true, cell: (each) => (each.running ? <Tag tone="warn">{t('running')}</Tag> : each.answerTime ? `${each.answered}${each.failed > 0 ? ` (${t('failed', { count: each.failed })})` : ''}` : '') },
  ]
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1>{can('workorder.incidents.write') && <Button kind="primary" icon="plus" onPress={() => setOpen('new')}>{c('add')}</Button>}</div>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DataTable label={t('title')} rows={query.data.incidents} columns={columns} id={(each) => each.incidentId} onOpen={(each) => setOpen(each.incidentId)} empty={{ title: t('none'), hint: t('noneHint') }} />}
      {open === 'new' && <Open onClose={() => setOpen(undefined)} onDone={(id) => {
        again()
        setOpen(id)
      }} />}
      {incident && <One incident={incident} onClose={() => setOpen(undefined)} onChanged={again} />}
    </div>
  )
}

function Open({ onClose, onDone }: { onClose(): void; onDone(id: string): void }) {
  const t = useTexts(incidentTexts)
  const c = useTexts(common)
  const [request] = useState(() => crypto.randomUUID())
  const { value, set, drop } = useDraft('incident', () => ({ title: '', text: '' }))
  const [fault, setFault] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!value.title.trim()) return setFault(t('missing'))
    try {
      const made = await client(WorkOrders).openIncident({ requestId: request, title: value.title.trim(), text: value.text.trim() })
      await drop()
      onDone(made.incidentId)
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <form noValidate className="form" onSubmit={(event) => void submit(event)}>
        <TextField label={t('heading')} required value={value.title} fault={fault} maxLength={200} autoFocus onChange={(title) => set({ title })} />
        <TextField label={t('text')} lines={3} value={value.text} maxLength={2000} onChange={(text) => set({ text })} />
        {failure !== undefined && <FailureNotice failure={failure} />}
        <footer><Button type="submit" kind="primary">{c('save')}</Button><Button onPress={onClose}>{c('cancel')}</Button></footer>
      </form>
    </Dialog>
  )
}

function One({ incident, onClose, onChanged }: { incident: Incident; onClose(): void; onChanged(): void }) {
  const t = useTexts(incidentTexts)
  const can = useCan()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [numbers, setNumbers] = useState('')
  const [words, setWords] = useState('')
  const [request, setRequest] = useState(() => crypto.randomUUID())
  const { value, set, drop } = useDraft(`incident.${incident.incidentId}`, () => ({ answer: '', close: false }))
  const [fault, setFault] = useState('')
  const bad = (thrown: unknown) => toast('bad', failureText(thrown))
  const orders = useQuery({ queryKey: ['orders', 'incident', incident.incidentId, incident.orders], queryFn: ({ signal }) => client(WorkOrders).listOrders({ incidentId: incident.incidentId, pageSize: 100 }, { signal }) })
  const gather = () => {
    const orderIds = numbers.split(/[,，\s]+/).filter(Boolean)
    client(WorkOrders).gatherOrders({ incidentId: incident.incidentId, orderIds, ...(words.trim() ? { filter: { text: words.trim(), openOnly: true } } : {}) }, { timeoutMs: 60_000 }).then((next) => {
      toast('good', t('gathered', { count: next.orders }))
      setNumbers('')
      setWords('')
      onChanged()
    }, bad)
  }
  const answer = () => {
    if (!value.answer.trim()) return setFault(t('missing'))
    setFault('')
    if (!confirm(t('answerAsk', { count: incident.orders }))) return
    client(WorkOrders).answerIncident({ requestId: request, incidentId: incident.incidentId, text: value.answer.trim(), close: value.close }).then(async () => {
      setRequest(crypto.randomUUID())
      await drop()
      onChanged()
    }, bad)
  }
  return (
    <Dialog title={incident.title} place="side" onClose={onClose}>
      <div className="form">
        {incident.text && <p className="description">{incident.text}</p>}
        {incident.answer && <p className="notice info">{incident.answer}</p>}
        <h3>{t('ofIt', { count: incident.orders })}</h3>
        <ul className="log">{orders.data?.orders.slice(0, 20).map((order) => <li key={order.orderId}><a href={`/orders/${order.orderId}`}>{order.number}</a> {order.title}</li>)}</ul>
        {can('workorder.incidents.write') && <>
          <div className="fields">
            <TextField label={t('byNumber')} lines={2} value={numbers} onChange={setNumbers} />
            <TextField label={t('byWords')} value={words} maxLength={100} onChange={setWords} />
          </div>
          <div><Button {...(numbers.trim() || words.trim() ? {} : { unavailable: t('byNumber') })} onPress={gather}>{t('gather')}</Button></div>
          <TextField label={t('answer')} lines={4} value={value.answer} fault={fault} maxLength={2000} onChange={(text) => set({ answer: text })} />
          <CheckField label={t('close')} value={value.close} onChange={(close) => set({ close })} />
          <footer><Button kind="primary" {...(incident.orders === 0 || incident.running ? { unavailable: t(incident.running ? 'running' : 'nobody') } : {})} onPress={answer}>{t('answerAll', { count: incident.orders })}</Button></footer>
        </>}
      </div>
    </Dialog>
  )
}
