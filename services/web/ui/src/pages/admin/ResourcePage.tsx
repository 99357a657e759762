// One kind of thing that an administrator keeps: a table of all, a form at the side, and nothing lost on an error.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useCan } from '@/app/session'
import { common } from '@/i18n/common.texts'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { Dialog } from '@/ui/Dialog'
import { Form, type FieldSpec, type Values } from '@/ui/Form'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { TextField } from '@/ui/Field'
import { adminTexts } from './admin.texts'
import { Removed, VersionList } from './VersionList'
import type { Versioned } from './versions'

export interface Resource<T> {
  // Names the cache and the drafts: "queues".
  key: string
  title: string
  right: string
  list(signal: AbortSignal): Promise<T[]>
  id(row: T): string
  columns: Column<T>[]
  fields: FieldSpec[]
  // A thing as values of the form, and back.
  toValues(row: T | undefined): Values
  save(values: Values, row: T | undefined): Promise<unknown>
  remove?: (row: T) => Promise<unknown>
  extra?: (row: T) => ReactNode
  refreshEvery?: number
  // Made and removed elsewhere.
  fixed?: boolean
  // What it was before, to be compared and taken back.
  versions?: Versioned
}

export function ResourcePage<T>({ resource, embedded }: { resource: Resource<T>; embedded?: boolean }) {
  const t = useTexts(adminTexts)
  const c = useTexts(common)
  const can = useCan()
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const [open, setOpen] = useState<{ row: T | undefined }>()
  const [dirty, setDirty] = useState(false)
  const [filter, setFilter] = useState('')
  const [showsRemoved, setShowsRemoved] = useState(false)
  const key = ['admin', resource.key]
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => resource.list(signal), ...(resource.refreshEvery ? { refetchInterval: resource.refreshEvery } : {}) })
  const mayWrite = can(resource.right)
  const versions = resource.versions && can(resource.versions.right) ? resource.versions : undefined
  const refresh = () => void queries.invalidateQueries({ queryKey: ['admin'] })
  const wanted = filter.trim().toLowerCase()
  const rows = (query.data ?? []).filter((row) => wanted === '' || JSON.stringify(resource.toValues(row)).toLowerCase().includes(wanted))
  const close = () => {
    setOpen(undefined)
    setDirty(false)
  }
  const remove = async (row: T) => {
    if (!resource.remove || !confirm(c('removeAsk', { name: resource.id(row) }))) return
    try {
      await resource.remove(row)
      close()
      await queries.invalidateQueries({ queryKey: key })
      toast('good', c('done'))
    } catch (thrown) {
      toast('bad', failureText(thrown))
    }
  }
  const body = <>
    <div className="page-head">
      {embedded ? <h2>{resource.title}</h2> : <h1>{resource.title}</h1>}
      {versions && resource.remove && mayWrite && <Button icon="history" onPress={() => setShowsRemoved(true)}>{t('removedTitle')}</Button>}
      {mayWrite && !resource.fixed && <Button kind="primary" icon="plus" onPress={() => setOpen({ row: undefined })}>{c('add')}</Button>}
    </div>
    {(query.data?.length ?? 0) > 8 && <div className="filters"><TextField label={t('filter')} type="search" value={filter} onChange={setFilter} /></div>}
    {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
    {query.data && <DataTable label={resource.title} rows={rows} columns={resource.columns} id={resource.id} onOpen={mayWrite ? (row) => setOpen({ row }) : undefined}
      empty={{ title: t('none'), ...(mayWrite ? { hint: t('noneHint') } : {}) }} />}
    {open && (
      <Dialog title={open.row ? `${c('edit')}: ${resource.id(open.row)}` : `${c('add')}: ${resource.title}`} place="side" onClose={close} mayClose={() => !dirty || confirm(c('discard'))}>
        <Form draft={`${resource.key}.${open.row ? resource.id(open.row) : 'new'}`} fields={resource.fields} initial={resource.toValues(open.row)} existing={open.row !== undefined}
          save={(values) => resource.save(values, open.row)} onDirty={setDirty} onCancel={close} onSaved={() => {
            close()
            toast('good', c('saved'))
            refresh()
          }} />
        {open.row && resource.extra?.(open.row)}
        {open.row && versions && <VersionList versions={versions} id={resource.id(open.row)} mayWrite={mayWrite} onRestored={() => {
          close()
          refresh()
        }} />}
        {open.row && resource.remove && <div className="row danger-zone"><Button kind="danger" small onPress={() => void remove(open.row as T)}>{c('remove')}</Button></div>}
      </Dialog>
    )}
    {showsRemoved && versions && <Removed versions={versions} onClose={() => setShowsRemoved(false)} onRestored={() => {
      setShowsRemoved(false)
      refresh()
    }} />}
  </>
  return embedded ? <section className="page-part">{body}</section> : <div className="page">{body}</div>
}

export const WORD: FieldSpec['pattern'] = { test: /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, fault: ['字母、数字、“.”“_”“-”，不超过 63 个', 'Letters, digits, “.”, “_”, “-”; at most 63'] }
