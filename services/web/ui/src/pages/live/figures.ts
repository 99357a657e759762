// What the tiles say, made of queues and agents as they are now.
import { AgentState, type Agent, type Queue } from '@/gen/trunkline/acd/v1/resources_pb'
import type { QueueFigures } from '@/gen/trunkline/reporting/v1/reporting_pb'
import { SERVICE_LEVEL_TARGET } from '@/api/figures'
import { seconds } from '@/i18n/format'

export type Mood = 'good' | 'warn' | 'bad' | undefined

export interface LiveFigures {
  waiting: number
  longest: number
  ready: number
  loggedIn: number
  inCall: number
}

const IN_CALL = [AgentState.TALKING, AgentState.HELD]

export function liveFigures(queues: readonly Queue[], agents: readonly Agent[]): LiveFigures {
  return {
    waiting: queues.reduce((sum, queue) => sum + queue.waiting, 0),
    longest: Math.max(0, ...queues.map((queue) => seconds(queue.longestWait))),
    ready: agents.filter((agent) => agent.state === AgentState.READY).length,
    loggedIn: agents.filter((agent) => agent.state !== AgentState.LOGGED_OUT).length,
    inCall: agents.filter((agent) => IN_CALL.includes(agent.state)).length,
  }
}

// A wait is good until the queue's threshold, bad from three times on.
export function waitMood(wait: number, threshold: number): Mood {
  if (threshold <= 0 || wait <= threshold) return 'good'
  return wait > 3 * threshold ? 'bad' : 'warn'
}

export function levelMood(level: number | undefined): Mood {
  if (level === undefined) return undefined
  if (level >= SERVICE_LEVEL_TARGET) return 'good'
  return level >= SERVICE_LEVEL_TARGET - 0.1 ? 'warn' : 'bad'
}

export function figuresOf(all: readonly QueueFigures[] | undefined, queueId: string): QueueFigures | undefined {
  return all?.find((row) => row.queueId === queueId)
}

const ORDER: AgentState[] = [AgentState.RESERVED, AgentState.NOT_READY, AgentState.HELD, AgentState.WRAP_UP, AgentState.TALKING, AgentState.READY, AgentState.LOGGED_OUT]

// Worst first: what a supervisor should look at stands at the top.
export function worstFirst(agents: readonly Agent[]): Agent[] {
  const rank = (agent: Agent) => {
    const at = ORDER.indexOf(agent.state)
    return at < 0 ? ORDER.length : at
  }
  return [...agents].sort((a, b) => rank(a) - rank(b) || Number((a.stateTime?.seconds ?? 0n) - (b.stateTime?.seconds ?? 0n)) || a.agentId.localeCompare(b.agentId))
}
