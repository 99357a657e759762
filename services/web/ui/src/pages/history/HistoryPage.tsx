// Contacts handled lately on this page, and any contact by its id.
import { useState } from 'react'
import { useSearch } from 'wouter'
import { common } from '@/i18n/common.texts'
import { maskNumber } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { DataTable, type Column } from '@/ui/DataTable'
import { TextField } from '@/ui/Field'
import { recentContacts, type RecentContact } from '../workspace/recent'
import { historyTexts } from './history.texts'
import { Timeline } from './Timeline'

export default function HistoryPage() {
  const t = useTexts(historyTexts)
  const c = useTexts(common)
  const given = new URLSearchParams(useSearch()).get('contact') ?? ''
  const [text, setText] = useState(given)
  const [contact, setContact] = useState(given)
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
      <div className="columns">
        <section className="card"><h2>{t('recent')}</h2>
          <DataTable label={t('recent')} rows={recentContacts()} columns={columns} id={(row) => row.contactId} selected={contact} onOpen={(row) => {
            setText(row.contactId)
            setContact(row.contactId)
          }} empty={{ title: t('noRecent'), hint: t('noRecentHint') }} />
        </section>
        {contact && <section className="card"><h2><code>{contact}</code></h2><Timeline contactId={contact} /></section>}
      </div>
    </div>
  )
}
