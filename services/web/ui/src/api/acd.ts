// Agents, queues and contacts as they are now: loaded once, then kept by events; rows that did not change stay the same object.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { clone, type Message } from '@bufbuild/protobuf'
import { useEffect } from 'react'
import { Agents, Contacts, Queues } from '@/gen/trunkline/acd/v1/acd_pb'
import { AgentStateChangedSchema, type AgentStateChanged } from '@/gen/trunkline/acd/v1/events_pb'
import { AgentSchema, type Agent, type Contact, type Queue } from '@/gen/trunkline/acd/v1/resources_pb'
import { onAnyEvent, onEvent } from './live'
import { client } from './transport'

export const AGENTS = ['acd', 'agents']
export const QUEUES = ['acd', 'queues']
export const CONTACTS = ['acd', 'contacts']

// Keeps the old object of a row that is equal, so that its line in a table is not drawn again.
export function keepSame<T extends Message>(before: readonly T[] | undefined, now: T[], id: (row: T) => string): T[] {
  if (!before) return now
  const old = new Map(before.map((row) => [id(row), row]))
  return now.map((row) => {
    const known = old.get(id(row))
    return known && sameMessage(known, row) ? known : row
  })
}

export function sameMessage(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const left = Object.entries(a).filter(([key]) => !key.startsWith('$'))
  const right = b as Record<string, unknown>
  const size = Object.keys(b).filter((key) => !key.startsWith('$')).length
  return left.length === size && left.every(([key, value]) => sameMessage(value, right[key]))
}

export function applyAgentChange(agents: readonly Agent[], change: AgentStateChanged): Agent[] {
  return agents.map((agent) => {
    if (agent.agentId !== change.agentId) return agent
    const next = clone(AgentSchema, agent)
    next.state = change.state
    next.stateReason = change.reason
    if (change.changeTime) next.stateTime = change.changeTime
    next.contactId = change.contactId
    return next
  })
}

export function useAgents(enabled = true) {
  const queries = useQueryClient()
  useEffect(
    () => onEvent(AgentStateChangedSchema, (change) => {
      queries.setQueryData<Agent[]>(AGENTS, (agents) => agents && applyAgentChange(agents, change))
    }),
    [queries],
  )
  return useQuery({
    queryKey: AGENTS,
    enabled,
    queryFn: async ({ signal }) => {
      const { agents } = await client(Agents).listAgents({}, { signal })
      return keepSame(queries.getQueryData<Agent[]>(AGENTS), agents, (agent) => agent.agentId)
    },
    structuralSharing: false,
    // Events bring states at once; what they do not say (phone, next state) is looked up.
    refetchInterval: 5_000,
  })
}

export function useQueues(enabled = true) {
  const queries = useQueryClient()
  useRefreshOn('trunkline.acd.', QUEUES, 500)
  return useQuery({
    queryKey: QUEUES,
    enabled,
    queryFn: async ({ signal }) => {
      const { queues } = await client(Queues).listQueues({}, { signal })
      return keepSame(queries.getQueryData<Queue[]>(QUEUES), queues, (queue) => queue.queueId)
    },
    structuralSharing: false,
    refetchInterval: 3_000,
  })
}

export function useContacts(enabled = true) {
  const queries = useQueryClient()
  useRefreshOn('trunkline.acd.', CONTACTS, 500)
  return useQuery({
    queryKey: CONTACTS,
    enabled,
    queryFn: async ({ signal }) => {
      const { contacts } = await client(Contacts).listContacts({}, { signal })
      return keepSame(queries.getQueryData<Contact[]>(CONTACTS), contacts, (contact) => contact.contactId)
    },
    structuralSharing: false,
    refetchInterval: 3_000,
  })
}

// Asks again when something of that kind happened, at most once in `pause` milliseconds.
export function useRefreshOn(prefix: string, key: readonly string[], pause: number): void {
  const queries = useQueryClient()
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined
    const stop = onAnyEvent(prefix, () => {
      waiting ??= setTimeout(() => {
        waiting = undefined
        void queries.invalidateQueries({ queryKey: [...key] })
      }, pause)
    })
    return () => {
      stop()
      clearTimeout(waiting)
    }
  }, [prefix, key, pause, queries])
}
