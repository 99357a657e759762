// The editor of one flow: picture, form of the chosen node, check, simulator, versions. The draft is kept at every change.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Code } from '@connectrpc/connect'
import { useCallback, useMemo, useState } from 'react'
import { useParams } from 'wouter'
import { isCode } from '@/api/failure'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Flows, type FlowFault, type NodeKind } from '@/gen/trunkline/ivr/v1/ivr_pb'
import { usePreferences } from '@/i18n/preferences'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { SelectField, TextField } from '@/ui/Field'
import { Empty, FailureNotice, useToasts } from '@/ui/Notice'
import { Tabs } from '@/ui/Tabs'
import { Canvas } from './Canvas'
import { dropDraft, keepDraft, loadDraft, type StoredDraft } from './drafts'
import { flowsTexts } from './flows.texts'
import { freshId, layout, removeNode, renameNode, replaceNode, setExit, toEditor, toFlow, type EditorFlow } from './model'
import { NodeForm } from './NodeForm'
import { Simulator } from './Simulator'
import { Versions } from './Versions'
import '@/styles/flows.css'

export default function FlowPage() {
  const { name = '' } = useParams<{ name: string }>()
  const kinds = useQuery({ queryKey: ['nodeKinds'], queryFn: async ({ signal }) => (await client(Flows).describeNodes({}, { signal })).kinds, staleTime: Infinity })
  const stored = useQuery({
    queryKey: ['flows', name],
    queryFn: async ({ signal }) => {
      try {
        return await client(Flows).getFlow({ name }, { signal })
      } catch (thrown) {
        // A flow that was never published lives in its draft.
        if (isCode(thrown, Code.NotFound)) return null
        throw thrown
      }
    },
  })
  const failure = kinds.error ?? stored.error
  if (failure) return <FailureNotice failure={failure} onRetry={() => {
    void kinds.refetch()
    void stored.refetch()
  }} />
  if (!kinds.data || stored.data === undefined) return null
  const published = stored.data?.flow ? toEditor(stored.data.flow) : undefined
  return <Editor key={`${name}.${stored.data?.version?.version ?? 0}`} name={name} kinds={kinds.data} published={published} version={stored.data?.version?.version ?? 0} />
}

interface EditorProps {
  name: string
  kinds: NodeKind[]
  published: EditorFlow | undefined
  version: number
}

const NOBODY: ReadonlySet<string> = new Set()

function Editor({ name, kinds, published, version }: EditorProps) {
  const t = useTexts(flowsTexts)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const [draft, setDraft] = useState<StoredDraft>(() => loadDraft(name) ?? begin(name, kinds, published, version))
  const [chosen, setChosen] = useState('')
  const [tab, setTab] = useState('properties')
  const [faults, setFaults] = useState<FlowFault[]>()
  const [failure, setFailure] = useState<unknown>()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [reached, setReached] = useState(NOBODY)
  const locale = usePreferences((state) => state.locale)
  const versions = useQuery({ queryKey: ['flows'], queryFn: ({ signal }) => client(Flows).listFlows({}, { signal }) })
  const { flow } = draft
  const change = (next: EditorFlow, places = draft.places) => {
    const kept = { ...draft, flow: next, places }
    setDraft(kept)
    keepDraft(name, kept)
    setFaults(undefined)
  }
  const faulty = useMemo(() => new Set((faults ?? []).map((fault) => fault.nodeId)), [faults])
  const onReached = useCallback((nodes: ReadonlySet<string>) => setReached(nodes), [])
  const node = flow.nodes.find((each) => each.id === chosen)
  const kind = kinds.find((each) => each.kind === node?.kind)
  const check = async () => {
    setFailure(undefined)
    try {
      const answer = await client(Flows).checkFlow({ flow: toFlow(flow) })
      setFaults(answer.faults)
      if (answer.faults.length === 0) toast('good', t('sound'))
      else setTab('check')
      return answer.faults.length === 0
    } catch (thrown) {
      setFailure(thrown)
      return false
    }
  }
  const publish = async () => {
    if (busy) return
    setBusy(true)
    try {
      if (!(await check())) return
      const answer = await client(Flows).publishFlow({ flow: toFlow(flow), note: note.trim() }, { timeoutMs: 60_000 })
      dropDraft(name)
      setNote('')
      toast('good', t('publishedAs', { version: answer.version }))
      await queries.invalidateQueries({ queryKey: ['flows'] })
    } catch (thrown) {
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const add = (wanted: string) => {
    const id = freshId(flow, wanted)
    const beside = draft.places[chosen] ?? { x: 0, y: 0 }
    change({ ...flow, nodes: [...flow.nodes, { id, kind: wanted, params: {} }], entry: flow.entry || id }, { ...draft.places, [id]: { x: beside.x + 260, y: beside.y + 60 } })
    setChosen(id)
    setTab('properties')
  }
  return (
    <div className="page flow-page">
      <div className="page-head">
        <h1>{flow.title || name} <span className="muted small">{name} · {version ? `${t('version')} ${version}` : t('draft')}</span></h1>
        <label className="row">{t('addNode')}<select value="" aria-label={t('addNode')} onChange={(event) => event.target.value && add(event.target.value)}>
          <option value="" />{kinds.map((each) => <option key={each.kind} value={each.kind}>{locale === 'zh' ? each.zh : each.en}</option>)}
        </select></label>
        <Button icon="check" onPress={() => void check()}>{t('check')}</Button>
        {published && <Button onPress={() => {
          if (!confirm(t('discardAsk'))) return
          dropDraft(name)
          setDraft(begin(name, kinds, published, version))
        }}>{t('discard')}</Button>}
        {can('ivr.flows.write') && <><input type="text" className="publish-note" aria-label={t('publishNote')} placeholder={t('publishNote')} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} /><Button kind="primary" busy={busy} onPress={() => void publish()}>{t('publish')}</Button></>}
      </div>
      {failure !== undefined && <FailureNotice failure={failure} />}
      <div className="flow-columns">
        <Canvas flow={flow} kinds={kinds} places={draft.places} chosen={chosen} faulty={faulty} reached={reached}
          onChoose={(id) => {
            setChosen(id)
            if (tab === 'check') setTab('properties')
          }}
          onPlace={(id, place) => change(flow, { ...draft.places, [id]: place })}
          onConnect={(from, exit, to) => {
            const source = flow.nodes.find((each) => each.id === from)
            if (source) change(replaceNode(flow, from, setExit(source, exit, to)))
          }} />
        <section className="card flow-side">
          <Tabs label={t('properties')} chosen={tab} onChoose={setTab} tabs={[{ key: 'properties', title: t('properties') }, { key: 'check', title: t('check'), count: faults?.length }, { key: 'simulate', title: t('simulate') }, { key: 'versions', title: t('versions') }]} />
          {tab === 'properties' && (node && kind
            ? <NodeEditor flow={flow} id={node.id} kinds={kinds} faults={(faults ?? []).filter((fault) => fault.nodeId === node.id).map((fault) => fault.message)} onChange={change} onChoose={setChosen} />
            : <FlowForm flow={flow} onChange={change} onChoose={setChosen} />)}
          {tab === 'check' && (faults === undefined ? <Button onPress={() => void check()}>{t('check')}</Button> : faults.length === 0 ? <Empty icon="check" title={t('sound')} /> : (
            <ul className="log" aria-label={t('faults', { count: faults.length })}>{faults.map((fault, index) => <li key={index}><button type="button" className="link" onClick={() => {
              setChosen(fault.nodeId)
              setTab('properties')
            }}><strong>{fault.nodeId || t('title')}</strong> <code>{fault.reason}</code></button><div className="small">{fault.message}</div></li>)}</ul>
          ))}
          {tab === 'simulate' && <Simulator flow={flow} onReached={onReached} />}
          {tab === 'versions' && <Versions flow={flow} versions={(versions.data?.versions ?? []).filter((each) => each.name === name)} />}
        </section>
      </div>
    </div>
  )
}

function begin(name: string, kinds: NodeKind[], published: EditorFlow | undefined, version: number): StoredDraft {
  const flow = published ?? { name, title: '', language: 'zh', entry: '', nodes: [] }
  return { flow, base: version, places: Object.fromEntries(layout(flow, kinds)) }
}

function FlowForm({ flow, onChange, onChoose }: { flow: EditorFlow; onChange(flow: EditorFlow): void; onChoose(id: string): void }) {
  const t = useTexts(flowsTexts)
  return (
    <div className="form">
      <TextField label={t('flowTitle')} value={flow.title} maxLength={100} onChange={(title) => onChange({ ...flow, title })} />
      <SelectField label={t('language')} value={flow.language} onChange={(language) => onChange({ ...flow, language })} options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} />
      <SelectField label={t('entry')} value={flow.entry} onChange={(entry) => onChange({ ...flow, entry })} options={[{ value: '', label: '' }, ...flow.nodes.map((node) => ({ value: node.id, label: node.id }))]} />
      <h3>{t('list')}</h3>
      <ul className="node-list">{flow.nodes.map((node) => <li key={node.id}><button type="button" className="link" onClick={() => onChoose(node.id)}>{node.id}</button> <span className="muted small">{node.kind}</span></li>)}</ul>
      <p className="muted small">{t('selectNode')}</p>
    </div>
  )
}

interface NodeEditorProps {
  flow: EditorFlow
  id: string
  kinds: NodeKind[]
  faults: string[]
  onChange(flow: EditorFlow): void
  onChoose(id: string): void
}

function NodeEditor({ flow, id, kinds, faults, onChange, onChoose }: NodeEditorProps) {
  const t = useTexts(flowsTexts)
  const [name, setName] = useState(id)
  const [fault, setFault] = useState<string>()
  const [last, setLast] = useState(id)
  if (last !== id) {
    setLast(id)
    setName(id)
    setFault(undefined)
  }
  const node = flow.nodes.find((each) => each.id === id)
  const kind = kinds.find((each) => each.kind === node?.kind)
  if (!node || !kind) return null
  const rename = () => {
    const next = name.trim()
    if (next === id) return setFault(undefined)
    if (!/^[a-z][a-z0-9_]{0,31}$/.test(next)) return setFault(t('badName'))
    if (flow.nodes.some((each) => each.id === next)) return setFault(t('duplicate'))
    onChange(renameNode(flow, id, next, kinds))
    onChoose(next)
  }
  return (
    <div className="form">
      <div onBlur={rename}><TextField label={t('nodeId')} value={name} fault={fault} maxLength={32} onChange={setName} /></div>
      <NodeForm flow={flow} node={node} kind={kind} faults={faults} onChange={(next) => onChange(replaceNode(flow, id, next))} />
      <div className="row danger-zone">
        <Button small unavailable={flow.entry === id ? t('entry') : undefined} onPress={() => onChange({ ...flow, entry: id })}>{t('makeEntry')}</Button>
        <Button small kind="danger" onPress={() => {
          onChange(removeNode(flow, id, kinds))
          onChoose('')
        }}>{t('removeNode')}</Button>
      </div>
    </div>
  )
}
