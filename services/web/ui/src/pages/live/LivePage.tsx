// Queues, agents and contacts as they are now, and what a supervisor may do about them.
import { useMemo, useState } from 'react'
import { useAgents, useContacts, useQueues } from '@/api/acd'
import { SERVICE_LEVEL_TARGET, useDay } from '@/api/figures'
import { useCan } from '@/app/session'
import { AgentState, ContactState, type Agent, type Contact, type Queue } from '@/gen/trunkline/acd/v1/resources_pb'
import { clock, count, maskNumber, millis, percent, seconds } from '@/i18n/format'
import { contactStates } from '@/i18n/states.texts'
import { useTexts, useWord } from '@/i18n/texts'
import { AgentStatus } from '@/ui/AgentStatus'
import { DataTable, type Column } from '@/ui/DataTable'
import { CheckField, TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { Elapsed, StatusDot } from '@/ui/Status'
import { Tabs } from '@/ui/Tabs'
import { Tile } from '@/ui/Tile'
import { AgentActions } from './AgentActions'
import { figuresOf, levelMood, liveFigures, waitMood, worstFirst } from './figures'
import { liveTexts } from './live.texts'

const agentId = (agent: Agent) => agent.agentId

export default function LivePage() {
  const t = useTexts(liveTexts)
  const can = useCan()
  const agents = useAgents()
  const queues = useQueues(can('acd.queues.read'))
  const contacts = useContacts(can('acd.contacts.read'))
  const day = useDay('', can('reporting.figures.read'))
  const [tab, setTab] = useState('agents')
  const [chosen, setChosen] = useState<string>()
  const [filter, setFilter] = useState('')
  const [offline, setOffline] = useState(true)
  const all = agents.data ?? []
  const now = liveFigures(queues.data ?? [], all)
  const total = day.data?.total
  const wanted = filter.trim().toLowerCase()
  const rows = useMemo(
    () => worstFirst(agents.data ?? []).filter((agent) => (offline || agent.state !== AgentState.LOGGED_OUT) && (wanted === '' || `${agent.agentId} ${agent.name}`.toLowerCase().includes(wanted))),
    [agents.data, offline, wanted],
  )
  const columns = useAgentColumns()
  const agent = all.find((each) => each.agentId === chosen)
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1></div>
      {agents.error && <FailureNotice failure={agents.error} onRetry={() => void agents.refetch()} />}
      <div className="strip">
        <Tile name={t('waiting')} value={count(now.waiting)} />
        <Tile name={t('longest')} value={clock(now.longest)} mood={now.waiting > 0 ? waitMood(now.longest, 20) : undefined} />
        <Tile name={t('level')} value={percent(total?.serviceLevel)} target={t('target', { value: percent(SERVICE_LEVEL_TARGET) })} mood={levelMood(total?.serviceLevel)} />
        <Tile name={t('ready')} value={count(now.ready)} target={t('of', { value: now.loggedIn })} />
        <Tile name={t('inCall')} value={count(now.inCall)} />
        <Tile name={t('answered')} value={count(total?.answered ?? 0)} />
        <Tile name={t('abandoned')} value={count(total?.abandoned ?? 0)} target={percent(total?.abandonRate)} />
      </div>
      <QueueTable queues={queues.data ?? []} figures={day.data?.queues} />
      <Tabs label={t('title')} chosen={tab} onChoose={setTab} tabs={[
        { key: 'agents', title: t('agents'), count: all.length }, { key: 'contacts', title: t('calls'), count: contacts.data?.length }]} />
      {tab === 'agents' && <>
        <div className="filters">
          <TextField label={t('filter')} type="search" value={filter} onChange={setFilter} />
          <CheckField label={t('showOffline')} value={offline} onChange={setOffline} />
          <AgentActions agent={agent} />
        </div>
        <DataTable label={t('agents')} rows={rows} columns={columns} id={agentId} selected={chosen}
          onOpen={(row) => setChosen(row.agentId)} empty={{ title: t('noAgents'), hint: t('noAgentsHint') }} />
      </>}
      {tab === 'contacts' && <ContactTable contacts={contacts.data ?? []} />}
    </div>
  )
}

function useAgentColumns(): Column<Agent>[] {
  const t = useTexts(liveTexts)
  return useMemo(() => [
    { key: 'id', title: t('id'), width: '90px', cell: (agent) => <span className="figure">{agent.agentId}</span>, order: (agent) => agent.agentId },
    { key: 'agent', title: t('agent'), cell: (agent) => agent.name, order: (agent) => agent.name },
    { key: 'state', title: t('state'), width: '240px', cell: (agent) => <AgentStatus agent={agent} />, order: (agent) => agent.state },
    { key: 'since', title: t('since'), width: '90px', right: true, cell: (agent) => (agent.state === AgentState.LOGGED_OUT ? '–' : <Elapsed since={millis(agent.stateTime)} />), order: (agent) => millis(agent.stateTime) ?? 0 },
    { key: 'next', title: t('next'), width: '150px', wideOnly: true, cell: (agent) => agent.nextState === AgentState.NOT_READY ? <AgentStatus agent={{ state: agent.nextState, stateReason: agent.nextStateReason }} /> : '' },
    { key: 'phone', title: t('phone'), width: '130px', wideOnly: true, cell: (agent) => <StatusDot tone={agent.phoneRegistered ? 'good' : 'off'} text={agent.phoneRegistered ? t('phoneUp') : t('phoneDown')} /> },
    { key: 'skills', title: '', wideOnly: true, cell: (agent) => <span className="muted small">{Object.keys(agent.skills).join(', ')}</span> },
  ], [t])
}

function QueueTable({ queues, figures }: { queues: Queue[]; figures: Parameters<typeof figuresOf>[0] }) {
  const t = useTexts(liveTexts)
  const columns: Column<Queue>[] = [
    { key: 'queue', title: t('queue'), cell: (queue) => <strong>{queue.title || queue.queueId}</strong>, order: (queue) => queue.title },
    { key: 'waiting', title: t('waiting'), width: '100px', right: true, cell: (queue) => count(queue.waiting), order: (queue) => queue.waiting },
    { key: 'longest', title: t('longest'), width: '120px', right: true, cell: (queue) => (queue.waiting ? clock(seconds(queue.longestWait)) : '–'), order: (queue) => seconds(queue.longestWait) },
    { key: 'ready', title: t('ready'), width: '110px', right: true, cell: (queue) => `${queue.readyAgents} / ${queue.loggedInAgents}` },
    { key: 'offered', title: t('offered'), width: '100px', right: true, wideOnly: true, cell: (queue) => count(figuresOf(figures, queue.queueId)?.offered ?? 0) },
    { key: 'sl', title: t('sl'), width: '100px', right: true, cell: (queue) => percent(figuresOf(figures, queue.queueId)?.serviceLevel) },
    { key: 'asa', title: t('asa'), width: '100px', right: true, wideOnly: true, cell: (queue) => {
      const asa = figuresOf(figures, queue.queueId)?.averageSpeedOfAnswer
      return asa === undefined ? '–' : clock(asa)
    } },
    { key: 'abandoned', title: t('abandoned'), width: '110px', right: true, wideOnly: true, cell: (queue) => count(figuresOf(figures, queue.queueId)?.abandoned ?? 0) },
  ]
  return <DataTable label={t('queues')} rows={queues} columns={columns} id={(queue) => queue.queueId} empty={{ title: t('noQueues'), hint: t('noQueuesHint') }}
    tone={(queue) => (queue.waiting ? waitMood(seconds(queue.longestWait), seconds(queue.serviceLevelThreshold)) : undefined)} />
}

function ContactTable({ contacts }: { contacts: Contact[] }) {
  const t = useTexts(liveTexts)
  const word = useWord(contactStates)
  const columns: Column<Contact>[] = [
    { key: 'caller', title: t('caller'), width: '160px', cell: (contact) => <span className="figure">{maskNumber(contact.fromNumber)}</span> },
    { key: 'queue', title: t('queue'), cell: (contact) => contact.queueId },
    { key: 'state', title: t('state'), width: '130px', cell: (contact) => word(ContactState[contact.state] ?? '') },
    { key: 'place', title: t('place'), width: '80px', right: true, cell: (contact) => (contact.place ? String(contact.place) : '–') },
    { key: 'wait', title: t('since'), width: '100px', right: true, cell: (contact) => <Elapsed since={millis(contact.answeredTime ?? contact.queuedTime)} />, order: (contact) => millis(contact.queuedTime) ?? 0 },
    { key: 'agent', title: t('agent'), width: '120px', cell: (contact) => contact.agentId },
  ]
  return <DataTable label={t('calls')} rows={contacts} columns={columns} id={(contact) => contact.contactId} empty={{ title: t('noContacts'), hint: t('noContactsHint') }} />
}
