// Small parts that lists and pages of work orders share.
import { OrderState, OrderType, Priority, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { clock, millis } from '@/i18n/format'
import { useTexts, useWord } from '@/i18n/texts'
import { Tag, useNow, type Tone } from '@/ui/Status'
import { orderStates, ordersTexts, orderTypes, priorities } from './orders.texts'

const TONES: Record<number, Tone> = {
  [OrderState.CREATED]: 'warn', [OrderState.APPROVED]: 'warn', [OrderState.DISPATCHED]: 'warn', [OrderState.ACCEPTED]: 'info',
  [OrderState.FED_BACK]: 'wrap', [OrderState.VERIFIED]: 'good', [OrderState.CLOSED]: 'off', [OrderState.WITHDRAWN]: 'off', [OrderState.MERGED]: 'off',
}

export function OrderStateTag({ order }: { order: Order }) {
  const word = useWord(orderStates)
  return <Tag tone={TONES[order.state] ?? 'off'}>{word(OrderState[order.state] ?? '')}</Tag>
}

export function OrderTypeName({ order }: { order: Order }) {
  const word = useWord(orderTypes)
  return <>{order.typeName || word(OrderType[order.type] ?? '')}</>
}

export function PriorityTag({ order }: { order: Order }) {
  const word = useWord(priorities)
  if (order.priority <= Priority.NORMAL) return null
  return <Tag tone={order.priority === Priority.CRITICAL ? 'bad' : 'warn'}>{word(Priority[order.priority] ?? '')}</Tag>
}

export function isOpen(order: Order): boolean {
  return order.closeTime === undefined && ![OrderState.CLOSED, OrderState.WITHDRAWN, OrderState.MERGED].includes(order.state)
}

export type Urgency = 'bad' | 'warn' | undefined

export function urgencyOf(order: Order, now: number): Urgency {
  const due = millis(order.dueTime)
  if (due === undefined || !isOpen(order)) return undefined
  if (due < now) return 'bad'
  return due - now < 4 * 3600_000 ? 'warn' : undefined
}

// "3 days 4 h" or "1:02:03" until it is due; how late it is, in red and in words.
export function TimeLeft({ order }: { order: Order }) {
  const t = useTexts(ordersTexts)
  const now = useNow()
  const due = millis(order.dueTime)
  if (due === undefined || !isOpen(order)) return <span className="muted">–</span>
  const seconds = Math.abs(due - now) / 1000
  const days = Math.floor(seconds / 86_400)
  const text = days > 0 ? t('daysHours', { days, hours: Math.floor((seconds % 86_400) / 3600) }) : clock(seconds)
  const urgency = urgencyOf(order, now)
  return <span className={`figure due ${urgency ?? ''}`}>{due < now ? `${t('late')} ${text}` : text}</span>
}
