// A list whose entries are edited in place: each folds, moves, goes; what is wrong with one is seen while it is folded.
import { useState, type ReactNode } from 'react'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { settingsTexts } from './settings.texts'

interface ListEditorProps<T> {
  items: readonly T[]
  name(item: T): string
  detail?(item: T): ReactNode
  fault(index: number): boolean
  add: string
  fresh(): T
  edit(item: T, set: (change: Partial<T>) => void, index: number): ReactNode
  onChange(items: T[]): void
}

export function ListEditor<T>({ items, name, detail, fault, add, fresh, edit, onChange }: ListEditorProps<T>) {
  const t = useTexts(settingsTexts)
  const [open, setOpen] = useState<number>()
  const move = (from: number, to: number) => {
    const next = [...items]
    next.splice(to, 0, ...next.splice(from, 1))
    onChange(next)
    setOpen(open === from ? to : undefined)
  }
  return (
    <div className="list-editor">
      <ol>
        {items.map((item, index) => (
          <li key={index} className={fault(index) ? 'faulty' : ''}>
            <div className="row list-head">
              <button type="button" className="list-name" aria-expanded={open === index} onClick={() => setOpen(open === index ? undefined : index)}>
                <span className="muted figure">{index + 1}</span> <strong>{name(item) || '–'}</strong> {detail && <span className="muted small">{detail(item)}</span>}
              </button>
              <Button small kind="quiet" icon="up" label={t('moveUp', { name: name(item) })} {...(index === 0 ? { unavailable: t('moveUp', { name: name(item) }) } : {})} onPress={() => move(index, index - 1)} />
              <Button small kind="quiet" icon="down" label={t('moveDown', { name: name(item) })} {...(index === items.length - 1 ? { unavailable: t('moveDown', { name: name(item) }) } : {})} onPress={() => move(index, index + 1)} />
              <Button small kind="quiet" icon="cross" label={t('removeOne', { name: name(item) })} onPress={() => {
                onChange(items.filter((_, at) => at !== index))
                setOpen(undefined)
              }} />
            </div>
            {open === index && <div className="list-body">{edit(item, (change) => onChange(items.map((each, at) => (at === index ? { ...each, ...change } : each))), index)}</div>}
          </li>
        ))}
      </ol>
      <Button small icon="plus" onPress={() => {
        onChange([...items, fresh()])
        setOpen(items.length)
      }}>{add}</Button>
    </div>
  )
}

export function Checks({ label, options, chosen, fault, onChange }: { label: string; options: { value: string; label: string }[]; chosen: readonly string[]; fault?: string | undefined; onChange(chosen: string[]): void }) {
  return (
    <fieldset className={`field wide${fault ? ' faulty' : ''}`}>
      <legend>{label}</legend>
      <div className="row checks">{options.map((option) => (
        <label key={option.value} className="row">
          <input type="checkbox" checked={chosen.includes(option.value)} onChange={(event) => onChange(event.target.checked ? [...chosen, option.value] : chosen.filter((each) => each !== option.value))} />{option.label}
        </label>
      ))}</div>
      {fault && <div className="fault" role="alert">{fault}</div>}
    </fieldset>
  )
}
