// The first page.
import { useTexts } from '@/i18n/texts'
import { LanguageAndTheme } from './LanguageAndTheme'
import { LogInForm } from './LogInForm'
import { loginTexts } from './login.texts'

export default function LogInPage({ unreachable }: { unreachable: boolean }) {
  const t = useTexts(loginTexts)
  return (
    <main className="login">
      <section className="login-card">
        <img src="/favicon.svg" alt="" width="44" height="44" />
        <h1>Trunkline</h1>
        <p className="muted">{t('product')}</p>
        {unreachable && <div className="notice warn" role="status">{t('unreachable')}</div>}
        <LogInForm />
        <LanguageAndTheme />
      </section>
    </main>
  )
}
