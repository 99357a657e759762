// The frame around every page: call bar at the top, navigation at the left, banner when the line to the server is broken.
import { useState, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useConnection } from '@/api/live'
import { common } from '@/i18n/common.texts'
import { useTexts } from '@/i18n/texts'
import { LogInForm } from '@/pages/login/LogInForm'
import { loginTexts } from '@/pages/login/login.texts'
import { CallBar } from '@/pages/workspace/CallBar'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Icon } from '@/ui/Icon'
import { useNow } from '@/ui/Status'
import { CommandBar } from './CommandBar'
import { visiblePages, type Group } from './pages'
import { useAgentId, useCan, useSession } from './session'
import { shell } from './shell.texts'

const GROUPS: Group[] = ['agentGroup', 'orderGroup', 'supervisorGroup', 'adminGroup']

function Navigation({ onChoose }: { onChoose(): void }) {
  const t = useTexts(shell)
  const can = useCan()
  const isAgent = useAgentId() !== ''
  const [place] = useLocation()
  const pages = visiblePages(can, isAgent).filter((page) => !page.hidden)
  return (
    <nav aria-label={t('navigation')}>
      {GROUPS.map((group) => {
        const inGroup = pages.filter((page) => page.group === group)
        if (inGroup.length === 0) return null
        return (
          <div key={group} className="nav-group" role="group" aria-label={t(group)}>
            <div className="nav-title" aria-hidden="true">{t(group)}</div>
            {inGroup.map((page) => {
              const here = place === page.path || place.startsWith(`${page.path}/`)
              const inside = <><Icon name={page.icon} /><span>{t(page.title)}</span></>
              return page.bare
                ? <a key={page.path} className="nav-link" href={page.path} target="_blank" rel="noreferrer">{inside}</a>
                : <Link key={page.path} className={`nav-link${here ? ' here' : ''}`} href={page.path}
                    aria-current={here ? 'page' : undefined} onClick={onChoose}>{inside}</Link>
            })}
          </div>
        )
      })}
    </nav>
  )
}

function ConnectionBanner() {
  const t = useTexts(shell)
  const isAgent = useAgentId() !== ''
  const { up, heard, lostAt } = useConnection()
  const now = useNow()
  const silent = Math.floor((now - heard) / 1000)
  if (up || now - lostAt < 2000) return null
  return <div className="banner" role="status"><Icon name="warning" />{t(isAgent ? 'lost' : 'lostOffice', { seconds: silent })}</div>
}

function ExpiredDialog() {
  const t = useTexts(loginTexts)
  const s = useTexts(shell)
  const { expired, identity } = useSession()
  if (!expired || !identity) return null
  return (
    <Dialog title={s('expired')} mayClose={() => false} onClose={() => undefined}>
      <p>{t('expired')}</p>
      <LogInForm lockedName={identity.user.loginName} />
    </Dialog>
  )
}

export function Shell({ children }: { children: ReactNode }) {
  const t = useTexts(shell)
  const c = useTexts(common)
  const { identity, leave } = useSession()
  const [open, setOpen] = useState(false)
  const name = identity?.user.name || identity?.user.loginName || ''
  return (
    <div className={`frame${open ? ' nav-open' : ''}`}>
      <a className="skip" href="#content">{c('skip')}</a>
      <header className="top">
        <div className="menu-button"><Button kind="quiet" icon="menu" label={t('mainMenu')} pressed={open} onPress={() => setOpen(!open)} /></div>
        <Link href="/" className="brand" aria-label="Trunkline"><img src="/favicon.svg" alt="" width="26" height="26" /><span>Trunkline</span></Link>
        {identity?.user.agentId ? <CallBar /> : <div className="grow" />}
        <div className="person">
          <Link href="/account" className="person-name" title={t('account')}><Icon name="customers" /><span>{name}</span></Link>
          <Button kind="quiet" icon="logOut" label={t('logOut')} onPress={() => void leave()} />
        </div>
      </header>
      <ConnectionBanner />
      <div className="below">
        <aside className="nav-side"><Navigation onChoose={() => setOpen(false)} /></aside>
        <main id="content" tabIndex={-1}>{children}</main>
      </div>
      <CommandBar />
      <ExpiredDialog />
    </div>
  )
}
