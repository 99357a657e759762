// The form that an order's type describes: fields are data, so a new type needs no code here.
import { useCallback } from 'react'
import { Field_Kind, type Field as FieldDefinition } from '@/gen/trunkline/workorder/v1/definitions_pb'
import type { FieldError } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { common } from '@/i18n/common.texts'
import { useTexts, useWord } from '@/i18n/texts'
import { SelectField, TextField } from '@/ui/Field'
import { fieldReasons } from './orders.texts'

export type FieldValues = Record<string, string>

export function shownFields(fields: readonly FieldDefinition[], values: FieldValues): FieldDefinition[] {
  return fields.filter((field) => !field.shownIfField || values[field.shownIfField] === field.shownIfValue)
}

export function missingFields(fields: readonly FieldDefinition[], values: FieldValues, alsoRequired: readonly string[] = []): string[] {
  return shownFields(fields, values)
    .filter((field) => (field.required || alsoRequired.includes(field.fieldId)) && !(values[field.fieldId] ?? '').trim())
    .map((field) => field.fieldId)
}

// What the server found wrong, beside its field, in the reader's words.
export function useFieldFaults(): (errors: readonly FieldError[]) => Record<string, string> {
  const word = useWord(fieldReasons)
  return useCallback((errors) => Object.fromEntries(errors.map(({ fieldId, reason, message }) => [fieldId, word(reason) === reason ? message : word(reason)])), [word])
}

interface TypeFormProps {
  fields: readonly FieldDefinition[]
  values: FieldValues
  faults: Record<string, string>
  alsoRequired?: readonly string[]
  onChange(values: FieldValues): void
}

const INPUT: Partial<Record<Field_Kind, 'date' | 'tel' | 'datetime-local'>> = { [Field_Kind.DATE]: 'date', [Field_Kind.PHONE]: 'tel', [Field_Kind.DATE_TIME]: 'datetime-local' }

export function TypeForm({ fields, values, faults, alsoRequired = [], onChange }: TypeFormProps) {
  const c = useTexts(common)
  return (
    <div className="fields">
      {shownFields(fields, values).map((field) => {
        const value = values[field.fieldId] ?? ''
        const set = (next: string) => onChange({ ...values, [field.fieldId]: next })
        const shared = { label: field.name, hint: field.help || undefined, fault: faults[field.fieldId], required: field.required || alsoRequired.includes(field.fieldId), value, onChange: set }
        if (field.kind === Field_Kind.YES_NO) {
          return <SelectField key={field.fieldId} {...shared} options={[{ value: '', label: '' }, { value: 'true', label: c('yes') }, { value: 'false', label: c('no') }]} />
        }
        if (field.kind === Field_Kind.CHOICES) return <Choices key={field.fieldId} field={field} value={value} fault={faults[field.fieldId]} onChange={set} />
        if (field.choices.length > 0) {
          return <SelectField key={field.fieldId} {...shared} options={['', ...field.choices].map((choice) => ({ value: choice, label: choice }))} />
        }
        const long = field.kind === Field_Kind.LONG_TEXT || field.kind === Field_Kind.ADDRESS
        if (field.kind === Field_Kind.DATE_TIME) return <TextField key={field.fieldId} {...shared} type="datetime-local" value={value.replace(' ', 'T')} onChange={(next) => set(next.replace('T', ' '))} />
        return <TextField key={field.fieldId} {...shared} wide={field.kind === Field_Kind.LONG_TEXT} type={INPUT[field.kind] ?? 'text'}
          maxLength={field.maxLength || (field.kind === Field_Kind.LONG_TEXT ? 5000 : 200)} {...(long ? { lines: field.kind === Field_Kind.LONG_TEXT ? 4 : 2 } : {})} />
      })}
    </div>
  )
}

function Choices({ field, value, fault, onChange }: { field: FieldDefinition; value: string; fault: string | undefined; onChange(value: string): void }) {
  const chosen = new Set(value.split(',').filter(Boolean))
  return (
    <fieldset className={`field wide${fault ? ' faulty' : ''}`}>
      <legend>{field.name}</legend>
      <div className="row">
        {field.choices.map((choice) => (
          <label key={choice} className="row">
            <input type="checkbox" checked={chosen.has(choice)} onChange={(event) => {
              const next = new Set(chosen)
              if (event.target.checked) next.add(choice)
              else next.delete(choice)
              onChange(field.choices.filter((each) => next.has(each)).join(','))
            }} />
            {choice}
          </label>
        ))}
      </div>
      {fault && <div className="fault" role="alert">{fault}</div>}
    </fieldset>
  )
}
