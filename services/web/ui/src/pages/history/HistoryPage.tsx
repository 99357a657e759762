// Contacts handled lately on this page, and any contact by its id.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearch } from 'wouter'
import { client } from '@/api/transport'
import { useAgentId, useCan } from '@/app/session'
import { Dispositions, type ContactNotes } from '@/gen/trunkline/acd/v1/dispositions_pb'
import { common } from '@/i18n/common.texts'
import { maskNumber, millis } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { recentContacts, type RecentContact } from '../workspace/recent'
import { historyTexts } from './history.texts'
import { Timeline } from './Timeline'

export default function HistoryPage() {
  const t = useTexts(historyTexts)
  const c = useTexts(common)
  const given = new URLSearchParams(useSearch()).get('contact') ?? ''
  const [text, setText] = useState(given)
  const [contact, setContact] = useState(given)
  const mine = useAgentId()
  const can = useCan()
  const notes = useQuery({
    queryKey: ['notes', 'history', mine], enabled: mine !== '' || can('acd.dispositions.read'),
    queryFn: async ({ signal }) => (await client(Dispositions).listNotes({ agentId: mine, pageSize: 100 }, { signal })).notes,
  })
  const open = (id: string) => {
    setText(id)
    setContact(id)
  }
  const noteColumns: Column<ContactNotes>[] = [
    { key: 'time', title: t('time'), width: '170px', cell: (row) => new Date(millis(row.saveTime) ?? 0).toLocaleString() },
    { key: 'category', title: t('category'), width: '200px', cell: (row) => row.categoryPath || '–' },
    { key: 'text', title: t('notes'), cell: (row) => <>{!row.disposed && <Tag tone="warn">{t('draft')}</Tag>} {row.text}</> },
    ...(mine === '' ? [{ key: 'agent', title: t('agent'), width: '90px', cell: (row: ContactNotes) => row.agentId }] : []),
  ]
  const columns: Column<RecentContact>[] = [
    { key: 'time', title: t('time'), width: '170px', cell: (row) => new Date(row.at).toLocaleString() },
    { key: 'number', title: '', width: '140px', cell: (row) => <span className="figure">{maskNumber(row.number)}</span> },
    { key: 'contact', title: t('contact'), cell: (row) => <code>{row.contactId}</code> },
  ]
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1></div>
      <form className="filters" role="search" onSubmit={(event) => {
        event.preventDefault()
        setContact(text.trim())
      }}>
        <TextField label={t('contact')} hint={t('contactHint')} type="search" value={text} onChange={setText} maxLength={80} />
        <Button type="submit" icon="search">{c('search')}</Button>
      </form>
      <section className="card"><h2>{t('written')}</h2>
        {notes.error && <FailureNotice failure={notes.error} onRetry={() => void notes.refetch()} />}
        <DataTable label={t('written')} rows={notes.data ?? []} columns={noteColumns} id={(row) => `${row.contactId} ${row.agentId}`} onOpen={(row) => open(row.contactId)} empty={{ title: t('noWritten'), hint: t('noWrittenHint') }} />
      </section>
      <div className="columns">
        <section className="card"><h2>{t('recent')}</h2>
          <DataTable label={t('recent')} rows={recentContacts()} columns={columns} id={(row) => row.contactId} selected={contact} onOpen={(row) => open(row.contactId)} empty={{ title: t('noRecent'), hint: t('noRecentHint') }} />
        </section>
        {contact && can('reporting.timelines.read') && <section className="card"><h2><code>{contact}</code></h2><Timeline contactId={contact} /></section>}
      </div>
    </div>
  )
}
