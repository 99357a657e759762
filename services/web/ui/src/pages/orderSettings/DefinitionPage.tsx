// Draft, check, publish, versions: the same for types and for flows. What is changed stays in this browser until it is saved;
// what is wrong is told beside its field.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { Code } from '@connectrpc/connect'
import { isCode, toFailure } from '@/api/failure'
import { useCan } from '@/app/session'
import type { Fault, VersionInfo } from '@/gen/trunkline/workorder/v1/definitions_pb'
import { common } from '@/i18n/common.texts'
import { dateTime, millis } from '@/i18n/format'
import { useTexts, useWord } from '@/i18n/texts'
import { useDraft } from '@/kept/drafts'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/Field'
import { Icon } from '@/ui/Icon'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { faultReasons, settingsTexts } from './settings.texts'

interface Definition {
  name: string
  version?: VersionInfo
}

export interface Kind<D extends Definition> {
  // "types" or "flows": address, cache and drafts.
  key: string
  empty(): D
  idOf(definition: D): string
  // Version 0: the current one.
  load(id: string, version: number): Promise<D>
  loadDraft(id: string): Promise<D>
  check(definition: D): Promise<Fault[]>
  save(definition: D): Promise<D>
  publish(id: string, note: string): Promise<D>
  versions(id: string): Promise<VersionInfo[]>
  // "steps[2].to" as a person calls it.
  placeName(definition: D, place: string): string
}

// What is wrong at a place, and at those inside it when `within` is set.
export type FaultsAt = (place: string, within?: boolean) => string | undefined

interface Props<D extends Definition> {
  kind: Kind<D>
  id: string
  heading: string
  children(definition: D, set: (change: Partial<D>) => void, faults: FaultsAt): ReactNode
}

async function loadOrCurrent<D extends Definition>(kind: Kind<D>, id: string): Promise<D> {
  if (id === 'new') return kind.empty()
  try {
    return await kind.loadDraft(id)
  } catch (thrown) {
    if (!isCode(thrown, Code.NotFound)) throw thrown
    return await kind.load(id, 0)
  }
}

export function DefinitionPage<D extends Definition>({ kind, id, heading, children }: Props<D>) {
  const t = useTexts(settingsTexts)
  const c = useTexts(common)
  const reason = useWord(faultReasons)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [, go] = useLocation()
  const [faults, setFaults] = useState<Fault[]>()
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [publishing, setPublishing] = useState(false)
  const query = useQuery({ queryKey: ['orderSettings', kind.key, id], queryFn: () => loadOrCurrent(kind, id), staleTime: Infinity })
  const kept = useDraft<{ definition?: D }>(`settings.${kind.key}.${id}`, () => ({}))
  const definition = kept.value.definition ?? query.data
  if (query.error) return <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />
  if (!definition || !kept.ready) return <div className="boot" role="status" aria-label={c('loading')} />
  const dirty = kept.value.definition !== undefined
  const mayWrite = can('workorder.settings.write')
  const set = (change: Partial<D>) => kept.set({ definition: { ...definition, ...change } })
  const at: FaultsAt = (place, within) => {
    const found = faults?.find((fault) => (within ? fault.place.startsWith(place) : fault.place === place))
    return found && (reason(found.reason) === found.reason ? found.message : reason(found.reason))
  }
  const act = async (work: () => Promise<unknown>) => {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      await work()
    } catch (thrown) {
      const told = toFailure(thrown)
      if (told.reason === 'FAULTS') setFaults(await kind.check(definition).catch(() => []))
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const save = async () => {
    if (id !== 'new') {
      const there = await loadOrCurrent(kind, id)
      const before = millis(query.data?.version?.time)
      if (millis(there.version?.time) !== before && !confirm(t('overwriteAsk', { author: there.version?.author ?? '' }))) return undefined
    }
    const saved = await kind.save(definition)
    await kept.drop()
    queries.setQueryData(['orderSettings', kind.key, kind.idOf(saved)], saved)
    void queries.invalidateQueries({ queryKey: ['orderSettings', 'list'] })
    if (id === 'new') go(`/order-settings/${kind.key}/${kind.idOf(saved)}`, { replace: true })
    return saved
  }
  const check = async () => {
    const found = await kind.check(definition)
    setFaults(found)
    if (found.length === 0) toast('good', t('sound'))
    return found.length === 0
  }
  const publish = async (note: string) => {
    if (dirty || id === 'new') {
      if (!(await save())) return
    }
    const done = await kind.publish(kind.idOf(definition), note)
    setPublishing(false)
    setFaults([])
    toast('good', t('published', { version: done.version?.version ?? 0 }))
    await queries.invalidateQueries({ queryKey: ['orderSettings'] })
    await queries.invalidateQueries({ queryKey: ['orderTypes'] })
  }
  const version = definition.version?.version ?? 0
  return (
    <div className="page">
      <div className="page-head">
        <Link href={`/order-settings?tab=${kind.key}`} className="button quiet sign" aria-label={c('back')}><Icon name="left" /></Link>
        <h1>{heading}: {definition.name || kind.idOf(definition) || c('add')}</h1>
        <Tag tone={dirty ? 'warn' : version > 0 ? 'good' : 'info'}>{dirty ? t('unsaved') : version > 0 ? t('version', { version }) : t('draft')}</Tag>
        {dirty && <Button kind="quiet" onPress={() => confirm(t('discardAsk')) && void kept.drop()}>{t('discard')}</Button>}
        <Button onPress={() => void act(check)} busy={busy}>{t('check')}</Button>
        {mayWrite && <Button onPress={() => void act(async () => (await save()) && toast('good', c('saved')))} busy={busy}>{t('save')}</Button>}
        {mayWrite && <Button kind="primary" onPress={() => void act(async () => (await check()) && setPublishing(true))} busy={busy}>{t('publish')}</Button>}
      </div>
      {failure !== undefined && <FailureNotice failure={failure} />}
      {faults && faults.length > 0 && (
        <div className="notice bad" role="alert"><div>
          <strong>{t('faults', { count: faults.length })}</strong>
          <ul>{faults.map((fault, index) => <li key={index}><strong>{kind.placeName(definition, fault.place)}</strong> {reason(fault.reason) === fault.reason ? fault.message : reason(fault.reason)}</li>)}</ul>
        </div></div>
      )}
      <fieldset className="plain" disabled={!mayWrite}>{children(definition, set, at)}</fieldset>
      {id !== 'new' && <Versions kind={kind} id={id} mayWrite={mayWrite} onLoad={(loaded) => kept.set({ definition: loaded })} onRollBack={(loaded, old) => act(async () => {
        await kind.save(loaded)
        await kept.drop()
        const done = await kind.publish(id, t('rolledBack', { version: old }))
        toast('good', t('published', { version: done.version?.version ?? 0 }))
        await queries.invalidateQueries({ queryKey: ['orderSettings'] })
      })} />}
      {publishing && <PublishDialog onClose={() => setPublishing(false)} onPublish={(note) => void act(() => publish(note).catch((thrown: unknown) => {
        setPublishing(false)
        toast('bad', failureText(thrown))
        throw thrown
      }))} busy={busy} />}
    </div>
  )
}

function PublishDialog({ onClose, onPublish, busy }: { onClose(): void; onPublish(note: string): void; busy: boolean }) {
  const t = useTexts(settingsTexts)
  const c = useTexts(common)
  const [note, setNote] = useState('')
  return (
    <Dialog title={t('publish')} onClose={onClose}>
      <form className="form" onSubmit={(event) => {
        event.preventDefault()
        onPublish(note.trim())
      }}>
        <TextField label={t('note')} value={note} maxLength={200} autoFocus onChange={setNote} />
        <footer><Button type="submit" kind="primary" busy={busy}>{t('publish')}</Button><Button onPress={onClose}>{c('cancel')}</Button></footer>
      </form>
    </Dialog>
  )
}

interface VersionsProps<D extends Definition> {
  kind: Kind<D>
  id: string
  mayWrite: boolean
  onLoad(definition: D): void
  onRollBack(definition: D, version: number): Promise<void>
}

function Versions<D extends Definition>({ kind, id, mayWrite, onLoad, onRollBack }: VersionsProps<D>) {
  const t = useTexts(settingsTexts)
  const query = useQuery({ queryKey: ['orderSettings', kind.key, id, 'versions'], queryFn: () => kind.versions(id) })
  const published = (query.data ?? []).filter((each) => each.version > 0)
  if (published.length === 0) return null
  return (
    <section className="card">
      <h2>{t('versions')}</h2>
      <ol className="log">{published.map((each) => (
        <li key={each.version}>
          <div className="row"><strong>{t('version', { version: each.version })}</strong>{each.current && <Tag tone="good">{t('current')}</Tag>}<span className="muted">{each.author} · {dateTime(each.time)}</span>
            {mayWrite && <Button small kind="quiet" onPress={() => void kind.load(id, each.version).then(onLoad)}>{t('useVersion')}</Button>}
            {mayWrite && !each.current && <Button small onPress={() => confirm(t('rollBackAsk', { version: each.version })) && void kind.load(id, each.version).then((loaded) => onRollBack(loaded, each.version))}>{t('rollBack')}</Button>}
          </div>
          {each.note && <p className="small">{each.note}</p>}
        </li>
      ))}</ol>
    </section>
  )
}
