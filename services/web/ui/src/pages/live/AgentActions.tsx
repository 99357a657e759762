// What a supervisor does with the chosen agent: hear, help, step in, set his state. Each is audited by the server.
import { useState } from 'react'
import { client } from '@/api/transport'
import { useAgentId, useCan } from '@/app/session'
import { Supervision } from '@/gen/trunkline/acd/v1/desk_pb'
import { AgentState, type Agent } from '@/gen/trunkline/acd/v1/resources_pb'
import { useTexts } from '@/i18n/texts'
import { usePhone } from '@/phone/state'
import { Button } from '@/ui/Button'
import type { IconName } from '@/ui/Icon'
import { useFailureText, useToasts } from '@/ui/Notice'
import { liveTexts } from './live.texts'

const IN_CALL = [AgentState.TALKING, AgentState.HELD]
type Mode = 'listen' | 'whisper' | 'barge' | 'takeOver'
const MODES: { mode: Mode; icon: IconName }[] = [{ mode: 'listen', icon: 'listen' }, { mode: 'whisper', icon: 'whisper' }, { mode: 'barge', icon: 'conference' }, { mode: 'takeOver', icon: 'transfer' }]

export function AgentActions({ agent }: { agent: Agent | undefined }) {
  const t = useTexts(liveTexts)
  const can = useCan()
  const mine = useAgentId()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const legs = usePhone((phone) => phone.legs)
  const [monitored, setMonitored] = useState<{ agentId: string; mode: Mode }>()
  if (!can('acd.supervise')) return null
  const name = agent?.name || agent?.agentId || ''
  const none = agent ? undefined : t('choose')
  const away = none ?? (agent && IN_CALL.includes(agent.state) ? undefined : t('notInCall'))
  const request = { agentId: agent?.agentId ?? '', supervisorId: mine }
  const run = async (action: string, call: Promise<unknown>, mode?: Mode) => {
    try {
      await call
      if (mode) setMonitored({ agentId: request.agentId, mode })
      toast('good', t('did', { name, action }))
    } catch (thrown) {
      toast('bad', failureText(thrown))
    }
  }
  const active = monitored && legs.length > 0 ? monitored : undefined
  return (
    <div className="row" role="group" aria-label={t('agent')}>
      {MODES.map(({ mode, icon }) => (
        <Button key={mode} small icon={icon} unavailable={away} pressed={active?.agentId === agent?.agentId && active?.mode === mode}
          onPress={() => void run(t(mode), client(Supervision)[mode](request), mode)}>{t(mode)}</Button>
      ))}
      <Button small icon="cross" unavailable={active || monitored ? undefined : t('notInCall')} onPress={() => {
        if (!monitored) return
        void run(t('stop'), client(Supervision).leave({ agentId: monitored.agentId, supervisorId: mine })).then(() => setMonitored(undefined))
      }}>{t('stop')}</Button>
      <Button small unavailable={none} onPress={() => void run(t('forceReady'), client(Supervision).forceState({ ...request, state: AgentState.READY }))}>{t('forceReady')}</Button>
      <Button small unavailable={none} onPress={() => void run(t('forceNotReady'), client(Supervision).forceState({ ...request, state: AgentState.NOT_READY, reason: 'FORCED' }))}>{t('forceNotReady')}</Button>
      <Button small kind="danger" unavailable={none} onPress={() => void run(t('forceOut'), client(Supervision).forceLogOut(request))}>{t('forceOut')}</Button>
    </div>
  )
}
