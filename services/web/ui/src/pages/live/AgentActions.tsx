// What a supervisor does with the chosen agent: hear, help, step in, set his state. Each is audited by the server.
import { useEffect, useState } from 'react'
import { client } from '@/api/transport'
import { useAgentId, useCan } from '@/app/session'
import { Supervision, type Conversation } from '@/gen/trunkline/acd/v1/desk_pb'
import { AgentState, type Agent } from '@/gen/trunkline/acd/v1/resources_pb'
import { useTexts } from '@/i18n/texts'
import { usePhone } from '@/phone/state'
import { Button } from '@/ui/Button'
import type { IconName } from '@/ui/Icon'
import { useFailureText, useToasts } from '@/ui/Notice'
import { desk, useDesk } from '../workspace/desk'
import { liveTexts } from './live.texts'
import { useMonitored } from './monitored'

const IN_CALL = [AgentState.TALKING, AgentState.HELD]
type Mode = 'listen' | 'whisper' | 'barge' | 'takeOver'
const MODES: { mode: Mode; word: string; icon: IconName }[] = [
  { mode: 'listen', word: 'LISTEN', icon: 'listen' }, { mode: 'whisper', word: 'WHISPER', icon: 'whisper' },
  { mode: 'barge', word: 'BARGE', icon: 'conference' }, { mode: 'takeOver', word: 'TAKE_OVER', icon: 'transfer' },
]

// A supervisor who asked to hear a contact need not answer his own telephone for it.
function useOwnAnswer(): (contactId: string) => void {
  const legs = usePhone((phone) => phone.legs)
  const [awaited, setAwaited] = useState('')
  const rings = awaited !== '' && legs.some((leg) => leg.state === 'ringing' && leg.contactId === awaited)
  useEffect(() => {
    if (!rings) return
    setAwaited('')
    void desk.answer().catch(() => undefined)
  }, [rings])
  return setAwaited
}

// Why he cannot go into a conversation now, beside what the chosen agent does.
function useOwnHindrance(): string | undefined {
  const t = useTexts(liveTexts)
  const mine = useAgentId()
  const { agent } = useDesk()
  const phone = usePhone((view) => view.state)
  if (mine === '') return t('noAgent')
  if (!agent || agent.state === AgentState.LOGGED_OUT) return t('signInFirst')
  if (phone !== 'ready' && phone !== 'mirror' && !agent.phoneRegistered) return t('noPhone')
  return agent.state === AgentState.NOT_READY ? undefined : t('notReadyFirst')
}

export function AgentActions({ agent }: { agent: Agent | undefined }) {
  const t = useTexts(liveTexts)
  const can = useCan()
  const mine = useAgentId()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const answerOwn = useOwnAnswer()
  const hindrance = useOwnHindrance()
  const { monitored, look } = useMonitored(agent)
  if (!can('acd.supervise')) return null
  const name = agent?.name || agent?.agentId || ''
  const none = agent ? undefined : t('choose')
  const away = none ?? (agent && IN_CALL.includes(agent.state) ? undefined : t('notInCall'))
  const unheard = away ?? (monitored ? undefined : hindrance)
  const request = { agentId: agent?.agentId ?? '', supervisorId: mine }
  const run = async (action: string, call: Promise<Conversation>, hears = false) => {
    try {
      const { contactId } = await call
      if (hears && !monitored) answerOwn(contactId)
      look()
      toast('good', t('did', { name, action }))
    } catch (thrown) {
      toast('bad', failureText(thrown))
    }
  }
  return (
    <div className="row" role="group" aria-label={t('agent')}>
      {MODES.map(({ mode, word, icon }) => (
        <Button key={mode} small icon={icon} unavailable={unheard} pressed={monitored === word}
          onPress={() => void run(t(mode), client(Supervision)[mode](request), true)}>{t(mode)}</Button>
      ))}
      <Button small icon="cross" unavailable={away ?? (monitored ? undefined : t('notMonitoring'))} onPress={() => void run(t('stop'), client(Supervision).leave(request))}>{t('stop')}</Button>
      <Button small kind="danger" icon="hangUp" unavailable={away} onPress={() => void run(t('forceHangUp'), client(Supervision).forceHangUp(request))}>{t('forceHangUp')}</Button>
      <Button small unavailable={none} onPress={() => void run(t('forceReady'), client(Supervision).forceState({ ...request, state: AgentState.READY }))}>{t('forceReady')}</Button>
      <Button small unavailable={none} onPress={() => void run(t('forceNotReady'), client(Supervision).forceState({ ...request, state: AgentState.NOT_READY, reason: 'FORCED' }))}>{t('forceNotReady')}</Button>
      <Button small kind="danger" unavailable={none} onPress={() => void run(t('forceOut'), client(Supervision).forceLogOut(request))}>{t('forceOut')}</Button>
    </div>
  )
}
