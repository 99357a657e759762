// Whom to transfer to or ask, the keypad, and a number to dial.
import { useState, type FormEvent } from 'react'
import { useAgents, useQueues } from '@/api/acd'
import { useCan, useAgentId } from '@/app/session'
import { AgentState, type Agent, type Queue } from '@/gen/trunkline/acd/v1/resources_pb'
import { count } from '@/i18n/format'
import { initials } from '@/i18n/initials'
import { useTexts } from '@/i18n/texts'
import { AgentStatus } from '@/ui/AgentStatus'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { Dialog } from '@/ui/Dialog'
import { SelectField, TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { Tabs } from '@/ui/Tabs'
import { useRun } from './CallBar'
import { desk, type Target } from './desk'
import { workspaceTexts } from './workspace.texts'

const found = (text: string, ...names: string[]) => names.some((name) => name.toLowerCase().includes(text) || initials(name).includes(text))
const NUMBER = /^\+?[\d*#][\d\s*#-]{0,23}$/

export function TargetDialog({ title, onClose, onChoose }: { title: string; onClose(): void; onChoose(target: Target): Promise<void> }) {
  const t = useTexts(workspaceTexts)
  const can = useCan()
  const mine = useAgentId()
  const seesAgents = can('acd.agents.read')
  const [tab, setTab] = useState(seesAgents ? 'agents' : 'queues')
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const agents = useAgents(seesAgents)
  const queues = useQueues(can('acd.queues.read'))
  const wanted = text.trim().toLowerCase()
  const choose = (target: Target) => {
    setFailure(undefined)
    onChoose(target).then(onClose, setFailure)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!NUMBER.test(text.trim())) return setFault(t('badNumber'))
    const value = text.replace(/[\s-]/g, '')
    // Short numbers are colleagues.
    choose(value.length <= 5 && !value.startsWith('+') ? { case: 'agent', value } : { case: 'number', value })
  }
  const agentColumns: Column<Agent>[] = [
    { key: 'id', title: t('agentsTab'), cell: (agent) => <><span className="figure">{agent.agentId}</span> <strong>{agent.name}</strong></> },
    { key: 'state', title: t('state'), width: '190px', cell: (agent) => <AgentStatus agent={agent} /> },
  ]
  const queueColumns: Column<Queue>[] = [
    { key: 'title', title: t('queuesTab'), cell: (queue) => <strong>{queue.title || queue.queueId}</strong> },
    { key: 'ready', title: t('ready'), width: '110px', right: true, cell: (queue) => count(queue.readyAgents) },
  ]
  return (
    <Dialog title={title} wide onClose={onClose}>
      <div className="form">
        <form noValidate className="filters" onSubmit={submit}>
          <TextField label={t('target')} hint={t('targetHint')} fault={fault} value={text} autoFocus maxLength={40} onChange={(value) => {
            setText(value)
            setFault(undefined)
          }} />
          <Button type="submit" kind="primary">{title}</Button>
        </form>
        {failure !== undefined && <FailureNotice failure={failure} />}
        <Tabs label={t('target')} chosen={tab} onChoose={setTab} tabs={[...(seesAgents ? [{ key: 'agents', title: t('agentsTab') }] : []), { key: 'queues', title: t('queuesTab') }]} />
        {tab === 'agents' && <DataTable label={t('agentsTab')} columns={agentColumns} id={(agent) => agent.agentId} empty={{ title: '–' }} onOpen={(agent) => choose({ case: 'agent', value: agent.agentId })}
          rows={(agents.data ?? []).filter((agent) => agent.agentId !== mine && agent.state !== AgentState.LOGGED_OUT && found(wanted, agent.agentId, agent.name))} />}
        {tab === 'queues' && <DataTable label={t('queuesTab')} columns={queueColumns} id={(queue) => queue.queueId} empty={{ title: '–' }} onOpen={(queue) => choose({ case: 'queue', value: queue.queueId })}
          rows={(queues.data ?? []).filter((queue) => found(wanted, queue.queueId, queue.title))} />}
      </div>
    </Dialog>
  )
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

export function Keypad({ onPress }: { onPress(key: string): void }) {
  const t = useTexts(workspaceTexts)
  return (
    <div className="keypad" role="group" aria-label={t('keypad')} onKeyDown={(event) => {
      if (KEYS.includes(event.key)) onPress(event.key)
    }}>
      {KEYS.map((key) => <button key={key} type="button" className="button" aria-label={t('press', { key })} onClick={() => onPress(key)}>{key}</button>)}
    </div>
  )
}

export function KeypadDialog({ onClose }: { onClose(): void }) {
  const t = useTexts(workspaceTexts)
  const run = useRun()
  const [sent, setSent] = useState('')
  return (
    <Dialog title={t('keypad')} onClose={onClose}>
      <p className="keyed figure" role="status">{sent || '\u00a0'}</p>
      <Keypad onPress={(key) => {
        setSent((before) => (before + key).slice(-24))
        run(desk.digits(key))
      }} />
    </Dialog>
  )
}

export function DialDialog({ onClose }: { onClose(): void }) {
  const t = useTexts(workspaceTexts)
  const can = useCan()
  const queues = useQueues(can('acd.queues.read'))
  const [number, setNumber] = useState('')
  const [queue, setQueue] = useState('')
  const [fault, setFault] = useState<string>()
  const [failure, setFailure] = useState<unknown>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!NUMBER.test(number.trim())) return setFault(t('badNumber'))
    setFailure(undefined)
    desk.dialOut(number.replace(/[\s-]/g, ''), queue || (queues.data?.[0]?.queueId ?? '')).then(onClose, setFailure)
  }
  return (
    <Dialog title={t('dial')} onClose={onClose}>
      <form noValidate className="form" onSubmit={submit}>
        <TextField label={t('number')} type="tel" required autoFocus value={number} fault={fault} maxLength={30} onChange={(value) => {
          setNumber(value)
          setFault(undefined)
        }} />
        <SelectField label={t('queue')} value={queue || (queues.data?.[0]?.queueId ?? '')} onChange={setQueue} options={(queues.data ?? []).map((each) => ({ value: each.queueId, label: each.title || each.queueId }))} />
        {failure !== undefined && <FailureNotice failure={failure} />}
        <footer><Button type="submit" kind="good" icon="phone">{t('dial')}</Button></footer>
      </form>
    </Dialog>
  )
}
