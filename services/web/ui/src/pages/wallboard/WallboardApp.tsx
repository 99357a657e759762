// A page for a screen on the wall: large figures, their targets, how old they are; it needs no keyboard.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAgents, useQueues } from '@/api/acd'
import { SERVICE_LEVEL_TARGET, useDay } from '@/api/figures'
import { startLive } from '@/api/live'
import { AgentState, type Agent, type Queue } from '@/gen/trunkline/acd/v1/resources_pb'
import { clock, count, millis, percent, seconds } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { figuresOf, levelMood, liveFigures, waitMood, worstFirst, type Mood } from '@/pages/live/figures'
import { liveTexts } from '@/pages/live/live.texts'
import { AgentStatus } from '@/ui/AgentStatus'
import { Icon } from '@/ui/Icon'
import { Elapsed, useNow } from '@/ui/Status'
import '@/styles/wallboard.css'

const queries = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false, retry: false } } })
const SIGNS = { good: 'check', warn: 'warning', bad: 'down' } as const

function Figure({ name, value, target, mood }: { name: string; value: string; target?: string; mood?: Mood }) {
  return (
    <div className={`wall-figure ${mood ?? ''}`}>
      <div className="wall-name">{name}</div>
      <div className="wall-value">{value}{mood && <Icon name={SIGNS[mood]} size={44} />}</div>
      <div className="wall-target">{target ?? '\u00a0'}</div>
    </div>
  )
}

function DataAge({ at }: { at: number }) {
  const t = useTexts(liveTexts)
  const age = Math.max(0, Math.round((useNow() - at) / 1000))
  return <span className={`wall-age${age > 10 ? ' old' : ''}`} role="status">{age > 10 && <Icon name="warning" size={26} />}{t('age', { seconds: age })}</span>
}

function Wall() {
  const t = useTexts(liveTexts)
  const queues = useQueues()
  const agents = useAgents()
  const day = useDay()
  const [time, setTime] = useState('')
  useEffect(() => startLive(), [])
  useEffect(() => {
    const tick = () => setTime(new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false }))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [])
  const now = liveFigures(queues.data ?? [], agents.data ?? [])
  const total = day.data?.total
  const grid = worstFirst((agents.data ?? []).filter((agent) => agent.state !== AgentState.LOGGED_OUT)).slice(0, 48)
  return (
    <main className="wall">
      <header>
        <h1>Trunkline</h1>
        <span className="grow" />
        <DataAge at={Math.min(queues.dataUpdatedAt || 0, agents.dataUpdatedAt || 0)} />
        <span className="wall-clock figure">{time}</span>
      </header>
      <section className="wall-figures">
        <Figure name={t('waiting')} value={count(now.waiting)} mood={now.waiting === 0 ? 'good' : now.waiting > 10 ? 'bad' : 'warn'} target={t('target', { value: '0' })} />
        <Figure name={t('longest')} value={clock(now.longest)} mood={waitMood(now.longest, 20)} target={t('target', { value: '0:20' })} />
        <Figure name={t('level')} value={percent(total?.serviceLevel)} mood={levelMood(total?.serviceLevel)} target={t('target', { value: percent(SERVICE_LEVEL_TARGET) })} />
        <Figure name={t('ready')} value={count(now.ready)} target={t('of', { value: now.loggedIn })} />
        <Figure name={t('inCall')} value={count(now.inCall)} />
        <Figure name={t('abandoned')} value={count(total?.abandoned ?? 0)} target={percent(total?.abandonRate)} />
      </section>
      <QueueRows queues={queues.data ?? []} figures={day.data?.queues} />
      <section className="wall-agents" aria-label={t('agents')}>
        {grid.map((agent) => <AgentCell key={agent.agentId} agent={agent} />)}
      </section>
    </main>
  )
}

function AgentCell({ agent }: { agent: Agent }) {
  return <div className="wall-agent"><strong>{agent.name || agent.agentId}</strong><AgentStatus agent={agent} /><Elapsed since={millis(agent.stateTime)} /></div>
}

function QueueRows({ queues, figures }: { queues: Queue[]; figures: Parameters<typeof figuresOf>[0] }) {
  const t = useTexts(liveTexts)
  return (
    <table className="wall-queues" aria-label={t('queues')}>
      <thead><tr><th scope="col">{t('queue')}</th><th scope="col">{t('waiting')}</th><th scope="col">{t('longest')}</th><th scope="col">{t('ready')}</th><th scope="col">{t('offered')}</th><th scope="col">{t('sl')}</th><th scope="col">{t('asa')}</th><th scope="col">{t('abandoned')}</th></tr></thead>
      <tbody>
        {queues.slice(0, 8).map((queue) => {
          const row = figuresOf(figures, queue.queueId)
          return (
            <tr key={queue.queueId} className={levelMood(row?.serviceLevel)}>
              <th scope="row">{queue.title || queue.queueId}</th>
              <td>{count(queue.waiting)}</td><td>{queue.waiting ? clock(seconds(queue.longestWait)) : '–'}</td><td>{queue.readyAgents} / {queue.loggedInAgents}</td>
              <td>{count(row?.offered ?? 0)}</td><td className="level">{percent(row?.serviceLevel)}</td>
              <td>{row?.averageSpeedOfAnswer === undefined ? '–' : clock(row.averageSpeedOfAnswer)}</td><td>{count(row?.abandoned ?? 0)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

export default function WallboardApp() {
  return <QueryClientProvider client={queries}><Wall /></QueryClientProvider>
}
