// The flow as a picture: nodes with a handle for each exit; drawing a line sets an exit.
import { Background, Controls, Handle, Position, ReactFlow, type Connection, type Edge, type Node, type NodeProps } from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { memo, useMemo } from 'react'
import type { NodeKind } from '@/gen/trunkline/ivr/v1/ivr_pb'
import { usePreferences } from '@/i18n/preferences'
import { useTexts } from '@/i18n/texts'
import { flowsTexts } from './flows.texts'
import { exitsOf, type EditorFlow, type ExitOf } from './model'
import { useFieldLabel } from './NodeForm'

interface Shown extends Record<string, unknown> {
  id: string
  kind: string
  text: string
  exits: ExitOf[]
  entry: boolean
  faulty: boolean
  reached: boolean
}

const Block = memo(function Block({ data, selected }: NodeProps<Node<Shown>>) {
  const t = useTexts(flowsTexts)
  return (
    <div className={`flow-node${selected ? ' selected' : ''}${data.faulty ? ' faulty' : ''}${data.reached ? ' reached' : ''}`}>
      <Handle type="target" position={Position.Left} />
      <div className="flow-node-head"><strong>{data.kind}</strong><span className="muted small">{data.id}</span>{data.entry && <span className="tag info">{t('entry')}</span>}</div>
      {data.text && <p className="small">{data.text}</p>}
      {data.exits.map((exit) => <div key={exit.place} className="flow-exit small"><span>{exit.label}</span><Handle type="source" id={exit.place} position={Position.Right} /></div>)}
    </div>
  )
})

const TYPES = { block: Block }

interface CanvasProps {
  flow: EditorFlow
  kinds: readonly NodeKind[]
  places: Record<string, { x: number; y: number }>
  chosen: string
  faulty: ReadonlySet<string>
  reached: ReadonlySet<string>
  onChoose(id: string): void
  onPlace(id: string, place: { x: number; y: number }): void
  onConnect(from: string, exit: string, to: string): void
}

export function Canvas({ flow, kinds, places, chosen, faulty, reached, onChoose, onPlace, onConnect }: CanvasProps) {
  const t = useTexts(flowsTexts)
  const { locale, theme } = usePreferences()
  const label = useFieldLabel()
  const { nodes, edges } = useMemo(() => {
    const made: { nodes: Node<Shown>[]; edges: Edge[] } = { nodes: [], edges: [] }
    for (const node of flow.nodes) {
      const kind = kinds.find((each) => each.kind === node.kind)
      const exits = exitsOf(node, kind, label)
      made.nodes.push({
        id: node.id, type: 'block', position: places[node.id] ?? { x: 0, y: 0 }, selected: node.id === chosen,
        data: { id: node.id, kind: (locale === 'zh' ? kind?.zh : kind?.en) || node.kind, text: String(node.params.text ?? node.params.queue ?? node.params.variable ?? ''), exits, entry: flow.entry === node.id, faulty: faulty.has(node.id), reached: reached.has(node.id) },
        ariaLabel: `${(locale === 'zh' ? kind?.zh : kind?.en) || node.kind} ${node.id}`,
      })
      for (const exit of exits) if (flow.nodes.some((each) => each.id === exit.target)) made.edges.push({ id: `${node.id}:${exit.place}`, source: node.id, sourceHandle: exit.place, target: exit.target, ariaLabel: `${node.id} ${exit.label} ${exit.target}` })
    }
    return made
    // The labels follow the language.
  }, [flow, kinds, places, chosen, faulty, reached, locale]) // eslint-disable-line react-hooks/exhaustive-deps
  return (
    <div className="canvas" role="region" aria-label={t('map')}>
      <ReactFlow nodes={nodes} edges={edges} nodeTypes={TYPES} fitView minZoom={0.2} colorMode={theme === 'system' ? 'system' : theme} deleteKeyCode={null} proOptions={{ hideAttribution: true }}
        onNodeClick={(_, node) => onChoose(node.id)} onSelectionChange={({ nodes: selected }) => selected[0] && selected[0].id !== chosen && onChoose(selected[0].id)}
        onNodesChange={(changes) => {
          for (const change of changes) if (change.type === 'position' && change.position) onPlace(change.id, change.position)
        }}
        onConnect={({ source, sourceHandle, target }: Connection) => sourceHandle && onConnect(source, sourceHandle, target)}>
        <Background /><Controls showInteractive={false} />
      </ReactFlow>
    </div>
  )
}
