// What is there on every page for whoever takes steps on orders: the way out of the outbox with its banner, and for a branch
// the bell when an order comes.
import { Code, ConnectError } from '@connectrpc/connect'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useConnection } from '@/api/live'
import { useSession } from '@/app/session'
import { client } from '@/api/transport'
import { WorkOrders } from '@/gen/trunkline/workorder/v1/workorder_pb'
import { common } from '@/i18n/common.texts'
import { useTexts } from '@/i18n/texts'
import { ringOnce } from '@/phone/ring'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Icon } from '@/ui/Icon'
import { useFailureText, useToasts } from '@/ui/Notice'
import { Tag } from '@/ui/Status'
import { isBranch, onArrival, type Arrival } from './arrivals'
import { dropOldDrafts, putDraft } from '@/kept/drafts'
import { offlineTexts } from './offline.texts'
import { flush, giveUp, onSentLater, sendAgain, startOutbox, useOutbox, type OutboxItem } from './outbox'
import { forgetOld, forgetSeen, seenBy } from './seen'
import { Meanwhile } from './Meanwhile'
import { draftOf, stepDraftKey } from './stepDraft'

export default function OrderDesk() {
  const t = useTexts(offlineTexts)
  const queries = useQueryClient()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const up = useConnection((connection) => connection.up)
  const rights = useSession((session) => session.identity?.rights)
  const [looking, setLooking] = useState(false)
  const { items, sending } = useOutbox()
  useEffect(() => startOutbox(), [])
  useEffect(() => {
    void seenBy(useSession.getState().identity?.user.userId ?? '').then(() => forgetOld(Date.now())).catch(() => undefined)
    void dropOldDrafts(Date.now()).catch(() => undefined)
    return useSession.subscribe(({ state }) => state === 'out' && void forgetSeen())
  }, [])
  useEffect(() => {
    if (up) void flush().catch(() => undefined)
  }, [up])
  useEffect(() => onSentLater((item, sent) => {
    if (sent.outcome === 'taken') toast('good', t('sent', { number: item.number, step: item.stepName }))
    if (sent.outcome === 'failed') toast('bad', `${item.number} ${item.stepName}: ${failureText(sent.thrown)}`)
    void queries.invalidateQueries({ queryKey: ['orders'] })
    void queries.invalidateQueries({ queryKey: ['order'] })
  }), [toast, t, failureText, queries])
  const waiting = items.filter((item) => item.state === 'waiting').length
  const refused = items.length - waiting
  return (
    <>
      {isBranch(rights ?? []) && <Bell />}
      {items.length > 0 && (
        <div className={`notice ${refused > 0 ? 'bad' : 'warn'} outbox`} role="status">
          <Icon name={refused > 0 ? 'warning' : 'clock'} />
          <strong className="grow">{refused > 0 ? t('refused', { count: refused }) : t(sending && up ? 'sending' : 'waiting', { count: waiting })}</strong>
          <Button small onPress={() => setLooking(true)}>{t('look')}</Button>
        </div>
      )}
      {looking && items.length > 0 && <OutboxDialog items={items} onClose={() => setLooking(false)} />}
    </>
  )
}

const STATES = { waiting: 'waitingOne', changed: 'changed', refused: 'refusedOne' } as const

function OutboxDialog({ items, onClose }: { items: readonly OutboxItem[]; onClose(): void }) {
  const t = useTexts(offlineTexts)
  const c = useTexts(common)
  const failureText = useFailureText()
  const toast = useToasts((toasts) => toasts.add)
  const [, go] = useLocation()
  // Back into the form it came from, with everything that was typed.
  const change = async (item: OutboxItem) => {
    await putDraft(stepDraftKey(item.orderId, item.values.stepId), draftOf(item))
    await giveUp(item, 'leave')
    onClose()
    go(`/orders/${item.orderId}?step=${item.values.stepId}`)
  }
  const again = async (item: OutboxItem) => {
    try {
      const order = await client(WorkOrders).getOrder({ orderId: item.orderId })
      await sendAgain(item, order.revision)
    } catch (thrown) {
      toast('bad', failureText(thrown))
    }
  }
  return (
    <Dialog title={t('title')} wide onClose={onClose}>
      <ol className="log outbox-list">
        {items.map((item) => (
          <li key={item.id}>
            <div className="row"><strong className="figure">{item.number}</strong><span className="grow">{item.title}</span>
              <Tag tone={item.state === 'waiting' ? 'warn' : 'bad'}>{t(STATES[item.state])}</Tag></div>
            <p><strong>{item.stepName}</strong>{item.values.text && `: ${item.values.text}`}{item.files.length > 0 && ` (${t('photos', { count: item.files.length })})`}</p>
            {item.fault && item.fault.code !== Code.Aborted && <p className="fault">{failureText(new ConnectError(item.fault.message, item.fault.code))}</p>}
            {item.fault?.code === Code.Aborted && <Since orderId={item.orderId} logNumber={item.logNumber} />}
            <div className="row">
              {item.state !== 'waiting' && <Button small kind="primary" onPress={() => void again(item)}>{t('again')}</Button>}
              <Button small onPress={() => void change(item)}>{t('change')}</Button>
              <Button small kind="quiet" onPress={() => confirm(t('dropAsk', { number: item.number })) && void giveUp(item)}>{c('remove')}</Button>
            </div>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}

// What others did since the step was made.
function Since({ orderId, logNumber }: { orderId: string; logNumber: number }) {
  const { data } = useQuery({ queryKey: ['order', orderId], queryFn: ({ signal }) => client(WorkOrders).getOrder({ orderId }, { signal }) })
  return data ? <Meanwhile order={data} after={logNumber} /> : null
}

// Sound and notification want one click first; the browser says whether it was given.
function Bell() {
  const t = useTexts(offlineTexts)
  const toast = useToasts((toasts) => toasts.add)
  const [, go] = useLocation()
  const [asked, setAsked] = useState(() => !('Notification' in window) || Notification.permission !== 'default')
  useEffect(() => onArrival((arrival: Arrival) => {
    const text = `${t(arrival.kind)} ${arrival.number} ${arrival.title}`
    ringOnce()
    toast(arrival.kind === 'arrived' ? 'good' : 'bad', text)
    if (document.hidden && 'Notification' in window && Notification.permission === 'granted') {
      const notice = new Notification(t(arrival.kind), { body: `${arrival.number} ${arrival.title}`, tag: arrival.orderId })
      notice.onclick = () => {
        window.focus()
        notice.close()
        go(`/orders/${arrival.orderId}`)
      }
    }
    flash(text)
  }), [t, toast, go])
  if (asked) return null
  return (
    <div className="notice info">
      <span className="grow">{t('allowBell')}</span>
      <Button small kind="primary" onPress={() => {
        ringOnce()
        void Notification.requestPermission().then(() => setAsked(true))
      }}>{t('allow')}</Button>
    </div>
  )
}

// The title of the tab tells it too, until the page is looked at.
function flash(text: string) {
  if (!document.hidden) return
  const before = document.title.startsWith('● ') ? 'Trunkline' : document.title
  document.title = `● ${text}`
  document.addEventListener('visibilitychange', () => (document.title = before), { once: true })
}
