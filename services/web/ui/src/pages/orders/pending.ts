// An order as it will be once the steps that wait are taken, so that a person without a network can go on: accept, then
// answer. The flow's own data says what may follow; the server has the last word when it is reached.
import { create } from '@bufbuild/protobuf'
import { FlowState_Owner, FlowStep_By, type FlowDefinition } from '@/gen/trunkline/workorder/v1/definitions_pb'
import { AvailableStepSchema, Step, type AvailableStep, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import type { OutboxItem } from './outbox'

function next(flow: FlowDefinition, stateId: string): AvailableStep[] {
  const owner = flow.states.find((state) => state.stateId === stateId)?.owner
  return flow.steps
    .filter((step) => step.from.includes(stateId) && (step.by === FlowStep_By.ANYONE || (step.by === FlowStep_By.OWNER && owner === FlowState_Owner.BRANCH)))
    .map((step) => create(AvailableStepSchema, {
      stepId: step.stepId, step: step.step, name: step.name, toStateId: step.to, textRequired: step.textRequired, requiredFields: step.requiredFields,
      branchRequired: step.step === Step.FORWARD || step.step === Step.DISPATCH,
    }))
}

export interface Shown {
  stateName: string
  steps: AvailableStep[]
}

export function afterPending(order: Order, flow: FlowDefinition | undefined, items: readonly OutboxItem[]): Shown {
  let stateId = order.stateId
  for (const item of items) if (item.orderId === order.orderId && item.state === 'waiting' && item.toStateId) stateId = item.toStateId
  if (stateId === order.stateId) return { stateName: order.stateName, steps: order.steps }
  const standing = order.steps.filter((step) => !step.toStateId && !step.blocked)
  return { stateName: flow?.states.find((state) => state.stateId === stateId)?.name ?? '', steps: [...(flow ? next(flow, stateId) : []), ...standing] }
}
