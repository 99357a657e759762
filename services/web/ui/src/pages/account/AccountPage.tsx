// One's own account: appearance, password, code generator, where one is logged in.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/transport'
import { useSession } from '@/app/session'
import { Account } from '@/gen/trunkline/identity/v1/identity_pb'
import type { Session } from '@/gen/trunkline/identity/v1/resources_pb'
import { dateTime } from '@/i18n/format'
import { usePreferences } from '@/i18n/preferences'
import { useTexts } from '@/i18n/texts'
import ChangePassword from '@/pages/login/ChangePassword'
import { LanguageAndTheme } from '@/pages/login/LanguageAndTheme'
import SetUpTotp from '@/pages/login/SetUpTotp'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { CheckField } from '@/ui/Field'
import { FailureNotice, useToasts } from '@/ui/Notice'
import { StatusDot } from '@/ui/Status'
import { accountTexts } from './account.texts'
import { Keys } from './Keys'

export default function AccountPage() {
  const t = useTexts(accountTexts)
  const { identity, look } = useSession()
  const { shortcuts, set } = usePreferences()
  const toast = useToasts((toasts) => toasts.add)
  const [setUp, setSetUp] = useState(false)
  const [round, setRound] = useState(0)
  const sessions = useQuery({ queryKey: ['ownSessions'], queryFn: ({ signal }) => client(Account).listOwnSessions({}, { signal }) })
  const columns: Column<Session>[] = [
    { key: 'address', title: t('address'), width: '150px', cell: (row) => row.clientAddress },
    { key: 'agent', title: t('agent'), cell: (row) => row.userAgent },
    { key: 'since', title: t('since'), width: '160px', cell: (row) => dateTime(row.createTime) },
    { key: 'seen', title: t('seen'), width: '160px', cell: (row) => dateTime(row.seenTime) },
  ]
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1><span className="muted">{identity?.user.name} · {identity?.user.loginName}</span></div>
      <div className="columns">
        <section className="card form"><h2>{t('appearance')}</h2><LanguageAndTheme /><CheckField label={t('shortcuts')} value={shortcuts} onChange={(value) => set({ shortcuts: value })} /></section>
        <section className="card form"><h2>{t('totp')}</h2>
          <StatusDot tone={identity?.user.totpEnabled ? 'good' : 'off'} text={identity?.user.totpEnabled ? t('totpOn') : t('totpOff')} />
          {!setUp && !identity?.user.totpEnabled && <div><Button onPress={() => setSetUp(true)}>{t('setUp')}</Button></div>}
          {setUp && <SetUpTotp onDone={() => {
            setSetUp(false)
            void look()
          }} />}
        </section>
        <section className="card"><h2>{t('password')}</h2><ChangePassword key={round} hint={t('passwordHint')} onDone={() => {
          setRound(round + 1)
          toast('good', t('changed'))
        }} /></section>
      </div>
      {identity?.user.agentId && <Keys />}
      <section className="card"><div className="card-head"><h2>{t('sessions')}</h2>
        <Button small onPress={() => void client(Account).endOwnSessions({}).then(() => sessions.refetch())}>{t('endOthers')}</Button></div>
        {sessions.error && <FailureNotice failure={sessions.error} onRetry={() => void sessions.refetch()} />}
        {sessions.data && <DataTable label={t('sessions')} rows={sessions.data.sessions} columns={columns} id={(row) => row.sessionId} empty={{ title: '–' }} />}
      </section>
    </div>
  )
}
