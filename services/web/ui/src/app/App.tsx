// The application behind the log-in: pages by address, the frame around them, and what holds for all of them.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Code } from '@connectrpc/connect'
import { Component, lazy, Suspense, useEffect, type ReactNode } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { isCode } from '@/api/failure'
import { onMissed, startLive } from '@/api/live'
import { whenLoggedOut } from '@/api/transport'
import { common, errors } from '@/i18n/common.texts'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Empty, Toasts } from '@/ui/Notice'
import { PAGES, visiblePages, type Page } from './pages'
import { useAgentId, useCan, useSession } from './session'
import { Shell } from './Shell'
import '@/styles/app.css'
import '@/styles/orders.css'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      // What cannot get better by asking again is not asked again.
      retry: (times, thrown) => times < 2 && isCode(thrown, Code.Unavailable, Code.DeadlineExceeded),
    },
  },
})

// A fault in one page does not take the call bar away.
class Guard extends Component<{ children: ReactNode; place: string }, { failure: Error | undefined }> {
  override state = { failure: undefined as Error | undefined }
  static getDerivedStateFromError(failure: Error) {
    return { failure }
  }
  override componentDidUpdate(before: { place: string }) {
    if (before.place !== this.props.place && this.state.failure) this.setState({ failure: undefined })
  }
  override render() {
    return this.state.failure ? <Broken failure={this.state.failure} /> : this.props.children
  }
}

function Broken({ failure }: { failure: Error }) {
  const t = useTexts(errors)
  const c = useTexts(common)
  return (
    <Empty icon="warning" title={t('unexpected')} hint={t('unexpectedHint')}>
      <div className="row">
        <Button onPress={() => void navigator.clipboard.writeText(`${failure.message}\n${location.pathname}`)}>{c('copy')}</Button>
        <Button kind="primary" onPress={() => location.reload()}>{t('reload')}</Button>
      </div>
    </Empty>
  )
}

function Guarded({ page }: { page: Page }) {
  const can = useCan()
  const isAgent = useAgentId() !== ''
  const t = useTexts(common)
  if (visiblePages(can, isAgent).includes(page)) return <page.component />
  return <Empty icon="eye" title={t('noRight')} hint={t('noRightHint', { right: page.rights[0] ?? 'agent' })} />
}

function Pages() {
  const [place] = useLocation()
  const can = useCan()
  const isAgent = useAgentId() !== ''
  const t = useTexts(common)
  const visible = visiblePages(can, isAgent).filter((page) => !page.hidden && !page.bare)
  const first = isAgent && !can('acd.supervise') ? '/workspace' : (visible.find((page) => page.group === 'supervisorGroup') ?? visible[0])?.path ?? '/account'
  return (
    <Guard place={place}>
      <Suspense fallback={<div className="boot" role="status" aria-label={t('loading')} />}>
        <Switch>
          <Route path="/"><Redirect to={first} replace /></Route>
          {PAGES.filter((page) => !page.bare).map((page) => <Route key={page.path} path={page.path}><Guarded page={page} /></Route>)}
          <Route><Empty title={t('notFound')} hint={t('notFoundHint')} /></Route>
        </Switch>
      </Suspense>
    </Guard>
  )
}

// Loaded after the page itself: steps that wait to be sent, and the bell of a branch.
const OrderDesk = lazy(() => import('@/pages/orders/OrderDesk'))

export default function App() {
  const can = useCan()
  const expire = useSession((session) => session.expire)
  useEffect(() => startLive(), [])
  useEffect(() => whenLoggedOut(expire), [expire])
  useEffect(() => onMissed(() => void queries.invalidateQueries()), [])
  return (
    <QueryClientProvider client={queries}>
      <Shell>
        {can('workorder.orders.step') && <Suspense fallback={null}><OrderDesk /></Suspense>}
        <Pages />
      </Shell>
      <Toasts />
    </QueryClientProvider>
  )
}
