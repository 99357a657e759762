// Legs as the call bar sees them, and the quality of the line in words.
import { expect, it } from 'vitest'
import { create } from '@bufbuild/protobuf'
import { PhoneLeg_State, PhoneLegSchema } from '@/gen/trunkline/trunk/v1/browser_pb'
import { judge } from '@/pages/device/DevicePage'
import { toLeg } from './phone'
import { mainLeg, withLeg } from './state'

const leg = (legId: string, state: PhoneLeg_State, held = false) => toLeg(create(PhoneLegSchema, { legId, state, held, startTime: { seconds: BigInt(legId.charCodeAt(0)), nanos: 0 } }))

it('a leg that ended is gone, a changed one takes its place', () => {
  const legs = withLeg(withLeg([], leg('a', PhoneLeg_State.RINGING)), leg('a', PhoneLeg_State.UP))
  expect(legs.map((each) => each.state)).toEqual(['up'])
  expect(withLeg(legs, leg('a', PhoneLeg_State.ENDED))).toEqual([])
})
it('the leg that is talked on comes before one that is held and one that rings', () => {
  const legs = [leg('a', PhoneLeg_State.UP, true), leg('b', PhoneLeg_State.RINGING), leg('c', PhoneLeg_State.UP)]
  expect(mainLeg(legs)?.legId).toBe('c')
  expect(mainLeg(legs.slice(0, 2))?.legId).toBe('a')
  expect(mainLeg([])).toBeUndefined()
})
it('the line is judged by its worst figure', () => {
  expect(judge({ roundTrip: undefined, jitter: 1, loss: 0 })).toBeUndefined()
  expect(judge({ roundTrip: 20, jitter: 3, loss: 0 })).toBe('good')
  expect(judge({ roundTrip: 20, jitter: 30, loss: 0 })).toBe('fair')
  expect(judge({ roundTrip: 20, jitter: 3, loss: 0.2 })).toBe('poor')
})
