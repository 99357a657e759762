// The agent's page: what is to be done at the left, the contact in the middle, the customer at the right.
import { useEffect, useState } from 'react'
import { useSession } from '@/app/session'
import { AgentState } from '@/gen/trunkline/acd/v1/resources_pb'
import { stateReasons } from '@/i18n/states.texts'
import { useTexts, useWord } from '@/i18n/texts'
import { mainLeg, usePhone } from '@/phone/state'
import { Button } from '@/ui/Button'
import { Empty, FailureNotice } from '@/ui/Notice'
import { useRun } from './CallBar'
import { CallMe } from './CallMe'
import { ContactPanel } from './ContactPanel'
import { CustomerPanel } from './CustomerPanel'
import { desk, lookAtDesk, useDesk } from './desk'
import { TaskList } from './TaskList'
import { workspaceTexts } from './workspace.texts'

export interface PresentContact {
  contactId: string
  number: string
  queueId: string
  data: Record<string, string>
  // The talk is over.
  wrapUp: boolean
}

// The contact on the desk: from the ringing leg at once, from the conversation a moment later, and until the wrap-up is done.
export function usePresentContact(): PresentContact | undefined {
  const { agent, conversation, last } = useDesk()
  const leg = mainLeg(usePhone((phone) => phone.legs))
  if (conversation?.contactId) return { contactId: conversation.contactId, number: conversation.number, queueId: conversation.queueId, data: { ...leg?.data, ...conversation.data }, wrapUp: agent?.state === AgentState.WRAP_UP }
  if (leg) return { contactId: leg.contactId, number: leg.number, queueId: leg.data['X-Queue'] ?? '', data: leg.data, wrapUp: false }
  if (agent?.state === AgentState.WRAP_UP) return { contactId: agent.contactId || (last?.contactId ?? ''), number: last?.number ?? '', queueId: last?.queueId ?? '', data: last?.data ?? {}, wrapUp: true }
  return undefined
}

export default function WorkspacePage() {
  const { failure, agent } = useDesk()
  const contact = usePresentContact()
  // What is looked at: the present contact, or a task that was chosen.
  const [shown, setShown] = useState('')
  useEffect(() => {
    if (contact?.contactId) setShown('')
  }, [contact?.contactId])
  return (
    <div className="workspace">
      <TaskList contact={contact} chosen={shown} onChoose={setShown} />
      <div className="workspace-middle">
        {failure !== undefined && !agent && <FailureNotice failure={failure} onRetry={() => void lookAtDesk()} />}
        {contact ? <ContactPanel key={contact.contactId} contact={contact} /> : <Idle />}
      </div>
      <aside className="workspace-right">{contact ? <CustomerPanel key={contact.contactId} contact={contact} /> : <CallMe />}</aside>
    </div>
  )
}

const MISSED = new Set(['NO_ANSWER', 'REJECTED', 'UNREACHABLE', 'PHONE_UNREACHABLE', 'BUSY'])

function Idle() {
  const t = useTexts(workspaceTexts)
  const reason = useWord(stateReasons)
  const run = useRun()
  const { agent } = useDesk()
  const name = useSession((session) => session.identity?.user.name)
  if (!agent) return null
  if (agent.state === AgentState.LOGGED_OUT) {
    return <Empty icon="headset" title={t('outTitle')} hint={`${name ?? ''} ${t('outHint')}`}>
      <div className="row"><Button kind="primary" onPress={() => run(desk.signIn())}>{t('signIn')}</Button><a className="button" href="/device">{t('deviceCheck')}</a></div>
    </Empty>
  }
  if (agent.state === AgentState.NOT_READY) {
    const missed = MISSED.has(agent.stateReason)
    return <Empty icon={missed ? 'warning' : 'clock'} title={missed ? t('missed') : t('notReadyTitle', { state: reason(agent.stateReason) })} hint={t('notReadyHint')}>
      <Button kind="primary" onPress={() => run(desk.setState(AgentState.READY))}>{missed ? t('backToReady') : t('goReady')}</Button>
    </Empty>
  }
  return <Empty icon="phone" title={t('idleTitle')} hint={t('idleHint')} />
}

