// One type of orders: its form, its times, what urging does, when the customer is told. Fields are data: a new one needs no
// programming, and the form beside shows it as an agent will see it.
import { create } from '@bufbuild/protobuf'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'wouter'
import { client } from '@/api/transport'
import { Field_Kind, FieldSchema, OrderTypeDefinitionSchema, TimeLimitSchema, UrgingRuleSchema, type Field, type OrderTypeDefinition } from '@/gen/trunkline/workorder/v1/definitions_pb'
import { ClockKind, OrderType, Priority, Step } from '@/gen/trunkline/workorder/v1/resources_pb'
import { WorkOrderSettings } from '@/gen/trunkline/workorder/v1/settings_pb'
import { useTexts, useWord } from '@/i18n/texts'
import { clockKinds, orderSteps, orderTypes, priorities } from '@/pages/orders/orders.texts'
import { TypeForm, type FieldValues } from '@/pages/orders/TypeForm'
import { useOrderUnits } from '@/pages/orders/CreateOrder'
import { CheckField, SelectField, TextField } from '@/ui/Field'
import { DefinitionPage, type FaultsAt, type Kind } from './DefinitionPage'
import { Checks, ListEditor } from './ListEditor'
import { kinds, settingsTexts } from './settings.texts'
import { listOf, useChoices, whole } from './words'

const settings = () => client(WorkOrderSettings)

const TYPES: Kind<OrderTypeDefinition> = {
  key: 'types',
  empty: () => create(OrderTypeDefinitionSchema, { kind: OrderType.COMPLAINT, flowId: 'standard', priority: Priority.NORMAL, limits: [create(TimeLimitSchema, { clock: ClockKind.TOTAL, workingDays: 5 })], duplicateDays: 7, reopenDays: 30 }),
  idOf: (type) => type.typeId,
  load: (typeId, version) => settings().getType({ typeId, version }),
  loadDraft: (typeId) => settings().getType({ typeId, draft: true }),
  check: async (type) => (await settings().checkType(type)).faults,
  save: (type) => settings().saveType({ type }),
  publish: (id, note) => settings().publishType({ id, note }),
  versions: async (typeId) => (await settings().listVersions({ typeId })).versions,
  placeName: (type, place) => {
    const at = /^fields\[(\d+)\]/.exec(place)
    return at ? `${Number(at[1]) + 1} ${type.fields[Number(at[1])]?.name ?? ''}` : place
  },
}

export default function TypePage() {
  const { id = '' } = useParams<{ id: string }>()
  const t = useTexts(settingsTexts)
  return (
    <DefinitionPage key={id} kind={TYPES} id={id} heading={t('types')}>
      {(type, set, at) => (
        <div className="columns">
          <div className="page">
            <Basics type={type} set={set} at={at} isNew={id === 'new'} />
            <section className="card"><h2>{t('form')}</h2>
              <ListEditor items={type.fields} name={(field) => field.name} detail={(field) => <FieldDetail field={field} />} fault={(index) => at(`fields[${index}]`, true) !== undefined}
                add={t('addField')} fresh={() => create(FieldSchema, { kind: Field_Kind.TEXT })} onChange={(fields) => set({ fields })}
                edit={(field, change, index) => <FieldForm field={field} set={change} others={type.fields} at={(member, within) => at(`fields[${index}]${member}`, within)} />} />
            </section>
          </div>
          <div className="page">
            <Preview type={type} />
            <Times type={type} set={set} at={at} />
            <Told type={type} set={set} at={at} />
          </div>
        </div>
      )}
    </DefinitionPage>
  )
}

interface PartProps {
  type: OrderTypeDefinition
  set(change: Partial<OrderTypeDefinition>): void
  at: FaultsAt
}

function Basics({ type, set, at, isNew }: PartProps & { isNew: boolean }) {
  const t = useTexts(settingsTexts)
  const flows = useQuery({ queryKey: ['orderSettings', 'list', 'flows'], queryFn: () => settings().listFlows({ withDrafts: true }) })
  const calendars = useQuery({ queryKey: ['orderSettings', 'list', 'calendars'], queryFn: () => settings().listCalendars({}) })
  const units = useOrderUnits().data?.units ?? []
  const kindChoices = useChoices(OrderType, orderTypes)
  const priorityChoices = useChoices(Priority, priorities)
  return (
    <section className="card"><h2>{t('basics')}</h2><div className="fields">
      <TextField label={t('id')} required value={type.typeId} maxLength={60} disabled={!isNew} fault={at('type_id')} onChange={(typeId) => set({ typeId })} />
      <TextField label={t('name')} required value={type.name} maxLength={60} onChange={(name) => set({ name })} />
      <SelectField label={t('kind')} value={String(type.kind)} options={kindChoices} onChange={(kind) => set({ kind: Number(kind) })} />
      <SelectField label={t('flow')} required value={type.flowId} fault={at('flow_id')} onChange={(flowId) => set({ flowId })} options={[{ value: '', label: '' }, ...(flows.data?.flows ?? []).map((flow) => ({ value: flow.flowId, label: flow.name }))]} />
      <SelectField label={t('calendar')} value={type.calendarId} fault={at('calendar_id')} onChange={(calendarId) => set({ calendarId })} options={[{ value: '', label: t('office') }, ...(calendars.data?.calendars ?? []).map((calendar) => ({ value: calendar.calendarId, label: calendar.name }))]} />
      <SelectField label={t('priority')} value={String(type.priority)} options={priorityChoices} onChange={(priority) => set({ priority: Number(priority) })} />
      <SelectField label={t('defaultBranch')} value={type.defaultBranch} fault={at('default_branch')} onChange={(defaultBranch) => set({ defaultBranch })} options={[{ value: '', label: t('none') }, ...units.map((unit) => ({ value: unit.unitId, label: unit.name }))]} />
      <TextField label={t('duplicateDays')} inputMode="numeric" value={String(type.duplicateDays)} onChange={(text) => set({ duplicateDays: whole(text) })} />
      <TextField label={t('reopenDays')} inputMode="numeric" value={String(type.reopenDays)} onChange={(text) => set({ reopenDays: whole(text) })} />
      <CheckField label={t('retired')} value={type.retired} onChange={(retired) => set({ retired })} />
      <TextField label={t('script')} wide lines={3} value={type.script} maxLength={2000} onChange={(script) => set({ script })} />
    </div></section>
  )
}

function FieldDetail({ field }: { field: Field }) {
  const t = useTexts(settingsTexts)
  const word = useWord(kinds)
  return <>{field.fieldId} · {word(Field_Kind[field.kind] ?? '')}{field.required && ` · ${t('required')}`}</>
}

const WITH_CHOICES = [Field_Kind.CHOICE, Field_Kind.CHOICES, Field_Kind.AREA, Field_Kind.CAUSE]
const NUMBERS = [Field_Kind.NUMBER, Field_Kind.MONEY]

function FieldForm({ field, set, others, at }: { field: Field; set(change: Partial<Field>): void; others: readonly Field[]; at: FaultsAt }) {
  const t = useTexts(settingsTexts)
  const kindChoices = useChoices(Field_Kind, kinds)
  return (
    <div className="fields">
      <TextField label={t('id')} required value={field.fieldId} maxLength={60} fault={at('.field_id') ?? at('')} onChange={(fieldId) => set({ fieldId })} />
      <TextField label={t('name')} required value={field.name} maxLength={60} fault={at('.name')} onChange={(name) => set({ name })} />
      <SelectField label={t('fieldKind')} value={String(field.kind)} fault={at('.kind')} options={kindChoices} onChange={(kind) => set({ kind: Number(kind) })} />
      <CheckField label={t('required')} value={field.required} onChange={(required) => set({ required })} />
      {WITH_CHOICES.includes(field.kind) && <TextField label={t('choices')} wide lines={4} value={field.choices.join('\n')} fault={at('.choices')} onChange={(text) => set({ choices: text.split('\n').map((line) => line.trimStart()).filter((line, index, all) => line !== '' || index === all.length - 1) })} />}
      {NUMBERS.includes(field.kind) && <>
        <TextField label={t('least')} value={String(field.minimum)} fault={at('.minimum')} onChange={(text) => set({ minimum: Number(text) || 0 })} />
        <TextField label={t('most')} value={String(field.maximum)} fault={at('.maximum')} onChange={(text) => set({ maximum: Number(text) || 0 })} />
      </>}
      {[Field_Kind.TEXT, Field_Kind.LONG_TEXT, Field_Kind.ADDRESS].includes(field.kind) && <TextField label={t('longest')} inputMode="numeric" value={String(field.maxLength)} fault={at('.max_length')} onChange={(text) => set({ maxLength: whole(text) })} />}
      <SelectField label={t('shownIf')} value={field.shownIfField} fault={at('.shown_if_field')} onChange={(shownIfField) => set({ shownIfField })}
        options={[{ value: '', label: t('always') }, ...others.filter((other) => other.fieldId && other.fieldId !== field.fieldId).map((other) => ({ value: other.fieldId, label: other.name }))]} />
      {field.shownIfField && <TextField label={t('shownIs')} value={field.shownIfValue} fault={at('.shown_if_value')} onChange={(shownIfValue) => set({ shownIfValue })} />}
      <TextField label={t('help')} wide value={field.help} maxLength={200} onChange={(help) => set({ help })} />
    </div>
  )
}

function Preview({ type }: { type: OrderTypeDefinition }) {
  const t = useTexts(settingsTexts)
  const [values, setValues] = useState<FieldValues>({})
  const fields = type.fields.map((field) => ({ ...field, choices: field.choices.filter(Boolean) })).filter((field) => field.name)
  return <section className="card"><h2>{t('preview')}</h2><p className="muted small">{t('previewHint')}</p><TypeForm fields={fields} values={values} faults={{}} onChange={setValues} /></section>
}

function Times({ type, set, at }: PartProps) {
  const t = useTexts(settingsTexts)
  const clocks = useChoices(ClockKind, clockKinds)
  const [percents, setPercents] = useState(type.warnPercents.join(', '))
  const limitOf = (clock: number) => type.limits.findIndex((limit) => limit.clock === clock)
  const put = (clock: number, change: { workingDays?: number; workingMinutes?: number } | undefined) => {
    const rest = type.limits.filter((limit) => limit.clock !== clock)
    set({ limits: change ? [...rest, create(TimeLimitSchema, { clock, ...change })] : rest })
  }
  return (
    <section className="card"><h2>{t('times')}</h2>
      {at('limits') && <div className="fault" role="alert">{at('limits')}</div>}
      {clocks.map(({ value, label }) => {
        const clock = Number(value)
        const index = limitOf(clock)
        const limit = type.limits[index]
        const unit = !limit ? '' : limit.workingMinutes > 0 ? 'minutes' : 'days'
        return (
          <div key={value} className="fields limit">
            <SelectField label={label} value={unit} onChange={(next) => put(clock, next === '' ? undefined : next === 'days' ? { workingDays: 1 } : { workingMinutes: 60 })}
              options={[{ value: '', label: t('noLimit') }, { value: 'days', label: t('workingDays') }, { value: 'minutes', label: t('workingMinutes') }]} />
            {limit && <TextField label={`${label}: ${t('value')}`} inputMode="numeric" value={String(unit === 'days' ? limit.workingDays : limit.workingMinutes)} fault={at(`limits[${index}]`, true)}
              onChange={(text) => put(clock, unit === 'days' ? { workingDays: whole(text) } : { workingMinutes: whole(text) })} />}
          </div>
        )
      })}
      <TextField label={t('warnPercents')} value={percents} fault={at('warn_percents')} hint="50, 80, 100" onChange={(text) => {
        setPercents(text)
        set({ warnPercents: listOf(text).map(whole) })
      }} />
    </section>
  )
}

function Told({ type, set, at }: PartProps) {
  const t = useTexts(settingsTexts)
  const steps = useChoices(Step, orderSteps)
  const urging = type.urging ?? create(UrgingRuleSchema)
  const put = (change: Partial<typeof urging>) => set({ urging: { ...urging, ...change } })
  return (
    <>
      <section className="card"><h2>{t('urging')}</h2><div className="fields">
        <TextField label={t('raiseEvery')} inputMode="numeric" value={String(urging.raisePriorityEvery)} onChange={(text) => put({ raisePriorityEvery: whole(text) })} />
        <TextField label={t('shorten')} inputMode="numeric" value={String(urging.shortenPercent)} fault={at('urging.shorten_percent')} onChange={(text) => put({ shortenPercent: whole(text) })} />
        <TextField label={t('escalateFrom')} inputMode="numeric" value={String(urging.escalateFrom)} onChange={(text) => put({ escalateFrom: whole(text) })} />
        <TextField label={t('quietMinutes')} inputMode="numeric" value={String(urging.quietMinutes)} onChange={(text) => put({ quietMinutes: whole(text) })} />
      </div></section>
      <section className="card"><h2>{t('told')}</h2>
        <Checks label={t('toldAfter')} options={steps} chosen={type.notifySteps.map(String)} onChange={(chosen) => set({ notifySteps: chosen.map(Number) })} />
      </section>
    </>
  )
}
