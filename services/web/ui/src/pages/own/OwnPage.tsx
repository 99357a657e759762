// What an agent did today and how his queues stand.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useAgents, useQueues, useRefreshOn } from '@/api/acd'
import { useDay } from '@/api/figures'
import { client } from '@/api/transport'
import { useAgentId, useCan } from '@/app/session'
import type { Queue } from '@/gen/trunkline/acd/v1/resources_pb'
import { Shifts, type ShiftContact } from '@/gen/trunkline/reporting/v1/shift_pb'
import { clock, count, millis, percent, seconds, timeOfDay } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { AgentStatus } from '@/ui/AgentStatus'
import { DataTable, type Column } from '@/ui/DataTable'
import { FailureNotice } from '@/ui/Notice'
import { Elapsed } from '@/ui/Status'
import { Tile } from '@/ui/Tile'
import { figuresOf, levelMood } from '../live/figures'
import { liveTexts } from '../live/live.texts'
import { useDesk } from '../workspace/desk'
import { ownTexts } from './own.texts'

const SHIFT = ['shift']

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
  useRefreshOn('trunkline.acd.', SHIFT, 2000)
  const shift = useQuery({ queryKey: [...SHIFT, mine], enabled: mine !== '', queryFn: ({ signal }) => client(Shifts).getShift({ agentId: mine }, { signal }) })
  const contacts = shift.data?.contacts ?? []
  const length = (value: number | undefined) => (value === undefined ? '–' : clock(value))
  const contactColumns: Column<ShiftContact>[] = [
    { key: 'time', title: t('time'), width: '110px', cell: (row) => timeOfDay(row.startTime) },
    { key: 'queue', title: l('queue'), width: '160px', cell: (row) => queues.data?.find((each) => each.queueId === row.queueId)?.title || row.queueId },
    { key: 'talk', title: t('talkOne'), width: '100px', right: true, cell: (row) => clock(row.talk) },
    { key: 'hold', title: t('holdOne'), width: '100px', right: true, cell: (row) => clock(row.hold) },
    { key: 'wrap', title: t('wrapOne'), width: '100px', right: true, cell: (row) => length(row.wrapUp) },
    { key: 'contact', title: t('contact'), cell: (row) => <Link href={`/history?contact=${row.contactId}`}><code>{row.contactId}</code></Link> },
  ]
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
        <Tile name={t('handled')} value={count(shift.data?.handled ?? 0)} />
        <Tile name={t('talk')} value={length(shift.data?.averageTalk)} />
        <Tile name={t('hold')} value={length(shift.data?.averageHold)} />
        <Tile name={t('wrap')} value={length(shift.data?.averageWrapUp)} />
        <Tile name={l('level')} value={percent(day.data?.total?.serviceLevel)} mood={levelMood(day.data?.total?.serviceLevel)} />
      </div>
      <section className="card"><h2>{t('queues')}</h2><DataTable label={t('queues')} rows={own} columns={columns} id={(queue) => queue.queueId} empty={{ title: l('noQueues') }} /></section>
      <section className="card"><h2>{t('recent')}</h2>
        {shift.error && <FailureNotice failure={shift.error} onRetry={() => void shift.refetch()} />}
        <DataTable label={t('recent')} rows={contacts} columns={contactColumns} id={(row) => `${row.contactId} ${row.startTime?.seconds ?? 0n}`} empty={{ title: t('none') }} />
      </section>
    </div>
  )
}
