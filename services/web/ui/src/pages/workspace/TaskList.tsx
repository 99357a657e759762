// What is on the agent's table: the present contact, and the work orders that wait for him.
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useRefreshOn } from '@/api/acd'
import { client } from '@/api/transport'
import { useCan, useSession } from '@/app/session'
import { ListOrdersRequest_Sort, WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { maskNumber } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Icon } from '@/ui/Icon'
import { TimeLeft } from '../orders/parts'
import type { PresentContact } from './WorkspacePage'
import { workspaceTexts } from './workspace.texts'

const TASKS = ['tasks']

export function TaskList({ contact, chosen, onChoose }: { contact: PresentContact | undefined; chosen: string; onChoose(key: string): void }) {
  const t = useTexts(workspaceTexts)
  const can = useCan()
  const mine = useSession((session) => session.identity?.user.userId ?? '')
  useRefreshOn('trunkline.workorder.', TASKS, 2000)
  const orders = useQuery({
    queryKey: [...TASKS, mine], enabled: can('workorder.orders.read'), refetchInterval: 60_000, retry: false,
    queryFn: ({ signal }) => client(WorkOrders).listOrders({ openOnly: true, creator: mine, sort: ListOrdersRequest_Sort.DUE, pageSize: 20 }, { signal }),
  })
  const list = orders.data?.orders ?? []
  return (
    <section className="workspace-left" aria-label={t('tasks')}>
      <h2>{t('tasks')}</h2>
      <ul>
        {contact && <li><button type="button" className={`task${chosen === '' ? ' here' : ''}`} onClick={() => onChoose('')}>
          <Icon name="phone" size={16} /><span className="grow"><strong className="figure">{maskNumber(contact.number) || (contact.wrapUp ? t('wrapUp') : t('caller'))}</strong><span className="small muted"> {contact.queueId}</span></span>
        </button></li>}
        {list.map((order) => <li key={order.orderId}><Link className="task" href={`/orders/${order.orderId}`}>
          <Icon name="orders" size={16} /><span className="grow"><span>{order.title}</span><br /><span className="small muted figure">{order.number}</span></span><TimeLeft order={order} />
        </Link></li>)}
      </ul>
      {!contact && list.length === 0 && <p className="muted small">{t('noTasks')}</p>}
    </section>
  )
}
