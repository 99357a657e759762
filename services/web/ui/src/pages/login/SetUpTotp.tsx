// A code generator for oneself: a secret to type in, and one code to prove that it works.
import { useEffect, useState, type FormEvent } from 'react'
import { client } from '@/api/transport'
import { Account } from '@/gen/trunkline/identity/v1/identity_pb'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { loginTexts } from './login.texts'

export default function SetUpTotp({ onDone }: { onDone(): void }) {
  const t = useTexts(loginTexts)
  const [secret, setSecret] = useState('')
  const [code, setCode] = useState('')
  const [failure, setFailure] = useState<unknown>()
  useEffect(() => {
    client(Account).beginTotp({}).then((answer) => setSecret(answer.secret), setFailure)
  }, [])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setFailure(undefined)
    try {
      await client(Account).confirmTotp({ code: code.trim() })
      onDone()
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <form noValidate className="form login-form" onSubmit={(event) => void submit(event)}>
      <p className="muted">{t('totpHint')}</p>
      <p>{t('secret')}: <code className="secret">{secret.replace(/(.{4})/g, '$1 ')}</code></p>
      <TextField label={t('code')} hint={t('codeHint')} value={code} onChange={setCode} inputMode="numeric" maxLength={6} autoComplete="one-time-code" />
      {failure !== undefined && <FailureNotice failure={failure} />}
      <Button type="submit" kind="primary">{t('set')}</Button>
    </form>
  )
}
