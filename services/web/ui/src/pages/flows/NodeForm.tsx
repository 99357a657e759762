// The form of one node, made from the schema of its kind: one control for each field, whatever the kind is.
import { useQueues } from '@/api/acd'
import { useCan } from '@/app/session'
import { NodeField_Control as Control, type NodeField, type NodeKind } from '@/gen/trunkline/ivr/v1/ivr_pb'
import { usePreferences } from '@/i18n/preferences'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { CheckField, SelectField, TextField } from '@/ui/Field'
import { flowsTexts } from './flows.texts'
import type { EditorFlow, EditorNode } from './model'

export function useFieldLabel(): (field: Pick<NodeField, 'shown' | 'name'>) => string {
  const locale = usePreferences((state) => state.locale)
  return (field) => (locale === 'zh' ? field.shown?.zh : field.shown?.en) || field.name
}

interface NodeFormProps {
  flow: EditorFlow
  node: EditorNode
  kind: NodeKind
  faults: string[]
  onChange(node: EditorNode): void
}

export function NodeForm({ flow, node, kind, faults, onChange }: NodeFormProps) {
  const set = (name: string, value: unknown) => onChange({ ...node, params: { ...node.params, [name]: value } })
  return (
    <div className="form">
      {faults.map((fault) => <div key={fault} className="notice bad" role="alert">{fault}</div>)}
      {kind.fields.map((field) => <FieldControl key={field.name} flow={flow} node={node} field={field} value={node.params[field.name]} onChange={(value) => set(field.name, value)} />)}
    </div>
  )
}

interface FieldControlProps {
  flow: EditorFlow
  node: EditorNode
  field: NodeField
  value: unknown
  onChange(value: unknown): void
}

function FieldControl({ flow, node, field, value, onChange }: FieldControlProps) {
  const t = useTexts(flowsTexts)
  const locale = usePreferences((state) => state.locale)
  const label = useFieldLabel()(field)
  const shown = field.shown
  const help = (locale === 'zh' ? shown?.helpZh : shown?.helpEn) || undefined
  const limits = shown && shown.most > 0 ? `${shown.least} – ${shown.most}` : undefined
  const shared = { label, hint: help ?? limits, required: shown?.required ?? false }
  const nodes = [{ value: '', label: t('nothing') }, ...flow.nodes.filter((each) => each.id !== node.id || value === each.id).map((each) => ({ value: each.id, label: each.id }))]
  const number = (text: string) => (text === '' ? undefined : Number(text))
  switch (field.control) {
    case Control.SWITCH:
      return <CheckField label={label} value={Boolean(value)} onChange={onChange} />
    case Control.LONG_TEXT:
      return <TextField {...shared} lines={3} value={String(value ?? '')} maxLength={2000} onChange={onChange} />
    case Control.NUMBER:
      return <TextField {...shared} type="number" value={String(value ?? '')} onChange={(text) => onChange(number(text))} fault={outside(value, shown?.least ?? 0, shown?.most ?? 0)} />
    case Control.SECONDS: {
      const text = String(value ?? '').replace(/s$/, '')
      return <TextField {...shared} label={`${label} (${t('seconds')})`} type="number" value={text} onChange={(next) => onChange(next === '' ? undefined : `${next}s`)} fault={outside(number(text), shown?.least ?? 0, shown?.most ?? 0)} />
    }
    case Control.CHOICE:
      return <SelectField {...shared} value={String(value ?? '')} options={['', ...(shown?.choices ?? [])].map((choice) => ({ value: choice, label: choice }))} onChange={onChange} />
    case Control.EXIT:
      return <SelectField {...shared} value={String(value ?? '')} options={nodes} onChange={onChange} />
    case Control.KEY_EXITS:
      return <KeyExits label={label} value={(value ?? {}) as Record<string, string>} nodes={nodes} onChange={onChange} />
    case Control.QUEUE:
      return <QueueField {...shared} value={String(value ?? '')} onChange={onChange} />
    case Control.LIST:
      return <TextField {...shared} lines={3} value={((value ?? []) as string[]).join('\n')} onChange={(text) => onChange(text.split('\n').map((line) => line.trim()).filter((line, index, all) => line !== '' || index === all.length - 1))} />
    case Control.SPANS:
      return <Spans label={label} value={(value ?? []) as Span[]} onChange={onChange} />
    default:
      return <TextField {...shared} value={String(value ?? '')} maxLength={200} onChange={onChange} />
  }
}

function outside(value: unknown, least: number, most: number): string | undefined {
  if (value === undefined || value === '' || most === 0) return undefined
  const number = Number(value)
  return Number.isFinite(number) && number >= least && number <= most ? undefined : `${least} – ${most}`
}

function QueueField({ value, onChange, ...shared }: { label: string; hint: string | undefined; required: boolean; value: string; onChange(value: string): void }) {
  const can = useCan()
  const queues = useQueues(can('acd.queues.read'))
  const known = queues.data ?? []
  if (known.length === 0 || value.includes('{')) return <TextField {...shared} value={value} onChange={onChange} />
  const options = known.map((queue) => ({ value: queue.queueId, label: queue.title ? `${queue.title} (${queue.queueId})` : queue.queueId }))
  if (!options.some((option) => option.value === value)) options.unshift({ value, label: value })
  return <SelectField {...shared} value={value} options={options} onChange={onChange} />
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#']

function KeyExits({ label, value, nodes, onChange }: { label: string; value: Record<string, string>; nodes: { value: string; label: string }[]; onChange(value: Record<string, string>): void }) {
  const t = useTexts(flowsTexts)
  const free = KEYS.find((key) => !(key in value))
  return (
    <fieldset className="field"><legend>{label}</legend>
      {KEYS.filter((key) => key in value).map((key) => (
        <div key={key} className="key-exit">
          <kbd>{key}</kbd>
          <select value={value[key]} aria-label={`${t('key')} ${key}`} onChange={(event) => onChange({ ...value, [key]: event.target.value })}>{nodes.map((node) => <option key={node.value} value={node.value}>{node.label}</option>)}</select>
          <Button small kind="quiet" icon="cross" label={t('removeKey', { key })} onPress={() => {
            const { [key]: _, ...rest } = value
            onChange(rest)
          }} />
        </div>
      ))}
      <label className="row small">{t('addKey')}
        <select value="" aria-label={t('addKey')} disabled={!free} onChange={(event) => event.target.value && onChange({ ...value, [event.target.value]: '' })}>
          <option value="" />{KEYS.filter((key) => !(key in value)).map((key) => <option key={key} value={key}>{key}</option>)}
        </select>
      </label>
    </fieldset>
  )
}

interface Span {
  weekdays?: number[]
  from?: string
  to?: string
}

function Spans({ label, value, onChange }: { label: string; value: Span[]; onChange(value: Span[]): void }) {
  const t = useTexts(flowsTexts)
  const change = (index: number, part: Span) => onChange(value.map((span, at) => (at === index ? { ...span, ...part } : span)))
  return (
    <fieldset className="field"><legend>{label}</legend>
      {value.map((span, index) => (
        <div key={index} className="span-row">
          <div className="row">{[...t('weekdays')].map((letter, day) => (
            <label key={day} className="weekday"><input type="checkbox" checked={(span.weekdays ?? []).includes(day + 1)} onChange={(event) => change(index, { weekdays: event.target.checked ? [...(span.weekdays ?? []), day + 1].sort() : (span.weekdays ?? []).filter((each) => each !== day + 1) })} />{letter}</label>
          ))}</div>
          <input type="text" value={span.from ?? ''} aria-label={t('from')} placeholder="08:30" maxLength={5} onChange={(event) => change(index, { from: event.target.value })} />
          <input type="text" value={span.to ?? ''} aria-label={t('to')} placeholder="17:30" maxLength={5} onChange={(event) => change(index, { to: event.target.value })} />
          <Button small kind="quiet" icon="cross" label={t('removeSpan')} onPress={() => onChange(value.filter((_, at) => at !== index))} />
        </div>
      ))}
      <div><Button small icon="plus" onPress={() => onChange([...value, { weekdays: [1, 2, 3, 4, 5], from: '08:30', to: '17:30' }])}>{t('addSpan')}</Button></div>
    </fieldset>
  )
}
