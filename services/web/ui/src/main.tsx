// First code of every page: who is there? Then the log-in page, or the application, which is loaded only now.
import { lazy, StrictMode, Suspense, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { useSession, type SessionState } from './app/session'
import { applyPreferences } from './i18n/preferences'
import './styles/base.css'

const LogInPage = lazy(() => import('./pages/login/LogInPage'))
const PendingPage = lazy(() => import('./pages/login/PendingPage'))
const App = lazy(() => import('./app/App'))
const Wallboard = lazy(() => import('./pages/wallboard/WallboardApp'))

function Root() {
  const { state, identity, look } = useSession()
  useEffect(() => void look(), [look])
  useEffect(() => {
    if (state !== 'unreachable') return
    const timer = setInterval(() => void look(), 3000)
    return () => clearInterval(timer)
  }, [state, look])
  const booting = <div className="boot" role="status" aria-label="Trunkline" />
  return <Suspense fallback={booting}>{state === 'unknown' ? booting : page(state, identity?.pending)}</Suspense>
}

function page(state: SessionState, pending: string | undefined) {
  if (state !== 'in') return <LogInPage unreachable={state === 'unreachable'} />
  if (pending) return <PendingPage pending={pending} />
  return location.pathname === '/wallboard' ? <Wallboard /> : <App />
}

applyPreferences()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyPreferences)
createRoot(document.getElementById('root') as HTMLElement).render(<StrictMode><Root /></StrictMode>)
