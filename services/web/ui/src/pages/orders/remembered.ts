// Orders, lists and flows as they were seen last: what a person in a cellar goes on with.
import { useQuery } from '@tanstack/react-query'
import { client } from '@/api/transport'
import type { FlowDefinition } from '@/gen/trunkline/workorder/v1/definitions_pb'
import type { Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { WorkOrderSettings } from '@/gen/trunkline/workorder/v1/settings_pb'
import { WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { keepSeen, lastSeen, remembered } from './seen'

export const rememberedOrder = (orderId: string, signal?: AbortSignal) =>
  remembered<Order>(`order.${orderId}`, () => client(WorkOrders).getOrder({ orderId }, signal ? { signal } : {}))

// A version of a flow never changes: asked for once.
export async function rememberedFlow(flowId: string, version: number): Promise<FlowDefinition> {
  const key = `flow.${flowId}.${version}`
  const before = await lastSeen<FlowDefinition>(key)
  if (before) return before.value
  const flow = await client(WorkOrderSettings).getFlow({ flowId, version })
  await keepSeen(key, flow)
  return flow
}

export const useFlow = (order: Order | undefined) => useQuery({
  queryKey: ['orderFlow', order?.flowId, order?.flowVersion], enabled: Boolean(order?.flowId), networkMode: 'always', staleTime: Infinity, retry: false,
  queryFn: () => rememberedFlow(order?.flowId ?? '', order?.flowVersion ?? 0),
})

const MOST_AHEAD = 20

// Looks at what is about to be worked on while there is a network: each order once for each of its revisions.
export async function lookAhead(orders: readonly Order[]): Promise<void> {
  for (const order of orders.slice(0, MOST_AHEAD)) {
    if (!navigator.onLine) return
    const known = await lastSeen<Order>(`order.${order.orderId}`)
    if (known?.value.revision === order.revision && known.value.log.length > 0) continue
    try {
      await rememberedOrder(order.orderId)
      if (order.flowId) await rememberedFlow(order.flowId, order.flowVersion)
    } catch {
      return
    }
  }
}
