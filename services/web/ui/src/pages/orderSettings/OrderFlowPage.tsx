// One flow of orders: its states, the steps between them, who may take them and what they ask for; an overview beside.
import { create } from '@bufbuild/protobuf'
import { useState } from 'react'
import { useParams } from 'wouter'
import { client } from '@/api/transport'
import { FlowDefinitionSchema, FlowState_Owner, FlowStateSchema, FlowStep_By, FlowStep_When, FlowStepSchema, type FlowDefinition, type FlowState, type FlowStep } from '@/gen/trunkline/workorder/v1/definitions_pb'
import { ClockKind, OrderState, Step } from '@/gen/trunkline/workorder/v1/resources_pb'
import { WorkOrderSettings } from '@/gen/trunkline/workorder/v1/settings_pb'
import { useTexts, useWord } from '@/i18n/texts'
import { clockKinds, orderStates, orderSteps } from '@/pages/orders/orders.texts'
import { CheckField, SelectField, TextField } from '@/ui/Field'
import { Tag } from '@/ui/Status'
import { DefinitionPage, type FaultsAt, type Kind } from './DefinitionPage'
import { Checks, ListEditor } from './ListEditor'
import { bys, owners, settingsTexts, whens } from './settings.texts'
import { listOf, useChoices, whole } from './words'

const settings = () => client(WorkOrderSettings)

const FLOWS: Kind<FlowDefinition> = {
  key: 'flows',
  empty: () => create(FlowDefinitionSchema),
  idOf: (flow) => flow.flowId,
  load: (flowId, version) => settings().getFlow({ flowId, version }),
  loadDraft: (flowId) => settings().getFlow({ flowId, draft: true }),
  check: async (flow) => (await settings().checkFlow(flow)).faults,
  save: (flow) => settings().saveFlow({ flow }),
  publish: (id, note) => settings().publishFlow({ id, note }),
  versions: async (flowId) => (await settings().listVersions({ flowId })).versions,
  placeName: (flow, place) => {
    const at = /^(states|steps)\[(\d+)\]/.exec(place)
    if (!at) return place
    return `${Number(at[2]) + 1} ${flow[at[1] as 'states' | 'steps'][Number(at[2])]?.name ?? ''}`
  },
}

export default function OrderFlowPage() {
  const { id = '' } = useParams<{ id: string }>()
  const t = useTexts(settingsTexts)
  return (
    <DefinitionPage key={id} kind={FLOWS} id={id} heading={t('flows')}>
      {(flow, set, at) => {
        const states = flow.states.map((state) => ({ value: state.stateId, label: state.name || state.stateId }))
        return (
          <div className="columns">
            <div className="page">
              <section className="card"><div className="fields">
                <TextField label={t('id')} required value={flow.flowId} maxLength={60} disabled={id !== 'new'} fault={at('flow_id')} onChange={(flowId) => set({ flowId })} />
                <TextField label={t('name')} required value={flow.name} maxLength={60} onChange={(name) => set({ name })} />
              </div></section>
              <section className="card"><h2>{t('states')}</h2>
                {at('states') && <div className="fault" role="alert">{at('states')}</div>}
                <ListEditor items={flow.states} name={(state) => state.name} detail={(state) => <StateDetail state={state} />} fault={(index) => at(`states[${index}]`, true) !== undefined}
                  add={t('addState')} fresh={() => create(FlowStateSchema, { phase: OrderState.ACCEPTED, owner: FlowState_Owner.BRANCH })} onChange={(next) => set({ states: next })}
                  edit={(state, change, index) => <StateForm state={state} set={change} at={(member, within) => at(`states[${index}]${member}`, within)} />} />
              </section>
              <section className="card"><h2>{t('steps')}</h2>
                {at('steps') && <div className="fault" role="alert">{at('steps')}</div>}
                <ListEditor items={flow.steps} name={(step) => step.name} detail={(step) => `${step.stepId} · ${step.from.join(', ') || t('start')} → ${step.to}`} fault={(index) => at(`steps[${index}]`, true) !== undefined}
                  add={t('addStep')} fresh={() => create(FlowStepSchema, { step: Step.HANDLE, by: FlowStep_By.OWNER })} onChange={(next) => set({ steps: next })}
                  edit={(step, change, index) => <StepEditor step={step} set={change} states={states} at={(member, within) => at(`steps[${index}]${member}`, within)} />} />
              </section>
            </div>
            <Overview flow={flow} />
          </div>
        )
      }}
    </DefinitionPage>
  )
}

function StateDetail({ state }: { state: FlowState }) {
  const owner = useWord(owners)
  return <>{state.stateId} · {owner(FlowState_Owner[state.owner] ?? '')}</>
}

function StateForm({ state, set, at }: { state: FlowState; set(change: Partial<FlowState>): void; at: FaultsAt }) {
  const t = useTexts(settingsTexts)
  const phases = useChoices(OrderState, orderStates)
  const whose = useChoices(FlowState_Owner, owners)
  return (
    <div className="fields">
      <TextField label={t('id')} required value={state.stateId} maxLength={60} fault={at('.state_id') ?? at('')} onChange={(stateId) => set({ stateId })} />
      <TextField label={t('name')} required value={state.name} maxLength={60} onChange={(name) => set({ name })} />
      <SelectField label={t('phase')} value={String(state.phase)} options={phases.filter((each) => Number(each.value) !== OrderState.MERGED)} onChange={(phase) => set({ phase: Number(phase) })} />
      <SelectField label={t('owner')} value={String(state.owner)} options={whose} fault={at('.owner')} onChange={(owner) => set({ owner: Number(owner) })} />
    </div>
  )
}

interface StepEditorProps {
  step: FlowStep
  set(change: Partial<FlowStep>): void
  states: { value: string; label: string }[]
  at: FaultsAt
}

function StepEditor({ step, set, states, at }: StepEditorProps) {
  const t = useTexts(settingsTexts)
  const stepChoices = useChoices(Step, orderSteps)
  const who = useChoices(FlowStep_By, bys)
  const conditions = useChoices(FlowStep_When, whens)
  const clocks = useChoices(ClockKind, clockKinds)
  const [required, setRequired] = useState(step.requiredFields.join(', '))
  return (
    <div className="fields">
      <TextField label={t('id')} required value={step.stepId} maxLength={60} fault={at('.step_id') ?? at('')} onChange={(stepId) => set({ stepId })} />
      <TextField label={t('name')} required value={step.name} maxLength={60} onChange={(name) => set({ name })} />
      <SelectField label={t('step')} value={String(step.step)} options={stepChoices} onChange={(kind) => set({ step: Number(kind), ...(Number(kind) === Step.CREATE ? { from: [] } : {}) })} />
      <SelectField label={t('to')} required value={step.to} fault={at('.to')} options={[{ value: '', label: '' }, ...states]} onChange={(to) => set({ to })} />
      {step.step !== Step.CREATE && <Checks label={t('from')} options={states} chosen={step.from} fault={at('.from')} onChange={(from) => set({ from })} />}
      <SelectField label={t('by')} value={String(step.by)} options={who} fault={at('.by')} onChange={(by) => set({ by: Number(by) })} />
      <TextField label={t('right')} value={step.right} maxLength={80} onChange={(right) => set({ right })} />
      <TextField label={t('requiredFields')} wide value={required} fault={at('.required_fields')} onChange={(text) => {
        setRequired(text)
        set({ requiredFields: listOf(text) })
      }} />
      <CheckField label={t('textRequired')} value={step.textRequired} onChange={(textRequired) => set({ textRequired })} />
      <CheckField label={t('answersCustomer')} value={step.answersCustomer} onChange={(answersCustomer) => set({ answersCustomer })} />
      <CheckField label={t('waitsForHelpers')} value={step.waitsForHelpers} onChange={(waitsForHelpers) => set({ waitsForHelpers })} />
      <SelectField label={t('when')} value={String(step.when)} options={conditions} onChange={(when) => set({ when: Number(when) })} />
      {step.when === FlowStep_When.FIELD_IS && <>
        <TextField label={t('whenField')} value={step.whenField} fault={at('.when_field')} onChange={(whenField) => set({ whenField })} />
        <TextField label={t('whenValue')} value={step.whenValue} onChange={(whenValue) => set({ whenValue })} />
      </>}
      {step.by === FlowStep_By.SYSTEM && <TextField label={t('afterMinutes')} inputMode="numeric" value={String(step.afterMinutes)} fault={at('.after_minutes')} onChange={(text) => set({ afterMinutes: whole(text) })} />}
      <Checks label={t('stops')} options={clocks} chosen={step.stops.map(String)} onChange={(chosen) => set({ stops: chosen.map(Number) })} />
      <Checks label={t('starts')} options={clocks} chosen={step.starts.map(String)} onChange={(chosen) => set({ starts: chosen.map(Number) })} />
    </div>
  )
}

// Each state with the ways out of it: read from the top it is the life of an order.
function Overview({ flow }: { flow: FlowDefinition }) {
  const t = useTexts(settingsTexts)
  const owner = useWord(owners)
  const by = useWord(bys)
  const nameOf = (id: string) => flow.states.find((state) => state.stateId === id)?.name || id || '?'
  const line = (step: FlowStep, index: number) => <li key={index}><strong>{step.name}</strong> → {nameOf(step.to)} <span className="muted small">{by(FlowStep_By[step.by] ?? '')}</span>{step.answersCustomer && <Tag tone="good">{t('answersCustomer')}</Tag>}</li>
  return (
    <section className="card overview"><h2>{t('map')}</h2>
      <div className="state-card"><strong>{t('start')}</strong><ul>{flow.steps.filter((step) => step.step === Step.CREATE).map(line)}</ul></div>
      {flow.states.map((state, index) => (
        <div key={index} className="state-card">
          <div className="row"><strong>{state.name || state.stateId}</strong><Tag tone={state.owner === FlowState_Owner.NOBODY ? 'off' : state.owner === FlowState_Owner.CENTRE ? 'info' : 'warn'}>{state.owner === FlowState_Owner.NOBODY ? t('end') : owner(FlowState_Owner[state.owner] ?? '')}</Tag></div>
          <ul>{flow.steps.filter((step) => step.from.includes(state.stateId)).map(line)}</ul>
        </div>
      ))}
    </section>
  )
}
