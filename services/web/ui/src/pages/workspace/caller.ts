// Who is calling: asked once when the contact appears, for every part of the page that wants to know.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Customers, type ScreenPop } from '@/gen/trunkline/customer/v1/customer_pb'
import type { Customer, CustomerCard } from '@/gen/trunkline/customer/v1/resources_pb'
import type { PresentContact } from './WorkspacePage'

export interface Caller {
  pop: ScreenPop | undefined
  card: CustomerCard | undefined
  customer: Customer | undefined
  confirmed: boolean
  failure: unknown
  reload(): void
}

export function useCaller(contact: PresentContact): Caller {
  const can = useCan()
  const queries = useQueryClient()
  const key = ['screenPop', contact.contactId, contact.number]
  const query = useQuery({
    queryKey: key,
    enabled: can('customer.customers.read') && (contact.contactId !== '' || contact.number !== ''),
    queryFn: ({ signal }) => client(Customers).getScreenPop({ contactId: contact.contactId, number: contact.number.includes('*') ? '' : contact.number }, { signal, timeoutMs: 3000 }),
    retry: 1,
    staleTime: 30_000,
  })
  const pop = query.data
  const confirmed = pop?.cards.find((card) => card.customer?.customerId === pop.confirmedCustomerId)
  const card = confirmed ?? pop?.cards[0]
  return { pop, card, customer: card?.customer, confirmed: confirmed !== undefined, failure: query.error, reload: () => void queries.invalidateQueries({ queryKey: key }) }
}
