// What an agent did today and how his queues stand.
import { useAgents, useQueues } from '@/api/acd'
import { useDay } from '@/api/figures'
import { useAgentId, useCan } from '@/app/session'
import type { Queue } from '@/gen/trunkline/acd/v1/resources_pb'
import { clock, count, maskNumber, millis, percent, seconds } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { AgentStatus } from '@/ui/AgentStatus'
import { DataTable, type Column } from '@/ui/DataTable'
import { Elapsed } from '@/ui/Status'
import { Tile } from '@/ui/Tile'
import { figuresOf, levelMood } from '../live/figures'
import { liveTexts } from '../live/live.texts'
import { useDesk } from '../workspace/desk'
import { recentContacts } from '../workspace/recent'
import { ownTexts } from './own.texts'

export default function OwnPage() {
  const t = useTexts(ownTexts)
  const l = useTexts(liveTexts)
  const can = useCan()
  const mine = useAgentId()
  const { agent: desk } = useDesk()
  const agents = useAgents(can('acd.agents.read'))
  const agent = desk ?? agents.data?.find((each) => each.agentId === mine)
  const queues = useQueues(can('acd.queues.read'))
  const day = useDay('', can('reporting.figures.read'))
  const own = (queues.data ?? []).filter((queue) => agent && Object.entries(queue.requiredSkills).every(([name, level]) => (agent.skills[name] ?? -1) >= level))
  const recent = recentContacts()
  const columns: Column<Queue>[] = [
    { key: 'queue', title: l('queue'), cell: (queue) => <strong>{queue.title || queue.queueId}</strong> },
    { key: 'waiting', title: l('waiting'), right: true, cell: (queue) => count(queue.waiting) },
    { key: 'longest', title: l('longest'), right: true, cell: (queue) => (queue.waiting ? clock(seconds(queue.longestWait)) : '–') },
    { key: 'ready', title: l('ready'), right: true, cell: (queue) => count(queue.readyAgents) },
    { key: 'sl', title: l('level'), right: true, cell: (queue) => percent(figuresOf(day.data?.queues, queue.queueId)?.serviceLevel) },
  ]
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1></div>
      <div className="strip">
        <div className="tile"><span className="name">{t('state')}</span><span className="value-line">{agent ? <AgentStatus agent={agent} /> : '–'}</span><span className="target">{agent && <Elapsed since={millis(agent.stateTime)} />}</span></div>
        <Tile name={t('handled')} value={count(recent.length)} />
        <Tile name={l('level')} value={percent(day.data?.total?.serviceLevel)} mood={levelMood(day.data?.total?.serviceLevel)} />
      </div>
      <section className="card"><h2>{t('queues')}</h2><DataTable label={t('queues')} rows={own} columns={columns} id={(queue) => queue.queueId} empty={{ title: l('noQueues') }} /></section>
      <section className="card"><h2>{t('recent')}</h2>
        <ol className="log">{recent.slice(0, 20).map((each) => <li key={each.contactId} className="row"><span className="figure muted">{new Date(each.at).toLocaleTimeString()}</span><span className="figure">{maskNumber(each.number)}</span><a href={`/history?contact=${each.contactId}`}>{each.contactId}</a></li>)}</ol>
      </section>
    </div>
  )
}
