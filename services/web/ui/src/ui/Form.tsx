// A form made of a list of fields. What is wrong is told beside the field; what was typed stays until it is saved or
// given up, over an error and over a reload.
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { faultField } from '@/api/problem'
import { common } from '@/i18n/common.texts'
import { formTexts } from '@/i18n/form.texts'
import { useTexts, type Pair, pick } from '@/i18n/texts'
import { usePreferences } from '@/i18n/preferences'
import { Button } from './Button'
import { CheckField, SelectField, TextField, type Option } from './Field'
import { FailureNotice, useFailureText } from './Notice'
import { SkillsField } from './SkillsField'

export type Values = Record<string, unknown>

export interface FieldSpec {
  name: string
  label: Pair
  hint?: Pair
  kind: 'text' | 'lines' | 'password' | 'number' | 'seconds' | 'switch' | 'choice' | 'list' | 'levels' | 'date'
  required?: boolean
  // Fixed once the thing exists: the name by which others know it.
  key?: boolean
  pattern?: { test: RegExp; fault: Pair }
  least?: number
  most?: number
  longest?: number
  options?: () => Option[]
  wide?: boolean
  // What else may be wrong with it.
  check?: (value: unknown) => Pair | undefined
  shown?: (values: Values) => boolean
}

export interface FormProps {
  // Names the draft in this browser tab.
  draft: string
  fields: FieldSpec[]
  initial: Values
  // An existing thing: key fields cannot change.
  existing: boolean
  save(values: Values): Promise<unknown>
  onSaved(): void
  onCancel(): void
  onDirty?(dirty: boolean): void
}

export type Faults = Record<string, Pair>

const tooLong = (most: number): Pair => [`最多 ${most} 个字`, `At most ${most} characters`]

export function checkField(spec: FieldSpec, value: unknown): Pair | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  const isText = ['text', 'lines', 'password', 'choice', 'date'].includes(spec.kind)
  if (spec.required && isText && text === '') return ['请填写此项', 'Fill this in']
  if (spec.required && spec.kind === 'list' && (value as string[]).every((line) => line.trim() === '')) return ['请填写此项', 'Fill this in']
  if (isText && text.length > (spec.longest ?? (spec.kind === 'lines' ? 4000 : 200))) return tooLong(spec.longest ?? (spec.kind === 'lines' ? 4000 : 200))
  if (spec.pattern && text !== '' && !spec.pattern.test.test(text)) return spec.pattern.fault
  const wrong = spec.check?.(value)
  if (wrong) return wrong
  if (spec.kind === 'number' || spec.kind === 'seconds') {
    const number = Number(value)
    if (String(value).trim() === '') return spec.required ? ['请填写此项', 'Fill this in'] : undefined
    if (!Number.isFinite(number)) return ['请输入数字', 'Type a number']
    if (spec.kind === 'number' && !Number.isInteger(number)) return ['请输入整数', 'Type a whole number']
    const [least, most] = [spec.least ?? 0, spec.most ?? 1_000_000]
    if (number < least || number > most) return [`应在 ${least} 到 ${most} 之间`, `Between ${least} and ${most}`]
  }
  return undefined
}

export function checkForm(fields: FieldSpec[], values: Values): Faults {
  const faults: Faults = {}
  for (const spec of fields) {
    if (spec.shown && !spec.shown(values)) continue
    const fault = checkField(spec, values[spec.name])
    if (fault) faults[spec.name] = fault
  }
  return faults
}

const draftKey = (draft: string) => `trunkline.draft.${draft}`

function loadDraft(draft: string): Values | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(draftKey(draft)) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

export function Form(props: FormProps) {
  const { draft, fields, initial, existing, save, onSaved, onCancel, onDirty } = props
  const t = useTexts(common)
  const f = useTexts(formTexts)
  const locale = usePreferences((state) => state.locale)
  const failureText = useFailureText()
  const [values, setValues] = useState<Values>(() => ({ ...initial, ...loadDraft(draft) }))
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [restored] = useState(() => loadDraft(draft) !== undefined)
  const element = useRef<HTMLFormElement>(null)
  const dirty = JSON.stringify(values) !== JSON.stringify(initial)

  useEffect(() => onDirty?.(dirty), [dirty, onDirty])

  const change = (name: string, value: unknown) => {
    const next = { ...values, [name]: value }
    setValues(next)
    // Secrets are not left lying about.
    const kept = Object.fromEntries(Object.entries(next).filter(([key]) => fields.find((spec) => spec.name === key)?.kind !== 'password'))
    sessionStorage.setItem(draftKey(draft), JSON.stringify(kept))
    if (faults[name]) setFaults(({ [name]: _, ...rest }) => rest)
  }
  const focusFirst = () => setTimeout(() => element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const found = checkForm(fields, values)
    setFaults(Object.fromEntries(Object.entries(found).map(([name, pair]) => [name, pick(pair, locale)])))
    setFailure(undefined)
    if (Object.keys(found).length > 0) return focusFirst()
    setBusy(true)
    try {
      await save(values)
      sessionStorage.removeItem(draftKey(draft))
      onSaved()
    } catch (thrown) {
      const at = faultField(thrown, fields.map((spec) => spec.name))
      if (at) {
        setFaults({ [at]: failureText(thrown) })
        focusFirst()
      } else setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const giveUp = () => {
    sessionStorage.removeItem(draftKey(draft))
    onCancel()
  }
  return (
    <form ref={element} noValidate className="form" onSubmit={(event) => void submit(event)}>
      {restored && <div className="notice info">{f('restored')}</div>}
      <div className="fields">
        {fields.filter((spec) => spec.shown?.(values) ?? true).map((spec) => (
          <Control key={spec.name} spec={spec} value={values[spec.name]} fault={faults[spec.name]}
            locked={Boolean(spec.key && existing)} onChange={(value) => change(spec.name, value)} />
        ))}
      </div>
      {failure !== undefined && <FailureNotice failure={failure} />}
      <footer>
        <Button type="submit" kind="primary" busy={busy}>{t('save')}</Button>
        <Button onPress={giveUp}>{t('cancel')}</Button>
      </footer>
    </form>
  )
}

interface ControlProps {
  spec: FieldSpec
  value: unknown
  fault: string | undefined
  locked: boolean
  onChange(value: unknown): void
}

function Control({ spec, value, fault, locked, onChange }: ControlProps) {
  const f = useTexts(formTexts)
  const locale = usePreferences((state) => state.locale)
  const label = pick(spec.label, locale)
  const hint = locked ? f('locked') : spec.hint && pick(spec.hint, locale)
  const shared = { label, hint, fault, required: spec.required ?? false, wide: spec.wide ?? false }
  switch (spec.kind) {
    case 'switch':
      return <CheckField label={label} hint={hint} value={Boolean(value)} onChange={onChange} />
    case 'choice':
      return <SelectField {...shared} value={String(value ?? '')} options={spec.options?.() ?? []} onChange={onChange} disabled={locked} />
    case 'levels':
      return <SkillsField {...shared} value={(value ?? {}) as Record<string, number>} onChange={onChange} />
    case 'list':
      return <TextField {...shared} hint={hint ?? f('listHint')} value={((value ?? []) as string[]).join('\n')} lines={4}
        onChange={(text) => onChange(text.split('\n').map((line) => line.trim()).filter((line, index, all) => line !== '' || index === all.length - 1))} />
    case 'lines':
      return <TextField {...shared} value={String(value ?? '')} lines={4} onChange={onChange} />
    case 'seconds':
      return <TextField {...shared} label={`${label} (${f('secondsShort')})`} value={String(value ?? '')} inputMode="numeric" onChange={onChange} />
    case 'number':
      return <TextField {...shared} value={String(value ?? '')} inputMode="numeric" onChange={onChange} />
    default:
      return <TextField {...shared} type={spec.kind === 'text' ? 'text' : spec.kind} value={String(value ?? '')}
        autoComplete={spec.kind === 'password' ? 'new-password' : 'off'} onChange={onChange} disabled={locked} />
  }
}
