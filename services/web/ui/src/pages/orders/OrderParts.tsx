// What hangs on an order beside its log: urgings, departments that help, what the customer was told, how the deadline came to be.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/transport'
import { ClockKind, Medium, NoticeState, Source, Step, type Order } from '@/gen/trunkline/workorder/v1/resources_pb'
import { WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { dateTime } from '@/i18n/format'
import { useTexts, useWord } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { FailureNotice } from '@/ui/Notice'
import { Tag, type Tone } from '@/ui/Status'
import { useOrderUnits } from './CreateOrder'
import { clockKinds, dayLayers, media, noticeStates, ordersTexts, sources } from './orders.texts'
import { useStepName } from './Meanwhile'

export function useUnitName(): (id: string) => string {
  const units = useOrderUnits().data?.units
  return (id) => units?.find((unit) => unit.unitId === id)?.name ?? id
}

const TONES: Partial<Record<NoticeState, Tone>> = { [NoticeState.DELIVERED]: 'good', [NoticeState.SENT]: 'info', [NoticeState.FAILED]: 'bad' }

export function OrderParts({ order }: { order: Order }) {
  const t = useTexts(ordersTexts)
  const unit = useUnitName()
  const name = useStepName()
  const source = useWord(sources)
  const medium = useWord(media)
  const state = useWord(noticeStates)
  const [explaining, setExplaining] = useState(false)
  return (
    <>
      {order.petition && (
        <div className="notice warn"><div>
          <strong>{name(order.petition.step, '')}</strong> {order.petition.actor} · {dateTime(order.petition.time)}
          {order.petition.workingDays > 0 && ` · ${t('workingDays', { days: order.petition.workingDays })}`}{order.petition.untilTime && ` · ${t('until')} ${dateTime(order.petition.untilTime)}`}
          <p>{order.petition.reason}</p>
        </div></div>
      )}
      {order.urgings.length > 0 && (
        <section className="card">
          <h2>{t('urgings', { count: order.urgeCount })}</h2>
          <ol className="log">{[...order.urgings].reverse().map((urging) => (
            <li key={urging.number}><div className="row"><strong>{urging.byCustomer ? t('byCustomer') : urging.actor}</strong><span className="muted">{source(Source[urging.source] ?? '')} · {dateTime(urging.time)}</span>{urging.escalated && <Tag tone="bad">{name(Step.ESCALATE, '')}</Tag>}</div>{urging.text && <p>{urging.text}</p>}</li>
          ))}</ol>
        </section>
      )}
      {order.assists.length > 0 && (
        <section className="card">
          <h2>{t('assists')}</h2>
          <ol className="log">{order.assists.map((assist) => (
            <li key={assist.unitId}><div className="row"><strong>{unit(assist.unitId)}</strong><Tag tone={assist.done ? 'good' : 'warn'}>{t(assist.done ? 'assistDone' : 'assistOpen')}</Tag></div><p>{assist.request}</p>{assist.answer && <p>{assist.answer}</p>}</li>
          ))}</ol>
        </section>
      )}
      {order.notices.length > 0 && (
        <section className="card">
          <h2>{t('notices')}</h2>
          <ol className="log">{[...order.notices].reverse().map((notice) => (
            <li key={notice.noticeId}>
              <div className="row"><strong>{medium(Medium[notice.medium] ?? '')}</strong><span className="muted">{notice.address} · {dateTime(notice.changeTime ?? notice.createTime)}</span><Tag tone={TONES[notice.state] ?? 'off'}>{state(NoticeState[notice.state] ?? '')}</Tag></div>
              <p>{notice.text}</p>{notice.proof && <p className="muted small">{t('proof')}: {notice.proof}</p>}
            </li>
          ))}</ol>
        </section>
      )}
      <div><Button small kind="quiet" icon="clock" onPress={() => setExplaining(true)}>{t('explain')}</Button></div>
      {explaining && <Deadline order={order} onClose={() => setExplaining(false)} />}
    </>
  )
}

function Deadline({ order, onClose }: { order: Order; onClose(): void }) {
  const t = useTexts(ordersTexts)
  const kind = useWord(clockKinds)
  const layer = useWord(dayLayers)
  const query = useQuery({ queryKey: ['order', 'deadline', order.orderId, order.revision.toString()], queryFn: ({ signal }) => client(WorkOrders).explainDeadline({ orderId: order.orderId }, { signal }) })
  return (
    <Dialog title={t('explain')} wide onClose={onClose}>
      <table className="table"><thead><tr><th>{t('clock')}</th><th>{t('due')}</th><th className="right">{t('used')}</th></tr></thead><tbody>
        {order.clocks.map((clock) => <tr key={clock.kind}><td>{kind(ClockKind[clock.kind] ?? '')}{clock.paused && ` (${t('paused')})`}</td><td>{dateTime(clock.dueTime)}</td><td className="right">{clock.percent} %</td></tr>)}
      </tbody></table>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <>
        <ul>{query.data.story.map((line, at) => <li key={at}>{line}</li>)}</ul>
        <table className="table"><thead><tr><th>{t('day')}</th><th>{t('why')}</th><th>{t('hours')}</th><th className="right">{t('counted')}</th></tr></thead><tbody>
          {query.data.days.map((day) => <tr key={day.date}><td className="figure">{day.date}</td><td>{day.name || layer(day.layer)}</td><td className="figure">{day.spans.join(' ')}</td><td className="right">{day.countedMinutes}</td></tr>)}
        </tbody></table>
      </>}
    </Dialog>
  )
}
