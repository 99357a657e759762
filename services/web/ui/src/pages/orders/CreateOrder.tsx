// A new work order: type, form of the type, customer; possible duplicates are shown while it is typed.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { faultField } from '@/api/problem'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Knowledge } from '@/gen/trunkline/knowledge/v1/knowledge_pb'
import { WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { WorkOrderSettings } from '@/gen/trunkline/workorder/v1/settings_pb'
import { OrderType, Priority, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { useTexts, useWord } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { SelectField, TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { orderTypes, ordersTexts, priorities } from './orders.texts'
import { missingFields, TypeForm, useFieldFaults, type FieldValues } from './TypeForm'
import { useDraft } from '@/kept/drafts'
import { offlineTexts } from './offline.texts'

export interface OrderStart {
  contactId?: string
  customerId?: string
  customerName?: string
  customerNumber?: string
}

interface Props {
  start?: OrderStart
  onClose(): void
  onCreated(order: Order): void
}

interface Draft {
  typeId: string
  title: string
  description: string
  branch: string
  priority: string
  number: string
  fields: FieldValues
}

export const useOrderTypes = () => useQuery({ queryKey: ['orderTypes'], queryFn: ({ signal }) => client(WorkOrderSettings).listTypes({}, { signal }), staleTime: 60_000, retry: false })
export const useOrderUnits = () => useQuery({ queryKey: ['orderUnits'], queryFn: ({ signal }) => client(WorkOrderSettings).listUnits({}, { signal }), staleTime: 60_000, retry: false })

const KINDS = [OrderType.CONSULTATION, OrderType.COMPLAINT, OrderType.SUGGESTION]

export function CreateOrderDialog({ start = {}, onClose, onCreated }: Props) {
  const t = useTexts(ordersTexts)
  const o = useTexts(offlineTexts)
  const c = useTexts(common)
  const can = useCan()
  const word = useWord(orderTypes)
  const priority = useWord(priorities)
  const types = useOrderTypes()
  const units = useOrderUnits()
  const { value: draft, set, drop, restored, ready } = useDraft<Draft>(`order.${start.contactId ?? 'new'}`,
    () => ({ typeId: '', title: '', description: '', branch: '', priority: String(Priority.NORMAL), number: start.customerNumber ?? '', fields: {} }))
  const fieldFaults = useFieldFaults()
  const [request] = useState(() => crypto.randomUUID())
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const defined = types.data?.types ?? []
  const type = defined.find((each) => each.typeId === draft.typeId)
  const duplicates = useQuery({
    queryKey: ['orders', 'duplicates', draft.typeId, start.customerId, draft.number, draft.title],
    queryFn: ({ signal }) => client(WorkOrders).suggestDuplicates({ typeId: draft.typeId, customerId: start.customerId ?? '', customerNumber: draft.number, fields: draft.fields, title: draft.title }, { signal }),
    enabled: draft.typeId !== '' && (draft.number !== '' || draft.title.length > 3),
    retry: false,
  })
  const words = `${draft.title} ${draft.description}`.trim()
  const articles = useQuery({
    queryKey: ['knowledge', 'suggest', words], enabled: words.length > 3 && can('knowledge.articles.read'), retry: false, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client(Knowledge).suggestArticles({ text: words, limit: 3 }, { signal }),
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const wrong: Record<string, string> = {}
    if (!draft.typeId) wrong.typeId = t('missing')
    if (!draft.title.trim()) wrong.title = t('missing')
    for (const id of type ? missingFields(type.fields, draft.fields) : []) wrong[id] = t('missing')
    setFaults(wrong)
    setFailure(undefined)
    if (Object.keys(wrong).length > 0) {
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    setBusy(true)
    try {
      if (type) {
        const { errors } = await client(WorkOrders).checkForm({ typeId: type.typeId, fields: draft.fields })
        if (errors.length > 0) {
          setFaults(fieldFaults(errors))
          return
        }
      }
      const order = await client(WorkOrders).createOrder({
        requestId: request, title: draft.title.trim(), description: draft.description.trim(), branch: draft.branch, priority: Number(draft.priority),
        contactId: start.contactId ?? '', customerId: start.customerId ?? '', customerName: start.customerName ?? '', customerNumber: draft.number.trim(), fields: draft.fields,
        ...(type ? { typeId: type.typeId, type: type.kind } : { type: Number(draft.typeId) }),
      })
      await drop()
      onCreated(order)
    } catch (thrown) {
      const at = faultField(thrown, ['title', 'description', 'branch', 'customerNumber', 'type'])
      if (at) setFaults({ [at]: String((thrown as Error).message) })
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const choices = defined.length > 0 ? defined.map((each) => ({ value: each.typeId, label: each.name })) : KINDS.map((kind) => ({ value: String(kind), label: word(OrderType[kind] ?? '') }))
  return (
    <Dialog title={t('create')} place="side" onClose={onClose}>
      <form ref={form} noValidate className="form" onSubmit={(event) => void submit(event)}>
        {restored && <p className="muted small" role="status">{o('restored')}</p>}
        <div className="fields">
          <SelectField label={t('type')} required value={draft.typeId} fault={faults.typeId} onChange={(typeId) => set({ typeId })} options={[{ value: '', label: t('chooseType') }, ...choices]} />
          <SelectField label={t('priority')} value={draft.priority} onChange={(value) => set({ priority: value })}
            options={[Priority.NORMAL, Priority.URGENT, Priority.CRITICAL].map((each) => ({ value: String(each), label: priority(Priority[each] ?? '') }))} />
          <TextField label={t('subject')} required wide value={draft.title} maxLength={200} fault={faults.title} onChange={(title) => set({ title })} />
          <TextField label={t('description')} wide lines={5} value={draft.description} maxLength={4000} fault={faults.description} onChange={(description) => set({ description })} />
          <TextField label={t('customerNumber')} type="tel" value={draft.number} maxLength={40} fault={faults.customerNumber} onChange={(number) => set({ number })} />
          {(units.data?.units ?? []).length > 0
            ? <SelectField label={t('branch')} value={draft.branch} fault={faults.branch} onChange={(branch) => set({ branch })}
                options={[{ value: '', label: t('atCentre') }, ...(units.data?.units ?? []).filter((unit) => !unit.retired).map((unit) => ({ value: unit.unitId, label: unit.name }))]} />
            : <TextField label={t('branch')} value={draft.branch} fault={faults.branch} onChange={(branch) => set({ branch })} />}
        </div>
        {type?.script && <p className="notice info">{type.script}</p>}
        {type && <TypeForm fields={type.fields} values={draft.fields} faults={faults} onChange={(fields) => set({ fields })} />}
        {(duplicates.data?.duplicates ?? []).length > 0 && (
          <div className="notice warn"><div>
            <strong>{t('duplicates')}</strong>
            <ul>{duplicates.data?.duplicates.slice(0, 5).map(({ order }) => order && <li key={order.orderId}><a href={`/orders/${order.orderId}`} target="_blank" rel="noreferrer">{order.number}</a> {order.title}</li>)}</ul>
          </div></div>
        )}
        {(articles.data?.hits ?? []).length > 0 && (
          <div className="notice info"><div>
            <strong>{t('articles')}</strong>
            <ul>{articles.data?.hits.map(({ article }) => article && <li key={article.articleId}><a href={`/knowledge?article=${article.articleId}`} target="_blank" rel="noreferrer">{article.title}</a> <span className="small">{article.summary}</span></li>)}</ul>
          </div></div>
        )}
        {failure !== undefined && <FailureNotice failure={failure} />}
        <footer>
          <Button type="submit" kind="primary" busy={busy || !ready}>{c('save')}</Button>
          <Button onPress={onClose}>{c('cancel')}</Button>
        </footer>
      </form>
    </Dialog>
  )
}
