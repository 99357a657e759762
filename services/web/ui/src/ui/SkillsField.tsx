// Names with a level from 0 to 100, such as the skills of an agent.
import { useId, useState } from 'react'
import { formTexts } from '@/i18n/form.texts'
import { useTexts } from '@/i18n/texts'
import { Button } from './Button'

interface SkillsProps {
  label: string
  hint?: string | undefined
  fault?: string | undefined
  value: Record<string, number>
  onChange(value: Record<string, number>): void
}

export function SkillsField({ label, hint, fault, value, onChange }: SkillsProps) {
  const f = useTexts(formTexts)
  const id = useId()
  const [name, setName] = useState('')
  const add = () => {
    const word = name.trim()
    if (word === '' || word in value) return
    onChange({ ...value, [word]: 50 })
    setName('')
  }
  return (
    <fieldset className={`field wide levels${fault ? ' faulty' : ''}`} aria-describedby={`${id}-hint`}>
      <legend>{label}</legend>
      {Object.entries(value).map(([skill, level]) => (
        <div key={skill} className="level">
          <span className="name">{skill}</span>
          <input type="range" min={0} max={100} step={5} value={level} aria-label={`${skill} ${f('level')}`}
            onChange={(event) => onChange({ ...value, [skill]: Number(event.target.value) })} />
          <span className="figure">{level}</span>
          <Button small kind="quiet" icon="cross" label={f('removeSkill', { name: skill })} onPress={() => {
            const { [skill]: _, ...rest } = value
            onChange(rest)
          }} />
        </div>
      ))}
      <div className="level">
        <input type="text" value={name} aria-label={f('skill')} placeholder={f('skill')} onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }} />
        <Button small icon="plus" onPress={add}>{f('addSkill')}</Button>
      </div>
      {hint && <div className="hint" id={`${id}-hint`}>{hint}</div>}
      {fault && <div className="fault" role="alert">{fault}</div>}
    </fieldset>
  )
}
