// Everything that happened to one contact, in order, with the details behind each line.
import { useQuery } from '@tanstack/react-query'
import { Code } from '@connectrpc/connect'
import { isCode } from '@/api/failure'
import { client } from '@/api/transport'
import { Figures } from '@/gen/trunkline/reporting/v1/reporting_pb'
import { timeOfDay } from '@/i18n/format'
import { useTexts, useWord } from '@/i18n/texts'
import { Empty, FailureNotice } from '@/ui/Notice'
import { eventTexts, historyTexts } from './history.texts'

export function Timeline({ contactId }: { contactId: string }) {
  const t = useTexts(historyTexts)
  const word = useWord(eventTexts)
  const query = useQuery({ queryKey: ['timeline', contactId], queryFn: ({ signal }) => client(Figures).getTimeline({ contactId }, { signal }), enabled: contactId !== '' })
  if (query.error && !isCode(query.error, Code.NotFound)) return <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />
  if (query.isLoading) return null
  const entries = query.data?.entries ?? []
  if (entries.length === 0) return <Empty icon="history" title={t('none')} />
  return (
    <ol className="log timeline">
      {entries.map((entry, index) => (
        <li key={`${entry.type}-${index}`}>
          <div className="row"><span className="figure muted">{timeOfDay(entry.time)}</span><strong>{word(entry.type)}</strong></div>
          <div className="small">{entry.text}</div>
          {entry.json && <details className="small"><summary>{t('details')}</summary><pre>{pretty(entry.json)}</pre></details>}
        </li>
      ))}
    </ol>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}
