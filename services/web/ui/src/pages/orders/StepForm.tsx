// What the reader may do with an order now, as the server says it, and the form of the chosen step.
import { useRef, useState, type FormEvent } from 'react'
import { client } from '@/api/transport'
import { WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { Step, type AvailableStep, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { usePreferences } from '@/i18n/preferences'
import { useTexts, useWord } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { SelectField, TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { useOrderTypes, useOrderUnits } from './CreateOrder'
import { orderSteps, ordersTexts } from './orders.texts'
import { missingFields, TypeForm, type FieldValues } from './TypeForm'

const MOST_BYTES = 3 * 1024 * 1024

export function StepForm({ order, onTaken }: { order: Order; onTaken(order: Order): void }) {
  const t = useTexts(ordersTexts)
  const word = useWord(orderSteps)
  const locale = usePreferences((state) => state.locale)
  const [chosen, setChosen] = useState<string>()
  const steps = order.steps
  const name = (step: AvailableStep) => (locale === 'zh' && step.name ? step.name : word(Step[step.step] ?? step.name))
  const step = steps.find((each) => each.stepId === chosen)
  if (steps.length === 0) return <p className="muted">{t('notAllowed')}</p>
  return (
    <div className="form">
      <div className="row" role="group" aria-label={t('steps')}>
        {steps.map((each) => (
          <Button key={each.stepId} kind={[Step.ACCEPT, Step.FEED_BACK, Step.VERIFY, Step.CLOSE].includes(each.step) ? 'primary' : 'plain'}
            pressed={each.stepId === chosen} unavailable={each.blocked || undefined} onPress={() => setChosen(each.stepId)}>{name(each)}</Button>
        ))}
      </div>
      {step && <OneStep key={step.stepId} order={order} step={step} name={name(step)} onTaken={(next) => {
        setChosen(undefined)
        onTaken(next)
      }} />}
    </div>
  )
}

function OneStep({ order, step, name, onTaken }: { order: Order; step: AvailableStep; name: string; onTaken(order: Order): void }) {
  const t = useTexts(ordersTexts)
  const types = useOrderTypes()
  const units = useOrderUnits()
  const [request] = useState(() => crypto.randomUUID())
  const key = `trunkline.draft.step.${order.orderId}.${step.stepId}`
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '')
  const [fields, setFields] = useState<FieldValues>({ ...order.fields })
  const [branch, setBranch] = useState('')
  const [other, setOther] = useState('')
  const [days, setDays] = useState('')
  const [files, setFiles] = useState<{ id: string; name: string }[]>([])
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const asked = (types.data?.types.find((type) => type.typeId === order.typeId)?.fields ?? []).filter((field) => step.requiredFields.includes(field.fieldId))

  const addFile = async (file: File | undefined) => {
    if (!file) return
    if (file.size > MOST_BYTES) return setFaults({ ...faults, file: t('tooLarge') })
    try {
      const content = new Uint8Array(await file.arrayBuffer())
      const added = await client(WorkOrders).addAttachment({ requestId: crypto.randomUUID(), name: file.name, content })
      setFiles((present) => [...present, { id: added.attachmentId, name: added.name }])
      setFaults(({ file: _, ...rest }) => rest)
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const wrong: Record<string, string> = {}
    if (step.textRequired && !text.trim()) wrong.text = t('missing')
    if (step.branchRequired && !branch) wrong.branch = t('missing')
    if (step.orderRequired && !other.trim()) wrong.other = t('missing')
    if (step.daysRequired && !/^\d{1,3}$/.test(days.trim())) wrong.days = t('missing')
    for (const id of missingFields(asked, fields, step.requiredFields)) wrong[id] = t('missing')
    setFaults(wrong)
    setFailure(undefined)
    if (Object.keys(wrong).length > 0) {
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    setBusy(true)
    try {
      const next = await client(WorkOrders).takeStep({
        requestId: request, orderId: order.orderId, step: step.step, stepId: step.stepId, text: text.trim(), revision: order.revision,
        branch, otherOrderId: other.trim(), workingDays: Number(days) || 0, attachmentIds: files.map((file) => file.id),
        fields: Object.fromEntries(asked.map((field) => [field.fieldId, fields[field.fieldId] ?? ''])),
      })
      sessionStorage.removeItem(key)
      onTaken(next)
    } catch (thrown) {
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form ref={form} noValidate className="form" aria-label={name} onSubmit={(event) => void submit(event)}>
      {step.branchRequired && <SelectField label={t('target')} required fault={faults.branch} value={branch} onChange={setBranch}
        options={[{ value: '', label: '' }, ...(units.data?.units ?? []).map((unit) => ({ value: unit.unitId, label: unit.name }))]} />}
      {step.orderRequired && <TextField label={t('other')} required fault={faults.other} value={other} onChange={setOther} />}
      {step.daysRequired && <TextField label={t('days')} required fault={faults.days} value={days} inputMode="numeric" onChange={setDays} />}
      {asked.length > 0 && <TypeForm fields={asked} values={fields} faults={faults} alsoRequired={step.requiredFields} onChange={setFields} />}
      <TextField label={t('stepText')} required={step.textRequired} lines={4} value={text} fault={faults.text} maxLength={4000} autoFocus onChange={(value) => {
        setText(value)
        sessionStorage.setItem(key, value)
      }} />
      <div className="row">
        <label className="button small">{t('addFile')}<input className="hidden" type="file" onChange={(event) => void addFile(event.target.files?.[0])} /></label>
        {files.map((file) => <span key={file.id} className="tag off">{file.name}</span>)}
        {faults.file && <span className="fault" role="alert">{faults.file}</span>}
      </div>
      {failure !== undefined && <FailureNotice failure={failure} />}
      <footer><Button type="submit" kind="primary" busy={busy}>{`${t('take')}: ${name}`}</Button></footer>
    </form>
  )
}
