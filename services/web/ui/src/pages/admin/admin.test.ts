// What administrators write in lines, and what was before.
import { create } from '@bufbuild/protobuf'
import { expect, it } from 'vitest'
import { CategorySchema } from '@/gen/trunkline/acd/v1/dispositions_pb'
import { VersionSchema } from '@/gen/trunkline/versions/v1/versions_pb'
import { categoryTree } from './CategoriesPage'
import { faultOfMembers, faultOfRules, memberLines, membersOf, ruleLines, rulesOf } from './groups'
import { faultOfDates, faultOfHours, linesOf, spansOf } from './hours'
import { endpointLines, endpointsOf, faultOfEndpoints, faultOfProfiles, profileLines, profilesOf } from './profiles'
import { differences, removed } from './versions'

it('weekly hours go into spans and back', () => {
  const lines = ['1-5 08:30-17:30', '6 09:00-12:00']
  expect(spansOf(lines)).toHaveLength(6)
  expect(linesOf(spansOf(lines))).toEqual(lines)
  expect(linesOf(spansOf(['1-5 08:30-12:00', '1-5 14:00-17:30']))).toEqual(['1-5 08:30-12:00', '1-5 14:00-17:30'])
})
it('hours and days that are none are told', () => {
  expect(faultOfHours(['1-5 08:30-17:30', ''])).toBeUndefined()
  for (const bad of ['8 08:00-09:00', '5-1 08:00-09:00', '1 17:30-08:30', '1 08:00-25:00', 'Mo 8-17']) expect(faultOfHours([bad])?.[1]).toContain(bad)
  expect(faultOfDates(['2026-10-01'])).toBeUndefined()
  expect(faultOfDates(['2026-02-30'])?.[1]).toContain('2026-02-30')
})
it('members and rules of a trunk group go into messages and back', () => {
  expect(memberLines(membersOf(['telecom 1 3', 'unicom 2']))).toEqual(['telecom 1 3', 'unicom 2 1'])
  const rules = ['* minute=10 day=500 live=20 longest=3600', '00 forbidden']
  expect(ruleLines(rulesOf(rules))).toEqual(rules)
  expect(rulesOf(['*'])[0]?.prefix).toBe('')
  expect(faultOfMembers(['two words here'])).toBeDefined()
  expect(faultOfRules(['abc'])).toBeDefined()
})
it('profiles and endpoints of an agent go into messages and back', () => {
  const profiles = ['complaints priority=2 delay=10 order=1 weight=3', 'consultation excluded']
  expect(profileLines(profilesOf(profiles))).toEqual(profiles)
  const endpoints = ['phone 1001', 'number 13800138000 confirm']
  expect(endpointLines(endpointsOf(endpoints))).toEqual(endpoints)
  expect(faultOfProfiles(['complaints prio=2'])).toBeDefined()
  expect(faultOfEndpoints(['fax 1'])).toBeDefined()
  expect(faultOfEndpoints(['phone 1', 'phone 2', 'phone 3', 'phone 4', 'phone 5'])?.[1]).toBe('At most four')
})
it('versions are compared field by field, and what was removed is found by its last content', () => {
  expect(differences('{"title":"a","skills":{"gas":50}}', '{"title":"b","skills":{"gas":50,"bus":1}}')).toEqual([
    { field: 'skills.bus', before: '', after: '1' }, { field: 'title', before: 'a', after: 'b' }])
  const version = (id: string, number: number, json: string) => create(VersionSchema, { id, version: number, json })
  const found = removed([version('gas', 3, ''), version('bus', 2, '{}'), version('gas', 2, '{"a":1}'), version('bus', 1, ''), version('gas', 1, '{}')])
  expect(found.map(({ last }) => [last.id, last.version])).toEqual([['gas', 2]])
})
it('categories stand below those they belong to', () => {
  const category = (categoryId: string, parentId: string) => create(CategorySchema, { categoryId, parentId })
  expect(categoryTree([category('b', 'a'), category('a', ''), category('c', 'gone')]).map((row) => `${row.category.categoryId}${row.depth}`)).toEqual(['a0', 'b1', 'c0'])
})
