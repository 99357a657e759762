// What comes from the server: failures in words, events to handlers, rows that stay the same.
import { create, toBinary } from '@bufbuild/protobuf'
import { anyPack } from '@bufbuild/protobuf/wkt'
import { Code, ConnectError } from '@connectrpc/connect'
import { expect, it, vi } from 'vitest'
import { AgentStateChangedSchema } from '@/gen/trunkline/acd/v1/events_pb'
import { AgentSchema, AgentState } from '@/gen/trunkline/acd/v1/resources_pb'
import { LiveEventSchema, ProblemSchema } from '@/gen/trunkline/web/v1/web_pb'
import { applyAgentChange, keepSame } from './acd'
import { stringsOf } from './access'
import { toFailure } from './failure'
import { deliver, onAnyEvent, onEvent } from './live'
import { faultField } from './problem'

const agents = ['1001', '1002'].map((agentId) => create(AgentSchema, { agentId, state: AgentState.READY, skills: { sales: 5 } }))

it('a failure has code, reason, message and trace', () => {
  const error = new ConnectError('AGENT_BUSY: he talks', Code.FailedPrecondition, undefined, [{ desc: ProblemSchema, value: { reason: 'AGENT_BUSY', traceId: 't1', field: '' } }])
  expect(toFailure(error)).toEqual({ code: 'failed_precondition', reason: 'AGENT_BUSY', message: 'he talks', trace: 't1' })
})
it('a network that is away is told as unavailable', () => {
  expect(toFailure(new TypeError('Failed to fetch')).code).toBe('unavailable')
})
it('the faulty field is found by details, else by its name in the sentence', () => {
  const detailed = new ConnectError('x', Code.InvalidArgument, undefined, [{ desc: ProblemSchema, value: { field: 'queue.required_skills[0]', reason: '', traceId: '' } }])
  expect(faultField(detailed, ['title', 'requiredSkills'])).toBe('requiredSkills')
  expect(faultField(new ConnectError('ring_limit must be positive', Code.InvalidArgument), ['title', 'ringLimit'])).toBe('ringLimit')
  expect(faultField(new ConnectError('no', Code.Internal), ['title'])).toBeUndefined()
})
it('the log-in page reads a problem without the library', () => {
  const bytes = toBinary(ProblemSchema, create(ProblemSchema, { reason: 'TOTP_REQUIRED', traceId: 'abc' }))
  expect(stringsOf(btoa(String.fromCharCode(...bytes)))).toEqual({ 1: 'TOTP_REQUIRED', 3: 'abc' })
})
it('only the changed agent becomes another object', () => {
  const next = applyAgentChange(agents, create(AgentStateChangedSchema, { agentId: '1002', state: AgentState.TALKING, reason: '', contactId: 'k' }))
  expect(next[0]).toBe(agents[0])
  expect(next[1]).not.toBe(agents[1])
  expect(next[1]?.state).toBe(AgentState.TALKING)
})
it('rows loaded anew keep their objects when they are equal', () => {
  const again = ['1001', '1002'].map((agentId) => create(AgentSchema, { agentId, state: agentId === '1001' ? AgentState.READY : AgentState.HELD, skills: { sales: 5 } }))
  const kept = keepSame(agents, again, (agent) => agent.agentId)
  expect(kept[0]).toBe(agents[0])
  expect(kept[1]).toBe(again[1])
})
it('events reach those who asked for them, by type and by prefix', () => {
  const [typed, prefixed, other] = [vi.fn(), vi.fn(), vi.fn()]
  const stops = [onEvent(AgentStateChangedSchema, typed), onAnyEvent('trunkline.acd.', prefixed), onAnyEvent('trunkline.trunk.', other)]
  deliver(create(LiveEventSchema, { payload: anyPack(AgentStateChangedSchema, create(AgentStateChangedSchema, { agentId: '7' })) }))
  deliver(create(LiveEventSchema, {}))
  expect(typed.mock.calls[0]?.[0].agentId).toBe('7')
  expect(prefixed).toHaveBeenCalledExactlyOnceWith('trunkline.acd.v1.AgentStateChanged')
  expect(other).not.toHaveBeenCalled()
  stops.forEach((stop) => stop())
})
