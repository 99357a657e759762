// Recordings by time, contact, agent and queue.
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useRefreshOn } from '@/api/acd'
import { client } from '@/api/transport'
import { Recordings, Recording_State, type Recording } from '@/gen/trunkline/recording/v1/recording_pb'
import { common } from '@/i18n/common.texts'
import { clock, dateTime, seconds } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { recordingsTexts } from './recordings.texts'

const KEY = ['recordings']
const TONES = { [Recording_State.STATE_UNSPECIFIED]: 'off', [Recording_State.PENDING]: 'warn', [Recording_State.STORED]: 'good', [Recording_State.FAILED]: 'bad', [Recording_State.DELETED]: 'off' } as const

export default function RecordingsPage() {
  const t = useTexts(recordingsTexts)
  const c = useTexts(common)
  const [, go] = useLocation()
  const [contact, setContact] = useState('')
  const [agent, setAgent] = useState('')
  const [queue, setQueue] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  useRefreshOn('trunkline.recording.', KEY, 1000)
  const query = useInfiniteQuery({
    queryKey: [...KEY, contact, agent, queue, from, to],
    queryFn: ({ signal, pageParam }) => client(Recordings).listRecordings({
      contactId: contact.trim(), agentId: agent.trim(), queueId: queue.trim(), pageSize: 100, pageToken: pageParam,
      ...(from ? { startTime: timestampFromDate(new Date(from)) } : {}), ...(to ? { endTime: timestampFromDate(new Date(to)) } : {}),
    }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    placeholderData: keepPreviousData,
  })
  const columns: Column<Recording>[] = [
    { key: 'start', title: t('start'), width: '180px', cell: (row) => dateTime(row.startTime) },
    { key: 'length', title: t('length'), width: '90px', right: true, cell: (row) => clock(seconds(row.duration)), order: (row) => seconds(row.duration) },
    { key: 'contact', title: t('contact'), cell: (row) => <code>{row.contactId}</code> },
    { key: 'state', title: t('state'), width: '130px', cell: (row) => <Tag tone={TONES[row.state] ?? 'off'}>{row.state === Recording_State.STATE_UNSPECIFIED ? '–' : t(Recording_State[row.state] as 'STORED')}</Tag> },
    { key: 'size', title: t('size'), width: '100px', right: true, wideOnly: true, cell: (row) => `${(Number(row.sizeBytes) / 1048576).toFixed(1)} MB` },
  ]
  const rows = query.data?.pages.flatMap((page) => page.recordings) ?? []
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1></div>
      <div className="filters">
        <TextField label={t('contact')} type="search" value={contact} onChange={setContact} maxLength={80} />
        <TextField label={t('agent')} type="search" value={agent} onChange={setAgent} maxLength={80} />
        <TextField label={t('queue')} type="search" value={queue} onChange={setQueue} maxLength={80} />
        <TextField label={t('from')} type="datetime-local" value={from} onChange={setFrom} />
        <TextField label={t('to')} type="datetime-local" value={to} onChange={setTo} />
      </div>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DataTable label={t('title')} rows={rows} columns={columns} id={(row) => row.recordingId} onOpen={(row) => go(`/recordings/${row.recordingId}`)} empty={{ title: t('none'), hint: t('noneHint') }} />}
      {query.hasNextPage && <Button onPress={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>{c('more')}</Button>}
    </div>
  )
}
