// How an agent serves single queues and where he is reached, as people write it, one on each line.
import { create } from '@bufbuild/protobuf'
import { EndpointSchema, QueueProfileSchema, type Endpoint, type QueueProfile } from '@/gen/trunkline/acd/v1/resources_pb'
import { seconds } from '@/i18n/format'
import type { Pair } from '@/i18n/texts'
import { duration } from './duration'

// "complaints priority=2 delay=10 weight=3 order=1", "consultation excluded".
const PROFILE = /^([A-Za-z0-9][A-Za-z0-9._-]{0,62})((?:\s+(?:excluded|不服务|(?:priority|delay|order|weight)=\d{1,5}))*)$/
// "phone 1001", "number 13800138000 confirm".
const ENDPOINT = /^(?:phone\s+([A-Za-z0-9][A-Za-z0-9._-]{0,62})|number\s+(\+?\d{3,20}))(\s+confirm)?$/

const linesOf = (value: unknown) => (value as string[]).map((line) => line.trim()).filter(Boolean)

export function profilesOf(value: unknown): Record<string, QueueProfile> {
  return Object.fromEntries(linesOf(value).flatMap((line) => {
    const [, queue, rest = ''] = PROFILE.exec(line) ?? []
    if (!queue) return []
    const number = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(rest)?.[1] ?? 0)
    const profile = create(QueueProfileSchema, { priority: number('priority') || 1, order: number('order'), weight: number('weight'), excluded: /excluded|不服务/.test(rest), ...(number('delay') ? { delay: duration(number('delay')) } : {}) })
    return [[queue, profile] as const]
  }))
}

export const profileLines = (profiles: Record<string, QueueProfile>) => Object.entries(profiles).map(([queue, profile]) => [
  queue, profile.excluded && 'excluded', profile.priority > 1 && `priority=${profile.priority}`, seconds(profile.delay) > 0 && `delay=${seconds(profile.delay)}`,
  profile.order > 0 && `order=${profile.order}`, profile.weight > 0 && `weight=${profile.weight}`,
].filter(Boolean).join(' '))

export function faultOfProfiles(value: unknown): Pair | undefined {
  const bad = linesOf(value).find((line) => !PROFILE.test(line))
  return bad === undefined ? undefined : [`“${bad}”：应如“complaints priority=2 delay=10”或“complaints excluded”`, `“${bad}”: write “complaints priority=2 delay=10” or “complaints excluded”`]
}

export function endpointsOf(value: unknown): Endpoint[] {
  return linesOf(value).flatMap((line) => {
    const [whole, phone = '', number = '', confirm] = ENDPOINT.exec(line) ?? []
    return whole ? [create(EndpointSchema, { phone, number, confirms: confirm !== undefined })] : []
  })
}

export const endpointLines = (endpoints: readonly Endpoint[]) => endpoints.map(({ phone, number, confirms }) => `${phone ? `phone ${phone}` : `number ${number}`}${confirms ? ' confirm' : ''}`)

export function faultOfEndpoints(value: unknown): Pair | undefined {
  const lines = linesOf(value)
  const bad = lines.find((line) => !ENDPOINT.test(line))
  if (bad !== undefined) return [`“${bad}”：应如“phone 1001”或“number 13800138000 confirm”`, `“${bad}”: write “phone 1001” or “number 13800138000 confirm”`]
  return lines.length > 4 ? ['最多四个', 'At most four'] : undefined
}
