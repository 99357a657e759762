// The figures of one day by queue, as reporting defines them, and the same as a file.
import { useState } from 'react'
import { useDay } from '@/api/figures'
import { useQueues } from '@/api/acd'
import { useCan } from '@/app/session'
import type { QueueFigures } from '@/gen/trunkline/reporting/v1/reporting_pb'
import { clock, count, percent } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { levelMood } from '../live/figures'
import { figuresTexts } from './figures.texts'

const time = (value: number | undefined) => (value === undefined ? '–' : clock(value))

export default function FiguresPage() {
  const t = useTexts(figuresTexts)
  const can = useCan()
  const [date, setDate] = useState('')
  const day = useDay(date)
  const queues = useQueues(can('acd.queues.read'))
  const title = (id: string) => (id === '' ? t('total') : queues.data?.find((queue) => queue.queueId === id)?.title || id)
  const columns: Column<QueueFigures>[] = [
    { key: 'queue', title: t('queue'), cell: (row) => <strong>{title(row.queueId)}</strong>, order: (row) => row.queueId },
    { key: 'offered', title: t('offered'), right: true, cell: (row) => count(row.offered), order: (row) => row.offered },
    { key: 'answered', title: t('answered'), right: true, cell: (row) => count(row.answered), order: (row) => row.answered },
    { key: 'connect', title: t('connect'), right: true, cell: (row) => percent(row.connectRate) },
    { key: 'level', title: t('level'), right: true, cell: (row) => percent(row.serviceLevel), order: (row) => row.serviceLevel ?? -1 },
    { key: 'abandoned', title: t('abandoned'), right: true, cell: (row) => count(row.abandoned) },
    { key: 'abandonRate', title: t('abandonRate'), right: true, wideOnly: true, cell: (row) => percent(row.abandonRate) },
    { key: 'asa', title: t('asa'), right: true, cell: (row) => time(row.averageSpeedOfAnswer) },
    { key: 'aht', title: t('aht'), right: true, cell: (row) => time(row.averageHandleTime) },
    { key: 'talk', title: t('talk'), right: true, wideOnly: true, cell: (row) => time(row.averageTalk) },
    { key: 'wrap', title: t('wrap'), right: true, wideOnly: true, cell: (row) => time(row.averageWrapUp) },
    { key: 'open', title: t('open'), right: true, wideOnly: true, cell: (row) => count(row.openSegments) },
  ]
  const rows = day.data ? [...day.data.queues, ...(day.data.total && day.data.queues.length > 0 ? [day.data.total] : [])] : []
  const download = () => {
    const lines = [columns.map((column) => column.title), ...rows.map((row) => [title(row.queueId), row.offered, row.answered, row.connectRate ?? '', row.serviceLevel ?? '', row.abandoned,
      row.abandonRate ?? '', row.averageSpeedOfAnswer ?? '', row.averageHandleTime ?? '', row.averageTalk ?? '', row.averageWrapUp ?? '', row.openSegments])]
    // The mark at the start tells Excel that it is UTF-8.
    const text = `\ufeff${lines.map((line) => line.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')).join('\r\n')}`
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
    link.download = `queues-${day.data?.date ?? date}.csv`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1><Button icon="down" onPress={download} unavailable={rows.length === 0 ? t('none') : undefined}>{t('csv')}</Button></div>
      <div className="filters"><TextField label={t('date')} type="date" value={date || (day.data?.date ?? '')} onChange={setDate} hint={t('timeZone')} /></div>
      {day.error && <FailureNotice failure={day.error} onRetry={() => void day.refetch()} />}
      {day.data && <DataTable label={t('title')} rows={rows} columns={columns} id={(row) => row.queueId || 'total'} tone={(row) => levelMood(row.serviceLevel)} empty={{ title: t('none'), hint: t('noneHint') }} />}
    </div>
  )
}
