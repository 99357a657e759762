// What the reader may do with an order now, as the server says it, and the form of the chosen step. What is typed is kept
// in this browser; without a network the step is kept too and sent later.
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { isCode } from '@/api/failure'
import { Code } from '@connectrpc/connect'
import { client } from '@/api/transport'
import { WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { Step, type AvailableStep, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { SelectField, TextField } from '@/ui/Field'
import { FailureNotice, useToasts } from '@/ui/Notice'
import { useOrderTypes, useOrderUnits } from './CreateOrder'
import { useDraft, type Draft } from '@/kept/drafts'
import { Files } from './Files'
import { lastOf, Meanwhile, useStepName } from './Meanwhile'
import { offlineTexts } from './offline.texts'
import { ordersTexts } from './orders.texts'
import { submitStep, type StepValues } from './outbox'
import { emptyStep, stepDraftKey, type StepDraft } from './stepDraft'
import { missingFields, TypeForm, useFieldFaults } from './TypeForm'

const MAIN = [Step.ACCEPT, Step.FEED_BACK, Step.VERIFY, Step.CLOSE, Step.DISPATCH, Step.APPROVE]

interface StepFormProps {
  order: Order
  steps: readonly AvailableStep[]
  // Chosen by the address: what comes back from the outbox.
  first?: string | undefined
  onTaken(order: Order): void
  onKept(): void
  onChanged(): void
}

export function StepForm({ order, steps, first, onTaken, onKept, onChanged }: StepFormProps) {
  const t = useTexts(ordersTexts)
  const name = useStepName()
  const [chosen, setChosen] = useState<AvailableStep | undefined>(() => steps.find((each) => each.stepId === first))
  const present = steps.find((each) => each.stepId === chosen?.stepId && !each.blocked)
  const allowed = steps.filter((each) => !each.blocked)
  const blocked = steps.filter((each) => each.blocked)
  if (steps.length === 0 && !chosen) return <p className="muted">{t('notAllowed')}</p>
  const button = (each: AvailableStep) => (
    <Button key={each.stepId} kind={MAIN.includes(each.step) ? 'primary' : 'plain'} pressed={each.stepId === chosen?.stepId} {...(each.step === Step.ACCEPT ? { keys: 'A' } : {})}
      unavailable={each.blocked ? t('notNow') : undefined} onPress={() => setChosen(each)}>{name(each.step, each.name)}</Button>
  )
  return (
    <div className="form">
      <div className="row step-buttons" role="group" aria-label={t('steps')}>{allowed.map(button)}</div>
      {blocked.length > 0 && <details><summary className="muted small">{t('otherSteps')}</summary><div className="row">{blocked.map(button)}</div></details>}
      {chosen && <OneStep key={chosen.stepId} order={order} step={present ?? chosen} gone={!present} name={name(chosen.step, chosen.name)} onChanged={onChanged}
        onDone={() => setChosen(undefined)} onKept={onKept} onTaken={onTaken} />}
    </div>
  )
}

interface OneStepProps extends Pick<StepFormProps, 'order' | 'onTaken' | 'onKept' | 'onChanged'> {
  step: AvailableStep
  // Somebody else did something after which this step is not there.
  gone: boolean
  name: string
  onDone(): void
}

function faultsOf(step: AvailableStep, value: StepDraft, missing: string): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (step.textRequired && !value.text.trim()) wrong.text = missing
  if (step.branchRequired && !value.branch) wrong.branch = missing
  if (step.orderRequired && !value.other.trim()) wrong.other = missing
  if (step.daysRequired && !/^\d{1,3}$/.test(value.days.trim())) wrong.days = missing
  if (step.step === Step.HAND_OVER && value.helpers.length === 0) wrong.helpers = missing
  if (step.step === Step.ASK_SUSPENSION && !value.until) wrong.until = missing
  if (step.step === Step.RATE && !value.score) wrong.score = missing
  return wrong
}

function valuesOf(step: AvailableStep, value: StepDraft, fields: Record<string, string>): StepValues {
  return {
    step: step.step, stepId: step.stepId, text: value.text.trim(), branch: value.branch, helpers: value.helpers, otherOrderId: value.other.trim(), workingDays: Number(value.days) || 0, fields,
    ...(value.until ? { until: new Date(value.until).getTime() } : {}), ...(value.score ? { score: Number(value.score) } : {}),
    ...(step.step === Step.EDIT ? { title: value.title.trim(), description: value.description.trim() } : {}),
  }
}

function OneStep({ order, step, gone, name, onDone, onTaken, onKept, onChanged }: OneStepProps) {
  const t = useTexts(ordersTexts)
  const o = useTexts(offlineTexts)
  const toast = useToasts((toasts) => toasts.add)
  const types = useOrderTypes()
  const fieldFaults = useFieldFaults()
  const edits = step.step === Step.EDIT
  const draft = useDraft<StepDraft>(stepDraftKey(order.orderId, step.stepId), () => ({ ...emptyStep(), ...(edits ? { title: order.title, description: order.description } : {}) }))
  // One for each try that may reach the server; sending it again does nothing twice.
  const request = useRef(crypto.randomUUID())
  const [base] = useState(() => lastOf(order))
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const { value } = draft
  const all = types.data?.types.find((type) => type.typeId === order.typeId)?.fields ?? []
  const asked = edits ? all : all.filter((field) => step.requiredFields.includes(field.fieldId))
  const fields = { ...order.fields, ...value.fields }

  const complain = (wrong: Record<string, string>) => {
    setFaults(wrong)
    if (Object.keys(wrong).length > 0) setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
    return Object.keys(wrong).length > 0
  }
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    if (busy) return
    const wrong = faultsOf(step, value, t('missing'))
    for (const id of missingFields(asked, fields, step.requiredFields)) wrong[id] = t('missing')
    setFailure(undefined)
    if (complain(wrong)) return
    setBusy(true)
    const filled = Object.fromEntries(asked.map((field) => [field.fieldId, fields[field.fieldId] ?? '']))
    try {
      const sent = await submitStep({
        id: request.current, orderId: order.orderId, number: order.number, title: order.title, stepName: name, toStateId: step.toStateId, values: valuesOf(step, value, filled),
        files: value.files, revision: order.revision, logNumber: lastOf(order),
      })
      if (sent.outcome === 'failed') throw sent.thrown
      await draft.drop()
      onDone()
      if (sent.outcome === 'taken') onTaken(sent.order)
      else {
        toast('good', o('kept'))
        onKept()
      }
    } catch (thrown) {
      request.current = crypto.randomUUID()
      setFailure(thrown)
      if (isCode(thrown, Code.Aborted)) onChanged()
      if (isCode(thrown, Code.InvalidArgument) && asked.length > 0) {
        const checked = await client(WorkOrders).checkForm({ orderId: order.orderId, stepId: step.stepId, typeId: order.typeId, fields: filled }).catch(() => undefined)
        if (checked) complain(fieldFaults(checked.errors))
      }
    } finally {
      setBusy(false)
    }
  }
  // Accepting asks for nothing: one press does it.
  const simple = step.step === Step.ACCEPT && !step.textRequired && asked.length === 0 && !gone
  const started = useRef(false)
  useEffect(() => {
    if (!simple || !draft.ready || started.current) return
    started.current = true
    void submit()
  })
  if (gone) return <Gone draft={draft} onDone={onDone} order={order} base={base} />
  if (simple) return failure === undefined ? null : <><FailureNotice failure={failure} onRetry={() => void submit()} /><Meanwhile order={order} after={base} /></>
  return (
    <form ref={form} noValidate className="form" aria-label={name} onSubmit={(event) => void submit(event)}>
      {draft.restored && <p className="muted small" role="status">{o('restored')}</p>}
      <Meanwhile order={order} after={base} />
      <Extras step={step} draft={draft} faults={faults} />
      {asked.length > 0 && <TypeForm fields={asked} values={fields} faults={faults} alsoRequired={step.requiredFields} onChange={(next) => draft.set({ fields: next })} />}
      <TextField label={t('stepText')} required={step.textRequired} lines={4} value={value.text} fault={faults.text} maxLength={4000} autoFocus onChange={(text) => draft.set({ text })} />
      <Files files={value.files} onChange={(files) => draft.set({ files })} />
      {failure !== undefined && <FailureNotice failure={failure} />}
      <footer><Button type="submit" kind="primary" busy={busy || !draft.ready}>{`${t('take')}: ${name}`}</Button></footer>
    </form>
  )
}

// What only some steps ask for: unit, departments, other order, days, moment, score, texts.
function Extras({ step, draft: { value, set }, faults }: { step: AvailableStep; draft: Draft<StepDraft>; faults: Record<string, string> }) {
  const t = useTexts(ordersTexts)
  const units = (useOrderUnits().data?.units ?? []).filter((unit) => !unit.retired)
  return (
    <>
      {step.branchRequired && <SelectField label={t('target')} required fault={faults.branch} value={value.branch} onChange={(branch) => set({ branch })}
        options={[{ value: '', label: '' }, ...units.map((unit) => ({ value: unit.unitId, label: unit.name }))]} />}
      {step.step === Step.HAND_OVER && (
        <fieldset className={`field wide${faults.helpers ? ' faulty' : ''}`}>
          <legend>{t('helpers')}<span className="star" aria-hidden="true"> *</span></legend>
          <div className="row">{units.map((unit) => <label key={unit.unitId} className="row choice">
            <input type="checkbox" checked={value.helpers.includes(unit.unitId)} onChange={(event) => set({ helpers: event.target.checked ? [...value.helpers, unit.unitId] : value.helpers.filter((each) => each !== unit.unitId) })} />{unit.name}
          </label>)}</div>
          {faults.helpers && <div className="fault" role="alert">{faults.helpers}</div>}
        </fieldset>
      )}
      {step.orderRequired && <TextField label={t('other')} required fault={faults.other} value={value.other} onChange={(other) => set({ other })} />}
      {step.daysRequired && <TextField label={t('days')} required fault={faults.days} value={value.days} inputMode="numeric" onChange={(days) => set({ days })} />}
      {step.step === Step.ASK_SUSPENSION && <TextField label={t('until')} required fault={faults.until} type="datetime-local" value={value.until} onChange={(until) => set({ until })} />}
      {step.step === Step.RATE && <SelectField label={t('score')} required fault={faults.score} value={value.score} onChange={(score) => set({ score })} options={['', '5', '4', '3', '2', '1'].map((score) => ({ value: score, label: score }))} />}
      {step.step === Step.EDIT && <>
        <TextField label={t('subject')} required value={value.title} maxLength={200} onChange={(title) => set({ title })} />
        <TextField label={t('description')} lines={4} value={value.description} maxLength={4000} onChange={(description) => set({ description })} />
      </>}
    </>
  )
}

function Gone({ order, base, draft, onDone }: { order: Order; base: number; draft: Draft<StepDraft>; onDone(): void }) {
  const o = useTexts(offlineTexts)
  const { text } = draft.value
  return (
    <div className="form">
      <Meanwhile order={order} after={base} />
      {text.trim() && <>
        <p>{o('gone')}</p>
        <p className="description notice">{text}</p>
        <div className="row">
          <Button small icon="note" onPress={() => void navigator.clipboard?.writeText(text)}>{o('copyText')}</Button>
          <Button small kind="quiet" onPress={() => void draft.drop().then(onDone)}>{o('discardText')}</Button>
        </div>
      </>}
    </div>
  )
}
