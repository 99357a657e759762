// Runs the telephone of the browser while the agent is signed in to his shift and wants it.
import { useEffect } from 'react'
import { create } from 'zustand'
import { AgentState } from '@/gen/trunkline/acd/v1/resources_pb'
import { startPhone } from '@/phone/phone'
import { useDesk } from './desk'

const KEY = 'trunkline.browserPhone'

interface Choice {
  wanted: boolean
  // The device check runs it before the shift.
  checking: boolean
  choose(wanted: boolean): void
}

export const usePhoneChoice = create<Choice>((set) => ({
  wanted: localStorage.getItem(KEY) !== 'no',
  checking: false,
  choose(wanted) {
    localStorage.setItem(KEY, wanted ? 'yes' : 'no')
    set({ wanted })
  },
}))

export function usePhoneStart(agentId: string): void {
  const { wanted, checking } = usePhoneChoice()
  const state = useDesk((view) => view.agent?.state)
  const onShift = state !== undefined && state !== AgentState.LOGGED_OUT && state !== AgentState.AGENT_STATE_UNSPECIFIED
  const on = (wanted && onShift) || checking
  useEffect(() => (on ? startPhone(agentId) : undefined), [on, agentId])
}
