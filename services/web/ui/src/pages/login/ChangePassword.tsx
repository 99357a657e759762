// A new password for oneself.
import { useState, type FormEvent } from 'react'
import { client } from '@/api/transport'
import { Account } from '@/gen/trunkline/identity/v1/identity_pb'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { loginTexts } from './login.texts'

export default function ChangePassword({ hint, onDone }: { hint: string; onDone(): void }) {
  const t = useTexts(loginTexts)
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setFailure(undefined)
    if (busy || old === '' || fresh === '' || fresh !== again) return
    setBusy(true)
    try {
      await client(Account).changePassword({ oldPassword: old, newPassword: fresh })
      onDone()
    } catch (thrown) {
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const empty = (value: string) => (tried && value === '' ? t('empty') : undefined)
  return (
    <form noValidate className="form login-form" onSubmit={(event) => void submit(event)}>
      <p className="muted">{hint}</p>
      <TextField label={t('old')} type="password" value={old} onChange={setOld} fault={empty(old)} autoComplete="current-password" />
      <TextField label={t('fresh')} type="password" value={fresh} onChange={setFresh} fault={empty(fresh)} autoComplete="new-password" />
      <TextField label={t('again')} type="password" value={again} onChange={setAgain} autoComplete="new-password"
        fault={empty(again) ?? (tried && fresh !== again ? t('different') : undefined)} />
      {failure !== undefined && <FailureNotice failure={failure} />}
      <Button type="submit" kind="primary" busy={busy}>{t('set')}</Button>
    </form>
  )
}
