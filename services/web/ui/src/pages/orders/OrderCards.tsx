// The list of orders on a telephone: one card for each, everything within reach of a thumb.
import { useSyncExternalStore } from 'react'
import { Link } from 'wouter'
import type { Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Empty } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { offlineTexts } from './offline.texts'
import { ordersTexts } from './orders.texts'
import { OrderStateTag, OrderTypeName, PriorityTag, TimeLeft, urgencyOf } from './parts'

const narrow = matchMedia('(max-width: 760px)')

export const useNarrow = () => useSyncExternalStore((changed) => {
  narrow.addEventListener('change', changed)
  return () => narrow.removeEventListener('change', changed)
}, () => narrow.matches)

interface CardsProps {
  label: string
  orders: readonly Order[]
  // Those with a step that waits to be sent.
  waiting: ReadonlySet<string>
  now: number
  onAccept: ((order: Order) => void) | undefined
}

export function OrderCards({ label, orders, waiting, now, onAccept }: CardsProps) {
  const t = useTexts(ordersTexts)
  const o = useTexts(offlineTexts)
  if (orders.length === 0) return <Empty title={t('none')} hint={t('noneHint')} />
  return (
    <ul className="order-cards" aria-label={label}>
      {orders.map((order) => (
        <li key={order.orderId} className="card" data-tone={urgencyOf(order, now)}>
          <Link href={`/orders/${order.orderId}`} className="order-link">
            <span className="row"><strong className="figure">{order.number}</strong><TimeLeft order={order} /></span>
            <span className="order-title">{order.title}</span>
            <span className="row small"><PriorityTag order={order} /><span className="muted"><OrderTypeName order={order} /></span><OrderStateTag order={order} /></span>
          </Link>
          {waiting.has(order.orderId) ? <Tag tone="warn">{o('waitingOne')}</Tag> : onAccept && <Button kind="primary" icon="check" onPress={() => onAccept(order)}>{t('acceptOne')}</Button>}
        </li>
      ))}
    </ul>
  )
}
