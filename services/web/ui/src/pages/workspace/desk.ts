// How the agent and his conversation stand, and his hands on them. The truth is the server's: every action answers with it,
// and whatever is heard in between only makes us look again.
import { ConnectError, Code } from '@connectrpc/connect'
import { create } from 'zustand'
import { onAnyEvent } from '@/api/live'
import { client } from '@/api/transport'
import { Agents } from '@/gen/trunkline/acd/v1/acd_pb'
import { Desk, type Conversation } from '@/gen/trunkline/acd/v1/desk_pb'
import type { AgentState} from '@/gen/trunkline/acd/v1/resources_pb';
import { type Agent } from '@/gen/trunkline/acd/v1/resources_pb'
import { BrowserPhones } from '@/gen/trunkline/trunk/v1/browser_pb'
import { millis } from '@/i18n/format'
import { thePhone } from '@/phone/phone'
import { mainLeg, usePhone } from '@/phone/state'
import { rememberContact } from './recent'

interface DeskView {
  agentId: string
  agent: Agent | undefined
  conversation: Conversation | undefined
  // The contact that was served last, for the wrap-up.
  last: { contactId: string; number: string; queueId: string; data: Record<string, string> } | undefined
  // Since when the present state holds, by our clock.
  since: number
  // Why the desk cannot be shown.
  failure: unknown
}

export const useDesk = create<DeskView>(() => ({
  agentId: '', agent: undefined, conversation: undefined, last: undefined, since: Date.now(), failure: undefined,
}))

function take(agent: Agent | undefined, conversation: Conversation | undefined): void {
  const before = useDesk.getState()
  const next: Partial<DeskView> = { failure: undefined }
  if (agent) {
    next.agent = agent
    if (agent.state !== before.agent?.state) next.since = millis(agent.stateTime) ?? Date.now()
  }
  if (conversation) {
    next.conversation = conversation
    if (conversation.contactId) {
      next.last = { contactId: conversation.contactId, number: conversation.number, queueId: conversation.queueId, data: { ...conversation.data } }
      if (conversation.contactId !== before.last?.contactId) rememberContact({ contactId: conversation.contactId, number: conversation.number, at: Date.now() })
    }
    if (!agent && before.agent && conversation.agentState !== before.agent.state) {
      next.agent = { ...before.agent, state: conversation.agentState }
      next.since = Date.now()
    }
  }
  useDesk.setState(next)
}

let looking: Promise<void> | undefined
let again = false

// One look at a time; what happens meanwhile leads to one more.
export function lookAtDesk(): Promise<void> {
  if (looking) {
    again = true
    return looking
  }
  const { agentId } = useDesk.getState()
  looking = (async () => {
    const [agent, conversation] = await Promise.allSettled([client(Agents).getAgent({ agentId }), client(Desk).getConversation({ agentId })])
    if (agent.status === 'rejected' && ConnectError.from(agent.reason).code !== Code.Unavailable) useDesk.setState({ failure: agent.reason })
    if (agent.status === 'fulfilled' || conversation.status === 'fulfilled') {
      take(agent.status === 'fulfilled' ? agent.value : undefined, conversation.status === 'fulfilled' ? conversation.value : undefined)
    }
  })().finally(() => {
    looking = undefined
    if (again) {
      again = false
      void lookAtDesk()
    }
  })
  return looking
}

const IDLE_MS = 5_000

export function startDesk(agentId: string): () => void {
  useDesk.setState({ agentId, agent: undefined, conversation: undefined, failure: undefined })
  void lookAtDesk()
  const timer = setInterval(() => void lookAtDesk(), IDLE_MS)
  let soon: ReturnType<typeof setTimeout> | undefined
  const later = () => {
    clearTimeout(soon)
    soon = setTimeout(() => void lookAtDesk(), 60)
  }
  const stops = [onAnyEvent('trunkline.acd.', later), onAnyEvent('trunkline.trunk.', later), usePhone.subscribe((now, before) => {
    if (now.legs !== before.legs) void lookAtDesk()
  })]
  return () => {
    clearInterval(timer)
    clearTimeout(soon)
    stops.forEach((stop) => stop())
  }
}

async function act(action: Promise<Conversation>): Promise<void> {
  take(undefined, await action)
  await lookAtDesk()
}

const me = () => useDesk.getState().agentId

export const desk = {
  async signIn() {
    take(await client(Agents).logInAgent({ agentId: me() }), undefined)
  },
  async signOut() {
    take(await client(Agents).logOutAgent({ agentId: me() }), undefined)
  },
  async setState(state: AgentState, reason = '') {
    take(await client(Agents).setAgentState({ agentId: me(), state, reason }), undefined)
  },
  async finishWrapUp() {
    take(await client(Agents).finishWrapUp({ agentId: me() }), undefined)
  },
  async extendWrapUp() {
    take(await client(Agents).extendWrapUp({ agentId: me() }), undefined)
  },
  async answer() {
    const ringing = usePhone.getState().legs.find((leg) => leg.state === 'ringing')
    if (!ringing) return
    thePhone.unblock()
    await client(BrowserPhones).answerLeg({ phone: me(), legId: ringing.legId })
  },
  // Whatever there is: a call that rings is refused, a conversation ends.
  async hangUp() {
    const leg = mainLeg(usePhone.getState().legs)
    if (leg?.state === 'ringing') await client(BrowserPhones).rejectLeg({ phone: me(), legId: leg.legId })
    else await act(client(Desk).hangUp({ agentId: me() }))
  },
  hold: () => act(client(Desk).hold({ agentId: me() })),
  resume: () => act(client(Desk).resume({ agentId: me() })),
  // Silence begins here at once and at the gateway a moment later.
  async mute(muted: boolean) {
    thePhone.mute(muted)
    await act(client(Desk).mute({ agentId: me(), muted }))
  },
  transfer: (to: Target) => act(client(Desk).transfer({ agentId: me(), to: { target: to } })),
  consult: (to: Target) => act(client(Desk).consult({ agentId: me(), to: { target: to } })),
  return: () => act(client(Desk).return({ agentId: me() })),
  swap: () => act(client(Desk).swap({ agentId: me() })),
  complete: () => act(client(Desk).complete({ agentId: me() })),
  join: () => act(client(Desk).join({ agentId: me() })),
  drop: (legId: string) => act(client(Desk).dropParty({ agentId: me(), legId })),
  digits: (digits: string) => act(client(Desk).sendDigits({ agentId: me(), digits })),
  dialOut: (number: string, queueId: string) => act(client(Desk).dialOut({ agentId: me(), number, queueId })),
  park: () => act(client(Desk).park({ agentId: me() })),
  pauseRecording: (paused: boolean) => act(client(Desk).pauseRecording({ agentId: me(), paused })),
}

export type Target = { case: 'agent'; value: string } | { case: 'queue'; value: string } | { case: 'number'; value: string }
