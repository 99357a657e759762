// How this supervisor takes part in the chosen agent's conversation: the server's word, so it outlives a reload.
import { useQuery } from '@tanstack/react-query'
import { useRefreshOn } from '@/api/acd'
import { client } from '@/api/transport'
import { useAgentId, useCan } from '@/app/session'
import { Desk } from '@/gen/trunkline/acd/v1/desk_pb'
import { AgentState, type Agent } from '@/gen/trunkline/acd/v1/resources_pb'

const KEY = ['supervised'] as const

// LISTEN, WHISPER, BARGE or TAKE_OVER; undefined: he is not in it.
export function useMonitored(agent: Agent | undefined): { monitored: string | undefined; look(): void } {
  const can = useCan()
  const mine = useAgentId()
  const inCall = agent?.state === AgentState.TALKING || agent?.state === AgentState.HELD
  useRefreshOn('trunkline.acd.', KEY, 200)
  const query = useQuery({
    queryKey: [...KEY, agent?.agentId ?? ''],
    enabled: inCall && mine !== '' && can('acd.supervise'),
    queryFn: ({ signal }) => client(Desk).getConversation({ agentId: agent?.agentId ?? '' }, { signal }),
    refetchInterval: 5_000,
  })
  const party = inCall ? query.data?.parties.find((each) => each.kind === 'SUPERVISOR' && each.agentId === mine) : undefined
  return { monitored: party && (party.supervision || 'LISTEN'), look: () => void query.refetch() }
}
