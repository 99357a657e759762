// Who is calling, as far as it is known: card, last contacts, open orders; a newcomer is added from here.
import { useState } from 'react'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Customers } from '@/gen/trunkline/customer/v1/customer_pb'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Empty, FailureNotice } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { CustomerForm } from '../customers/CustomersPage'
import { CustomerName, Entries } from '../customers/parts'
import { useRun } from './CallBar'
import { useCaller } from './caller'
import type { PresentContact } from './WorkspacePage'
import { workspaceTexts } from './workspace.texts'

export function CustomerPanel({ contact }: { contact: PresentContact }) {
  const t = useTexts(workspaceTexts)
  const can = useCan()
  const run = useRun()
  const caller = useCaller(contact)
  const [adding, setAdding] = useState(false)
  const { pop, card, customer } = caller
  const often = Math.max(card?.contactsIn24Hours ?? 0, pop?.numberContactsIn24Hours ?? 0)
  return <>
    <section className="card">
      <div className="card-head"><h2>{t('customer')}</h2>{often > 1 && <Tag tone="warn">{t('contacts24', { count: often })}</Tag>}</div>
      {caller.failure !== null && caller.failure !== undefined && <FailureNotice failure={caller.failure} onRetry={caller.reload} />}
      {(pop?.cards ?? []).map((each) => each.customer && (
        <div key={each.customer.customerId} className="caller-card">
          <CustomerName customer={each.customer} />
          <span className="figure muted">{each.customer.numbers.map((number) => number.masked).join(', ')}</span>
          {each.customer.addresses[0] && <span className="small">{each.customer.addresses[0].text}</span>}
          {each.customer.note && <span className="small">{each.customer.note}</span>}
          {!caller.confirmed && can('customer.customers.write') && <div><Button small icon="check" onPress={() => run(client(Customers).confirmCaller({ contactId: contact.contactId, customerId: each.customer?.customerId ?? '', rememberNumber: true }).then(caller.reload))}>{t('chooseCustomer')}</Button></div>}
        </div>
      ))}
      {pop && !customer && <Empty icon="customers" title={t('newCustomer')}>
        {can('customer.customers.write') && <Button icon="plus" onPress={() => setAdding(true)}>{t('createCustomer')}</Button>}
      </Empty>}
    </section>
    {pop && <>
      <section className="card"><h2>{t('openOrders')}</h2>{(card?.openOrders.length ?? 0) > 0 ? <Entries entries={card?.openOrders ?? []} /> : <p className="muted small">{t('noOrders')}</p>}</section>
      <section className="card"><h2>{t('lastContacts')}</h2><Entries entries={(card?.lastContacts.length ?? 0) > 0 ? card?.lastContacts ?? [] : pop.numberContacts} /></section>
    </>}
    {adding && <Dialog title={t('createCustomer')} onClose={() => setAdding(false)}>
      <CustomerForm customer={undefined} number={contact.number} onCancel={() => setAdding(false)} onDone={() => {
        setAdding(false)
        caller.reload()
      }} />
    </Dialog>}
  </>
}
