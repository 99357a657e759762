// The contact in the middle: where the caller came from, who is in the conversation, his path and keys, notes and wrap-up.
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { Knowledge } from '@/gen/trunkline/knowledge/v1/knowledge_pb'
import { maskNumber } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { useToasts } from '@/ui/Notice'
import { Elapsed, Tag } from '@/ui/Status'
import { millis } from '@/i18n/format'
import { ordersTexts } from '../orders/orders.texts'
import { useRun } from './CallBar'
import { desk, useDesk } from './desk'
import { useCaller } from './caller'
import { WrapUp } from './WrapUp'
import type { PresentContact } from './WorkspacePage'
import { workspaceTexts } from './workspace.texts'

const CreateOrderDialog = lazy(() => import('../orders/CreateOrder').then((module) => ({ default: module.CreateOrderDialog })))

// Entries that are shown by themselves, or are of no use to a person.
const HIDDEN = /^(X-)?(Trunkline-)?(contact[-_]?id|queue|call[-_]?id|flow[-_]?version|checkpoint|step|priority|language|flow|digits)$|^(X-)?(ivr|acd)\./i
const PATH = ['path', 'ivr_path', 'X-Path']
const DIGITS = ['digits', 'keyed', 'X-Digits']

function first(data: Record<string, string>, names: string[]): string {
  return names.map((name) => data[name]).find(Boolean) ?? ''
}

export function ContactPanel({ contact }: { contact: PresentContact }) {
  const t = useTexts(workspaceTexts)
  const o = useTexts(ordersTexts)
  const can = useCan()
  const toast = useToasts((toasts) => toasts.add)
  const [ordering, setOrdering] = useState(false)
  const caller = useCaller(contact)
  const path = first(contact.data, PATH)
  const digits = first(contact.data, DIGITS)
  const rest = Object.entries(contact.data).filter(([name, value]) => value && !HIDDEN.test(name) && !PATH.includes(name) && !DIGITS.includes(name))
  return <>
    <section className="card" aria-label={t('contactTabs')}>
      <div className="card-head">
        <h2 className="figure">{maskNumber(contact.number)}</h2>
        {contact.queueId && <Tag tone="info">{contact.queueId}</Tag>}
        {can('workorder.orders.create') && <Button kind="primary" icon="plus" onPress={() => setOrdering(true)}>{t('newOrder')}</Button>}
      </div>
      <dl className="facts">
        {path && <><dt>{t('path')}</dt><dd>{path.split(/[>,/]/).map((step, index) => <span key={index} className="step">{step.trim()}</span>)}</dd></>}
        {digits && <><dt>{t('digits')}</dt><dd><strong className="figure">{digits}</strong></dd></>}
        {rest.map(([name, value]) => <div key={name} className="pair"><dt>{name.replace(/^X-/, '')}</dt><dd>{value}</dd></div>)}
      </dl>
      <Parties />
    </section>
    <WrapUp contact={contact} customerId={caller.customer?.customerId} />
    {can('knowledge.articles.read') && <Suggestions contact={contact} />}
    {ordering && <Suspense fallback={null}><CreateOrderDialog onClose={() => setOrdering(false)} onCreated={(order) => {
      setOrdering(false)
      toast('good', o('created2', { number: order.number }))
    }} start={{ contactId: contact.contactId, customerNumber: contact.number, customerId: caller.customer?.customerId ?? '', customerName: caller.customer?.name ?? '' }} /></Suspense>}
  </>
}

function Parties() {
  const t = useTexts(workspaceTexts)
  const run = useRun()
  const { conversation } = useDesk()
  const parties = conversation?.parties ?? []
  if (parties.length === 0) return null
  const consulted = parties.some((party) => party.kind === 'CONSULTED')
  return (
    <div className="parties">
      <h3>{t('parties')}</h3>
      <ul>{parties.map((party) => (
        <li key={party.legId} className="row">
          <Tag tone={party.kind === 'CONSULTED' ? 'hold' : 'info'}>{party.kind in workspaceTexts ? t(party.kind as 'MEMBER') : party.kind}</Tag>
          <strong className="figure">{party.agentId || maskNumber(party.number)}</strong>{party.up ? <Elapsed since={millis(party.sinceTime)} /> : <span className="muted">{t('ringing')}</span>}
          <span className="grow" /><Button small onPress={() => run(desk.drop(party.legId))}>{t('drop')}</Button>
        </li>
      ))}</ul>
      {consulted && <div className="row">
        <Button kind="good" onPress={() => run(desk.complete())}>{t('complete')}</Button><Button onPress={() => run(desk.join())}>{t('join')}</Button>
        <Button onPress={() => run(desk.swap())}>{t('swap')}</Button><Button onPress={() => run(desk.return())}>{t('return')}</Button>
      </div>}
    </div>
  )
}

function Suggestions({ contact }: { contact: PresentContact }) {
  const t = useTexts(workspaceTexts)
  const text = first(contact.data, PATH)
  const query = useQuery({ queryKey: ['suggestions', contact.contactId, text], queryFn: ({ signal }) => client(Knowledge).suggestArticles({ text, limit: 4 }, { signal }), retry: false, staleTime: Infinity })
  const hits = query.data?.hits ?? []
  if (hits.length === 0) return null
  return (
    <section className="card"><h2>{t('suggestions')}</h2>
      <ul className="log">{hits.map((hit) => hit.article && <li key={hit.article.articleId}><details><summary><strong>{hit.article.title}</strong></summary><p className="small">{hit.article.summary || hit.excerpt}</p></details></li>)}</ul>
    </section>
  )
}
