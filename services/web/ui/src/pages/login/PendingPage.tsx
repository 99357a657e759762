// What must be done before anything else is allowed: a new password, or a code generator.
import { lazy, Suspense } from 'react'
import { useSession } from '@/app/session'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { LanguageAndTheme } from './LanguageAndTheme'
import { loginTexts } from './login.texts'

// They speak to Account with the typed client, which the log-in page does without.
const ChangePassword = lazy(() => import('./ChangePassword'))
const SetUpTotp = lazy(() => import('./SetUpTotp'))

export default function PendingPage({ pending }: { pending: string }) {
  const t = useTexts(loginTexts)
  const { look, leave } = useSession()
  const done = () => void look()
  return (
    <main className="login">
      <section className="login-card">
        <img src="/favicon.svg" alt="" width="44" height="44" />
        <h1>{pending === 'TOTP_REQUIRED' ? t('totp') : t('change')}</h1>
        <Suspense fallback={null}>
          {pending === 'TOTP_REQUIRED' ? <SetUpTotp onDone={done} /> : <ChangePassword hint={t('changeHint')} onDone={done} />}
        </Suspense>
        <Button kind="quiet" onPress={() => void leave()}>{t('leave')}</Button>
        <LanguageAndTheme />
      </section>
    </main>
  )
}
