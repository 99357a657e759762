// A flow in its JSON form, which is what the editor works on: the kinds of nodes and their fields come from the schema that
// ivr publishes, so nothing here knows a kind by name.
import { fromJson, toJson, type JsonObject } from '@bufbuild/protobuf'
import { FlowSchema, type Flow } from '@/gen/trunkline/ivr/v1/flow_pb'
import { NodeField_Control, type NodeField, type NodeKind } from '@/gen/trunkline/ivr/v1/ivr_pb'

export type Params = Record<string, unknown>

export interface EditorNode {
  id: string
  kind: string
  params: Params
}

export interface EditorFlow {
  name: string
  title: string
  language: string
  entry: string
  nodes: EditorNode[]
}

export interface ExitOf {
  // Field, and for a map the key: "next", "keys.1".
  place: string
  label: string
  target: string
}

type JsonNode = { id?: string } & Record<string, Params>

export function toEditor(flow: Flow): EditorFlow {
  const json = toJson(FlowSchema, flow) as { name?: string; title?: string; language?: string; entry?: string; nodes?: JsonNode[] }
  return {
    name: json.name ?? '', title: json.title ?? '', language: json.language ?? 'zh', entry: json.entry ?? '',
    nodes: (json.nodes ?? []).map(({ id, ...kinds }) => {
      const [kind, params] = Object.entries(kinds)[0] ?? ['', {}]
      return { id: String(id ?? ''), kind, params: { ...params } }
    }),
  }
}

export function toFlow(flow: EditorFlow): Flow {
  const nodes = flow.nodes.map((node) => ({ id: node.id, [node.kind]: withoutEmpty(node.params) }))
  return fromJson(FlowSchema, { name: flow.name, title: flow.title, language: flow.language, entry: flow.entry, nodes } as unknown as JsonObject)
}

// An empty text is the same as none, except that a number that is no number must not reach the wire.
function withoutEmpty(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== '' && value !== undefined && value !== null))
}

export function exitsOf(node: EditorNode, kind: NodeKind | undefined, label: (field: NodeField) => string): ExitOf[] {
  return (kind?.fields ?? []).flatMap((field): ExitOf[] => {
    if (field.control === NodeField_Control.EXIT) return [{ place: field.name, label: label(field), target: String(node.params[field.name] ?? '') }]
    if (field.control !== NodeField_Control.KEY_EXITS) return []
    return Object.entries((node.params[field.name] ?? {}) as Record<string, string>).map(([key, target]) => ({ place: `${field.name}.${key}`, label: key, target }))
  })
}

export function setExit(node: EditorNode, place: string, target: string): EditorNode {
  const [field = '', key] = place.split('.')
  if (key === undefined) return { ...node, params: { ...node.params, [field]: target } }
  return { ...node, params: { ...node.params, [field]: { ...(node.params[field] as object), [key]: target } } }
}

export function replaceNode(flow: EditorFlow, id: string, next: EditorNode): EditorFlow {
  return { ...flow, nodes: flow.nodes.map((node) => (node.id === id ? next : node)) }
}

// A node's id is in every exit that leads to it.
export function renameNode(flow: EditorFlow, from: string, to: string, kinds: readonly NodeKind[]): EditorFlow {
  const nodes = flow.nodes.map((node) => {
    const renamed = node.id === from ? { ...node, id: to } : node
    return exitsOf(renamed, kinds.find((kind) => kind.kind === node.kind), () => '').filter((exit) => exit.target === from).reduce((result, exit) => setExit(result, exit.place, to), renamed)
  })
  return { ...flow, nodes, entry: flow.entry === from ? to : flow.entry }
}

export function removeNode(flow: EditorFlow, id: string, kinds: readonly NodeKind[]): EditorFlow {
  const nodes = flow.nodes.filter((node) => node.id !== id).map((node) => exitsOf(node, kinds.find((kind) => kind.kind === node.kind), () => '').filter((exit) => exit.target === id).reduce((result, exit) => setExit(result, exit.place, ''), node))
  return { ...flow, nodes, entry: flow.entry === id ? (nodes[0]?.id ?? '') : flow.entry }
}

export function freshId(flow: EditorFlow, kind: string): string {
  const word = kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if (!flow.nodes.some((node) => node.id === word)) return word
  for (let count = 2; ; count++) if (!flow.nodes.some((node) => node.id === `${word}_${count}`)) return `${word}_${count}`
}

export interface Difference {
  id: string
  change: 'added' | 'removed' | 'changed'
  lines: string[]
}

// What differs between two versions, node by node and field by field.
export function compare(before: EditorFlow, after: EditorFlow): Difference[] {
  const differences: Difference[] = []
  const text = (value: unknown) => (value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value))
  for (const node of after.nodes) {
    const old = before.nodes.find((each) => each.id === node.id)
    if (!old) {
      differences.push({ id: node.id, change: 'added', lines: [node.kind] })
      continue
    }
    const names = new Set([...Object.keys(withoutEmpty(old.params)), ...Object.keys(withoutEmpty(node.params))])
    const lines = [...names].filter((name) => JSON.stringify(old.params[name]) !== JSON.stringify(node.params[name])).map((name) => `${name}: ${text(old.params[name])} → ${text(node.params[name])}`)
    if (old.kind !== node.kind) lines.unshift(`${old.kind} → ${node.kind}`)
    if (lines.length > 0) differences.push({ id: node.id, change: 'changed', lines })
  }
  for (const node of before.nodes) if (!after.nodes.some((each) => each.id === node.id)) differences.push({ id: node.id, change: 'removed', lines: [node.kind] })
  if (before.entry !== after.entry) differences.unshift({ id: 'entry', change: 'changed', lines: [`${before.entry} → ${after.entry}`] })
  return differences
}

// Columns by distance from the entry, rows in the order of the exits: a picture nobody had to draw.
export function layout(flow: EditorFlow, kinds: readonly NodeKind[]): Map<string, { x: number; y: number }> {
  const depth = new Map<string, number>()
  const queue = [flow.entry]
  depth.set(flow.entry, 0)
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const node = flow.nodes.find((each) => each.id === id)
    if (!node) continue
    for (const exit of exitsOf(node, kinds.find((kind) => kind.kind === node.kind), () => '')) {
      if (!exit.target || depth.has(exit.target)) continue
      depth.set(exit.target, (depth.get(id) ?? 0) + 1)
      queue.push(exit.target)
    }
  }
  const rows = new Map<number, number>()
  const places = new Map<string, { x: number; y: number }>()
  for (const node of [...flow.nodes].sort((a, b) => [...depth.keys()].indexOf(a.id) - [...depth.keys()].indexOf(b.id))) {
    const column = depth.get(node.id) ?? 0
    const row = rows.get(column) ?? 0
    rows.set(column, row + 1)
    places.set(node.id, { x: column * 260, y: row * 170 })
  }
  return places
}
