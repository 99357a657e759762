// How a customer and the lines of his history look, in lists, on his page and in the screen pop.
import { Link } from 'wouter'
import { EntryKind, Medium, type Customer, type TimelineEntry } from '@/gen/trunkline/customer/v1/resources_pb'
import { dateTime } from '@/i18n/format'
import { useTexts, useWord } from '@/i18n/texts'
import { Tag } from '@/ui/Status'
import { customersTexts, entryTexts } from './customers.texts'

export function CustomerName({ customer }: { customer: Customer }) {
  const t = useTexts(customersTexts)
  return (
    <span className="row">
      <strong>{customer.name || t('unknown')}</strong>{customer.salutation && <span className="muted">{customer.salutation}</span>}
      {customer.vipLevel > 0 && <Tag tone="hold">{`${t('vip')} ${customer.vipLevel}`}</Tag>}
      {customer.doNotContact && <Tag tone="bad">{t('dnc')}</Tag>}
      {customer.tags.map((tag) => <Tag key={tag} tone="info">{tag}</Tag>)}
    </span>
  )
}

export function Entries({ entries }: { entries: readonly TimelineEntry[] }) {
  const t = useTexts(customersTexts)
  const word = useWord(entryTexts)
  if (entries.length === 0) return <p className="muted small">{t('noTimeline')}</p>
  return (
    <ol className="log">
      {entries.map((entry, index) => (
        <li key={entry.contactId || entry.orderId || index}>
          <div className="row">
            <span className="muted figure">{dateTime(entry.time)}</span>
            <strong>{entry.kind === EntryKind.CONTACT ? word(Medium[entry.medium] ?? '') : word(EntryKind[entry.kind] ?? '')}</strong>
            {entry.outcome && <Tag tone={entry.outcome === 'ABANDONED' ? 'warn' : 'off'}>{word(entry.outcome)}</Tag>}
            {entry.orderNumber && <Link href={`/orders/${entry.orderId}`}>{entry.orderNumber}</Link>}
            {entry.open && entry.dueTime && <span className="muted">{dateTime(entry.dueTime)}</span>}
          </div>
          {entry.text && <div className="small">{entry.text}</div>}
          {entry.agentIds.length > 0 && <div className="muted small">{entry.queueId} {entry.agentIds.join(', ')}</div>}
        </li>
      ))}
    </ol>
  )
}
