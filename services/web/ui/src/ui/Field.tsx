// One thing to fill in: its label, its control, a hint, and what is wrong with it, told beside it.
import { useId, type ReactNode } from 'react'

export interface FieldProps {
  label: string
  hint?: string | undefined
  fault?: string | undefined
  required?: boolean
  wide?: boolean
  children: (attributes: ControlAttributes) => ReactNode
}

export interface ControlAttributes {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  'aria-required': true | undefined
}

export function Field({ label, hint, fault, required, wide, children }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ')
  return (
    <div className={`field${wide ? ' wide' : ''}${fault ? ' faulty' : ''}`}>
      <label htmlFor={id}>
        {label}
        {required && <span className="star" aria-hidden="true"> *</span>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': fault ? true : undefined,
        'aria-required': required ? true : undefined,
      })}
      {hint && <div className="hint" id={`${id}-hint`}>{hint}</div>}
      {fault && <div className="fault" id={`${id}-fault`} role="alert">{fault}</div>}
    </div>
  )
}

interface TextFieldProps extends Omit<FieldProps, 'children'> {
  value: string
  onChange(value: string): void
  type?: 'text' | 'password' | 'date' | 'datetime-local' | 'time' | 'number' | 'search' | 'tel'
  lines?: number
  autoComplete?: string
  autoFocus?: boolean
  maxLength?: number
  disabled?: boolean
  inputMode?: 'numeric' | 'text' | 'tel'
}

export function TextField(props: TextFieldProps) {
  const { value, onChange, type = 'text', lines, autoComplete = 'off', autoFocus, maxLength, disabled, inputMode, ...field } = props
  return (
    <Field {...field}>
      {(attributes) =>
        lines ? (
          <textarea {...attributes} rows={lines} value={value} maxLength={maxLength} disabled={disabled}
            onChange={(event) => onChange(event.target.value)} />
        ) : (
          <input {...attributes} type={type} value={value} autoComplete={autoComplete} autoFocus={autoFocus}
            maxLength={maxLength} disabled={disabled} inputMode={inputMode} onChange={(event) => onChange(event.target.value)} />
        )
      }
    </Field>
  )
}

export interface Option {
  value: string
  label: string
}

interface SelectFieldProps extends Omit<FieldProps, 'children'> {
  value: string
  options: Option[]
  onChange(value: string): void
  disabled?: boolean
}

export function SelectField({ value, options, onChange, disabled, ...field }: SelectFieldProps) {
  return (
    <Field {...field}>
      {(attributes) => (
        <select {...attributes} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>{option.label}</option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function CheckField({ label, value, onChange, hint }: { label: string; value: boolean; onChange(value: boolean): void; hint?: string | undefined }) {
  const id = useId()
  return (
    <div className="field check">
      <label>
        <input type="checkbox" checked={value} aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => onChange(event.target.checked)} />
        <span>{label}</span>
      </label>
      {hint && <div className="hint" id={`${id}-hint`}>{hint}</div>}
    </div>
  )
}
