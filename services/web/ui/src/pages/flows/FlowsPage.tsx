// All flows with their current versions, and the drafts in this browser.
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Flows, type FlowVersion } from '@/gen/trunkline/ivr/v1/ivr_pb'
import { dateTime } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { draftNames } from './drafts'
import { flowsTexts } from './flows.texts'

interface Row {
  name: string
  current: FlowVersion | undefined
  versions: number
  draft: boolean
}

export default function FlowsPage() {
  const t = useTexts(flowsTexts)
  const can = useCan()
  const [, go] = useLocation()
  const [name, setName] = useState('')
  const [fault, setFault] = useState<string>()
  const query = useQuery({ queryKey: ['flows'], queryFn: ({ signal }) => client(Flows).listFlows({}, { signal }) })
  const versions = query.data?.versions ?? []
  const drafts = draftNames()
  const names = [...new Set([...versions.map((version) => version.name), ...drafts])].sort()
  const rows: Row[] = names.map((each) => ({ name: each, current: versions.find((version) => version.name === each && version.current), versions: versions.filter((version) => version.name === each).length, draft: drafts.includes(each) }))
  const columns: Column<Row>[] = [
    { key: 'name', title: t('name'), width: '220px', cell: (row) => <><strong>{row.name}</strong> {row.draft && <Tag tone="warn">{t('draft')}</Tag>}</>, order: (row) => row.name },
    { key: 'version', title: t('version'), width: '100px', right: true, cell: (row) => (row.current ? String(row.current.version) : '–') },
    { key: 'published', title: t('published'), width: '180px', cell: (row) => dateTime(row.current?.publishTime) },
    { key: 'note', title: t('note'), cell: (row) => row.current?.note ?? '' },
  ]
  const create = (event: FormEvent) => {
    event.preventDefault()
    if (!/^[a-z][a-z0-9_]{0,31}$/.test(name.trim())) return setFault(t('badName'))
    go(`/flows/${name.trim()}`)
  }
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1></div>
      {can('ivr.flows.write') && <form noValidate className="filters" onSubmit={create}>
        <TextField label={t('name')} hint={t('createName')} fault={fault} value={name} maxLength={32} onChange={(value) => {
          setName(value)
          setFault(undefined)
        }} />
        <Button type="submit" kind="primary" icon="plus">{t('create')}</Button>
      </form>}
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DataTable label={t('title')} rows={rows} columns={columns} id={(row) => row.name} onOpen={(row) => go(`/flows/${row.name}`)} empty={{ title: t('none'), hint: t('noneHint') }} />}
    </div>
  )
}
