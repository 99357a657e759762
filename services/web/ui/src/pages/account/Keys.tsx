// Other keys for the shortcuts of the call bar: press one, and it is that from now on.
import { useState } from 'react'
import { keyName, takenBy } from '@/app/shortcuts'
import { usePreferences } from '@/i18n/preferences'
import { useTexts, type Pair, pick } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { accountTexts } from './account.texts'

const ACTIONS: [code: string, label: Pair][] = [
  ['KeyA', ['接听', 'Answer']], ['KeyX', ['挂断', 'Hang up']], ['KeyH', ['保持 / 取回', 'Hold, resume']], ['KeyM', ['静音', 'Mute']], ['KeyT', ['转接', 'Transfer']],
  ['KeyC', ['咨询', 'Consult']], ['KeyD', ['拨号盘 / 外呼', 'Keypad, dial out']], ['KeyN', ['备注', 'Notes']], ['KeyS', ['状态菜单', 'State menu']], ['KeyW', ['保存并空闲', 'Save and ready']],
]
const CODES = ACTIONS.map(([code]) => code)

export function Keys() {
  const t = useTexts(accountTexts)
  const { keys, locale, set } = usePreferences()
  const [waiting, setWaiting] = useState('')
  const [fault, setFault] = useState('')
  const choose = (code: string, key: string) => {
    setWaiting('')
    const other = takenBy(CODES, keys, code, key)
    if (!/^(Key[A-Z]|Digit\d)$/.test(key)) return setFault(t('keyBad'))
    if (other) return setFault(t('keyTaken', { key: key.replace(/^Key|^Digit/, ''), action: pick(ACTIONS.find(([each]) => each === other)?.[1] ?? ['', ''], locale) }))
    setFault('')
    const { [code]: _, ...rest } = keys
    set({ keys: key === code ? rest : { ...rest, [code]: key } })
  }
  return (
    <section className="card keys"><div className="card-head"><h2>{t('keys')}</h2><Button small unavailable={Object.keys(keys).length > 0 ? undefined : t('keysUsual')} onPress={() => set({ keys: {} })}>{t('keysReset')}</Button></div>
      <p className="muted small">{t('keysHint')}</p>
      {fault && <div className="fault" role="alert">{fault}</div>}
      <dl className="facts">
        {ACTIONS.map(([code, label]) => (
          <div key={code} className="pair"><dt>{pick(label, locale)}</dt><dd>
            <button type="button" className="button small" data-action={code} aria-label={`${pick(label, locale)}: ${keyName(code)}`} onClick={() => setWaiting(code)} onBlur={() => setWaiting('')}
              onKeyDown={(event) => {
                if (waiting !== code || ['Alt', 'Shift', 'Control', 'Meta', 'Tab'].includes(event.key)) return
                event.preventDefault()
                event.stopPropagation()
                if (event.key === 'Escape') setWaiting('')
                else choose(code, event.code)
              }}>{waiting === code ? t('keyPress') : keyName(code)}</button>
          </dd></div>
        ))}
      </dl>
    </section>
  )
}
