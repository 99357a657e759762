// The state of an agent as everybody sees it: shape, colour and words.
import { AgentState, type Agent } from '@/gen/trunkline/acd/v1/resources_pb'
import { agentStates, stateReasons } from '@/i18n/states.texts'
import { useWord } from '@/i18n/texts'
import { StatusDot, type Tone } from './Status'

const TONES: Record<string, Tone> = {
  LOGGED_OUT: 'off', READY: 'good', RESERVED: 'warn', TALKING: 'info', HELD: 'hold', WRAP_UP: 'wrap', NOT_READY: 'bad',
  DIALLING: 'info', CONSULTING: 'info', CONFERENCE: 'info',
}

export const toneOf = (state: AgentState): Tone => TONES[AgentState[state] ?? ''] ?? 'off'

// Reasons that the system or a supervisor set, not the agent.
const SYSTEM = new Set(['NO_ANSWER', 'REJECTED', 'BUSY', 'UNREACHABLE', 'PHONE_LOST', 'PHONE_UNREACHABLE', 'PRESENCE_LOST', 'FORCED'])

export function AgentStatus({ agent, detail = true }: { agent: Pick<Agent, 'state' | 'stateReason'>; detail?: boolean }) {
  const state = useWord(agentStates)
  const reason = useWord(stateReasons)
  const told = agent.state === AgentState.NOT_READY && detail && agent.stateReason ? reason(agent.stateReason) : undefined
  const tone = SYSTEM.has(agent.stateReason) && agent.state === AgentState.NOT_READY ? 'bad' : agent.state === AgentState.NOT_READY ? 'warn' : toneOf(agent.state)
  return <StatusDot tone={tone} text={state(AgentState[agent.state] ?? 'AGENT_STATE_UNSPECIFIED')} detail={told} />
}
