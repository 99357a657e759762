// Name, password, and a code when one is asked for.
import { useRef, useState, type FormEvent } from 'react'
import { AccessError, logIn } from '@/api/access'
import { useSession } from '@/app/session'
import { codes } from '@/i18n/common.texts'
import { reasons } from '@/i18n/reasons.texts'
import { useTexts, useWord } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { loginTexts } from './login.texts'

export function LogInForm({ lockedName }: { lockedName?: string }) {
  const t = useTexts(loginTexts)
  const code = useWord(codes)
  const reason = useWord(reasons)
  const enter = useSession((session) => session.enter)
  const [name, setName] = useState(lockedName ?? '')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const [asked, setAsked] = useState(false)
  const [missing, setMissing] = useState<string[]>([])
  const [refused, setRefused] = useState<AccessError>()
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const empty = [name.trim() === '' && 'name', password === '' && 'password'].filter((word) => word !== false)
    setMissing(empty)
    setRefused(undefined)
    if (empty.length > 0) {
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    setBusy(true)
    try {
      enter(await logIn(name.trim(), password, totp.trim()))
    } catch (thrown) {
      const error = thrown instanceof AccessError ? thrown : new AccessError('unknown', '', String(thrown), '')
      setRefused(error)
      if (error.reason === 'TOTP_REQUIRED') setAsked(true)
    } finally {
      setBusy(false)
    }
  }
  const fault = (field: string) => (missing.includes(field) ? t('empty') : undefined)
  const told = refused && (reason(refused.reason) === refused.reason ? code(refused.code) : reason(refused.reason))
  return (
    <form ref={form} noValidate className="form login-form" onSubmit={(event) => void submit(event)}>
      <TextField label={t('name')} value={name} onChange={setName} fault={fault('name')} autoComplete="username" autoFocus={!lockedName} disabled={Boolean(lockedName)} />
      <TextField label={t('password')} type="password" value={password} onChange={setPassword} fault={fault('password')} autoComplete="current-password" autoFocus={Boolean(lockedName)} />
      {asked && <TextField label={t('code')} hint={t('codeHint')} value={totp} onChange={setTotp} inputMode="numeric" maxLength={6} autoComplete="one-time-code" autoFocus />}
      {told && <div className={`notice ${refused.reason === 'TOTP_REQUIRED' ? 'info' : 'bad'}`} role="alert">
        <span>{told}{refused.trace && <span className="small"> ({refused.trace})</span>}</span>
      </div>}
      <Button type="submit" kind="primary" busy={busy}>{t('submit')}</Button>
    </form>
  )
}
