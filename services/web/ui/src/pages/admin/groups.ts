// Members and rules of a trunk group as people write them, one on each line.
import { create } from '@bufbuild/protobuf'
import { TrunkGroup_DialRuleSchema, TrunkGroup_MemberSchema, type TrunkGroup_DialRule, type TrunkGroup_Member } from '@/gen/trunkline/trunk/v1/resources_pb'
import { seconds } from '@/i18n/format'
import type { Pair } from '@/i18n/texts'
import { duration } from './duration'

const MEMBER = /^([A-Za-z0-9][A-Za-z0-9._-]{0,62})(?:\s+(\d{1,3}))?(?:\s+(\d{1,4}))?$/
// "00 forbidden", "* minute=10 day=500 live=20 longest=3600".
const RULE = /^(\*|\+?\d{1,20})((?:\s+(?:forbidden|禁止|(?:minute|day|live|longest)=\d{1,7}))*)$/

const wordsOf = (value: unknown) => (value as string[]).map((line) => line.trim()).filter(Boolean)

export function membersOf(value: unknown): TrunkGroup_Member[] {
  return wordsOf(value).flatMap((line) => {
    const [, trunk, order, weight] = MEMBER.exec(line) ?? []
    return trunk ? [create(TrunkGroup_MemberSchema, { trunk, order: Number(order ?? 1), weight: Number(weight ?? 1) })] : []
  })
}

export const memberLines = (members: readonly TrunkGroup_Member[]) => members.map(({ trunk, order, weight }) => `${trunk} ${order} ${weight || 1}`)

export function faultOfMembers(value: unknown): Pair | undefined {
  const bad = wordsOf(value).find((line) => !MEMBER.test(line))
  return bad === undefined ? undefined : [`“${bad}”：应如“电信中继名 顺序 权重”`, `“${bad}”: write “trunk order weight”`]
}

export function rulesOf(value: unknown): TrunkGroup_DialRule[] {
  return wordsOf(value).flatMap((line) => {
    const [, prefix, rest = ''] = RULE.exec(line) ?? []
    if (!prefix) return []
    const number = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(rest)?.[1] ?? 0)
    return [create(TrunkGroup_DialRuleSchema, {
      prefix: prefix === '*' ? '' : prefix, forbidden: /forbidden|禁止/.test(rest), callsPerMinute: number('minute'), callsPerDay: number('day'), liveCalls: number('live'),
      ...(number('longest') ? { longestCall: duration(number('longest')) } : {}),
    })]
  })
}

export const ruleLines = (rules: readonly TrunkGroup_DialRule[]) => rules.map((rule) => [
  rule.prefix || '*', rule.forbidden && 'forbidden', rule.callsPerMinute && `minute=${rule.callsPerMinute}`, rule.callsPerDay && `day=${rule.callsPerDay}`,
  rule.liveCalls && `live=${rule.liveCalls}`, seconds(rule.longestCall) > 0 && `longest=${seconds(rule.longestCall)}`,
].filter(Boolean).join(' '))

export function faultOfRules(value: unknown): Pair | undefined {
  const bad = wordsOf(value).find((line) => !RULE.test(line))
  return bad === undefined ? undefined : [`“${bad}”：应如“* minute=10 day=500”或“00 forbidden”`, `“${bad}”: write “* minute=10 day=500” or “00 forbidden”`]
}
