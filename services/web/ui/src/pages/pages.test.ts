// What pages work out by themselves: flows, waveforms, categories, trees, figures.
import { create } from '@bufbuild/protobuf'
import { expect, it } from 'vitest'
import { UnitSchema } from '@/gen/trunkline/identity/v1/resources_pb'
import { NodeField_Control, NodeKindSchema } from '@/gen/trunkline/ivr/v1/ivr_pb'
import { CategorySchema } from '@/gen/trunkline/acd/v1/dispositions_pb'
import { inTreeOrder } from './admin/UnitsPage'
import { compare, exitsOf, freshId, layout, removeNode, renameNode, toEditor, toFlow, type EditorFlow } from './flows/model'
import { levelMood, waitMood } from './live/figures'
import { isTelephoneWav, makeWav } from './prompts/wav'
import { peaksOf } from './recordings/peaks'
import { leaves, narrow } from './workspace/CategoryPicker'

const kinds = [
  create(NodeKindSchema, { kind: 'answer', fields: [{ name: 'next', control: NodeField_Control.EXIT }] }),
  create(NodeKindSchema, { kind: 'menu', fields: [{ name: 'text', control: NodeField_Control.LONG_TEXT }, { name: 'keys', control: NodeField_Control.KEY_EXITS }, { name: 'failed', control: NodeField_Control.EXIT }] }),
  create(NodeKindSchema, { kind: 'hangUp', fields: [] }),
]
const flow: EditorFlow = {
  name: 'small', title: '小', language: 'zh', entry: 'start',
  nodes: [
    { id: 'start', kind: 'answer', params: { next: 'menu' } },
    { id: 'menu', kind: 'menu', params: { text: '请按一', keys: { 1: 'bye', 9: 'menu' }, failed: 'bye', timeout: '5s' } },
    { id: 'bye', kind: 'hangUp', params: {} },
  ],
}

it('a flow goes to the wire and back as it was', () => {
  expect(toEditor(toFlow(flow))).toEqual(flow)
})
it('exits are read off the schema, keys too', () => {
  expect(exitsOf(flow.nodes[1]!, kinds[1], (field) => field.name).map((exit) => [exit.place, exit.target])).toEqual([['keys.1', 'bye'], ['keys.9', 'menu'], ['failed', 'bye']])
})
it('a renamed node keeps every line that leads to it, a removed one leaves none', () => {
  const renamed = renameNode(flow, 'bye', 'end', kinds)
  expect(renamed.nodes[1]?.params).toMatchObject({ keys: { 1: 'end', 9: 'menu' }, failed: 'end' })
  expect(renameNode(flow, 'start', 'begin', kinds).entry).toBe('begin')
  const removed = removeNode(flow, 'bye', kinds)
  expect(removed.nodes[1]?.params).toMatchObject({ keys: { 1: '', 9: 'menu' }, failed: '' })
  expect(freshId(flow, 'hangUp')).toBe('hang_up')
  expect(freshId(flow, 'menu')).toBe('menu_2')
})
it('the picture goes from the entry to the right', () => {
  const places = layout(flow, kinds)
  expect(['start', 'menu', 'bye'].map((id) => places.get(id)?.x)).toEqual([0, 260, 520])
})
it('versions are compared node by node', () => {
  const after: EditorFlow = { ...flow, nodes: [flow.nodes[0]!, { ...flow.nodes[1]!, params: { ...flow.nodes[1]!.params, text: '请按二' } }, { id: 'new', kind: 'hangUp', params: {} }] }
  expect(compare(flow, after).map(({ id, change }) => `${change} ${id}`)).toEqual(['changed menu', 'added new', 'removed bye'])
  expect(compare(flow, flow)).toEqual([])
})
it('a recorded prompt is a telephone WAV, and others are refused', () => {
  const wav = makeWav(new Float32Array([0, 0.5, -1, 2]))
  expect(isTelephoneWav(wav)).toBe(true)
  expect(isTelephoneWav(new Uint8Array(100))).toBe(false)
  const stereo = wav.slice()
  stereo[22] = 2
  expect(isTelephoneWav(stereo)).toBe(false)
  expect(peaksOf(wav).peaks[0]?.map((peak) => Math.round(peak * 10) / 10)).toEqual([0, 0.5, 1, 1])
  expect(peaksOf(wav).duration).toBe(4 / 8000)
})
it('categories are found by their path and its pinyin', () => {
  const all = leaves([create(CategorySchema, { categoryId: 'a', title: '投诉' }), create(CategorySchema, { categoryId: 'b', parentId: 'a', title: '服务态度' }), create(CategorySchema, { categoryId: 'c', title: '咨询' })])
  expect(all.map((leaf) => leaf.path)).toEqual(['投诉', '投诉 / 服务态度', '咨询'])
  expect(narrow(all, 'fwtd').map((leaf) => leaf.id)).toEqual(['b'])
  expect(narrow(all, '').length).toBe(3)
})
it('units stand under their parents, one with an unknown parent at the top', () => {
  const units = [['b', 'a'], ['a', ''], ['c', 'gone']].map(([unitId, parentId]) => create(UnitSchema, { unitId: unitId ?? '', parentId: parentId ?? '' }))
  expect(inTreeOrder(units).map(({ unit, depth }) => `${unit.unitId}${depth}`)).toEqual(['a0', 'b1', 'c0'])
})
it('waits and levels are judged against their targets', () => {
  expect([waitMood(10, 20), waitMood(30, 20), waitMood(61, 20)]).toEqual(['good', 'warn', 'bad'])
  expect([levelMood(0.8), levelMood(0.75), levelMood(0.5), levelMood(undefined)]).toEqual(['good', 'warn', 'bad', undefined])
})
