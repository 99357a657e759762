// Who did what, when and from where; newest first.
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/transport'
import { Audit } from '@/gen/trunkline/identity/v1/identity_pb'
import type { AuditEntry } from '@/gen/trunkline/identity/v1/resources_pb'
import { common } from '@/i18n/common.texts'
import { dateTime } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { Tabs } from '@/ui/Tabs'
import { adminTexts } from './admin.texts'
import { Changes } from './Changes'

export default function AuditPage() {
  const t = useTexts(adminTexts)
  const c = useTexts(common)
  const [tab, setTab] = useState('people')
  const [target, setTarget] = useState('')
  const [from, setFrom] = useState('')
  const query = useInfiniteQuery({
    queryKey: ['audit', target, from],
    queryFn: ({ signal, pageParam }) => client(Audit).listEntries({ target, pageSize: 100, pageToken: pageParam, ...(from ? { fromTime: timestampFromDate(new Date(from)) } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    placeholderData: keepPreviousData,
  })
  const columns: Column<AuditEntry>[] = [
    { key: 'time', title: t('time'), width: '150px', cell: (entry) => dateTime(entry.time) },
    { key: 'actor', title: t('actor'), width: '150px', cell: (entry) => entry.actorName || entry.actorId },
    { key: 'action', title: t('action'), width: '210px', cell: (entry) => <code>{entry.action}</code> },
    { key: 'target', title: t('target'), cell: (entry) => entry.target },
    { key: 'detail', title: t('detail'), cell: (entry) => <span title={entry.detail}>{entry.detail}</span> },
    { key: 'address', title: t('address'), width: '130px', wideOnly: true, cell: (entry) => entry.clientAddress },
  ]
  const rows = query.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <div className="page">
      <div className="page-head"><h1>{t('audit')}</h1></div>
      <Tabs label={t('audit')} chosen={tab} onChoose={setTab} tabs={[{ key: 'people', title: t('people') }, { key: 'changes', title: t('changes') }]} />
      {tab === 'changes' ? <Changes /> : <>
      <div className="filters">
        <TextField label={t('target')} type="search" value={target} onChange={setTarget} />
        <TextField label={t('time')} type="datetime-local" value={from} onChange={setFrom} />
      </div>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DataTable label={t('audit')} rows={rows} columns={columns} id={(entry) => String(entry.number)} empty={{ title: t('none') }} />}
      {query.hasNextPage && <Button onPress={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>{c('more')}</Button>}
      </>}
    </div>
  )
}
