// Notes and category from the first ring on; after the talk the countdown beside them, and one key that ends it.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useQueues } from '@/api/acd'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { useShortcuts } from '@/app/shortcuts'
import { AgentState } from '@/gen/trunkline/acd/v1/resources_pb'
import { Customers } from '@/gen/trunkline/customer/v1/customer_pb'
import { Knowledge } from '@/gen/trunkline/knowledge/v1/knowledge_pb'
import { seconds } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { FailureNotice, useToasts } from '@/ui/Notice'
import { Countdown } from '@/ui/Status'
import { CategoryPicker, leaves } from './CategoryPicker'
import { desk, useDesk } from './desk'
import { dropNotes, dropOldNotes, keepNotes, loadNotes } from './notes'
import type { PresentContact } from './WorkspacePage'
import { workspaceTexts } from './workspace.texts'

export function WrapUp({ contact, customerId }: { contact: PresentContact; customerId: string | undefined }) {
  const t = useTexts(workspaceTexts)
  const can = useCan()
  const toast = useToasts((toasts) => toasts.add)
  const { agent, since } = useDesk()
  const queues = useQueues(can('acd.queues.read'))
  const [draft, setDraft] = useState(() => loadNotes(contact.contactId))
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const request = useRef(crypto.randomUUID())
  const categories = useQuery({ queryKey: ['categories'], enabled: can('knowledge.articles.read'), staleTime: 300_000, retry: false, queryFn: ({ signal }) => client(Knowledge).listCategories({}, { signal }) })
  const inWrapUp = agent?.state === AgentState.WRAP_UP
  const limit = seconds(queues.data?.find((queue) => queue.queueId === contact.queueId)?.wrapUpLimit)
  const change = (part: Partial<typeof draft>) => {
    const next = { ...draft, ...part, savedAt: Date.now() }
    setDraft(next)
    keepNotes(contact.contactId, next)
  }
  useEffect(() => dropOldNotes(Date.now()), [])
  // Leaving the page with notes that nobody else has is asked first.
  useEffect(() => {
    if (!inWrapUp || draft.text === '') return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [inWrapUp, draft.text])
  const save = async () => {
    const category = leaves(categories.data?.categories ?? []).find((leaf) => leaf.id === draft.categoryId)?.path
    const text = [category && `[${category}]`, draft.text.trim()].filter(Boolean).join(' ')
    if (text && customerId && can('customer.customers.write')) await client(Customers).addNote({ requestId: request.current, customerId, text })
  }
  const finish = async (thenReady: boolean) => {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      await save()
      if (inWrapUp) {
        if (thenReady) await desk.setState(AgentState.READY)
        await desk.finishWrapUp()
      }
      if (customerId) dropNotes(contact.contactId)
      toast('good', t('finished'))
    } catch (thrown) {
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  useShortcuts('wrap-up', [{ code: 'KeyW', label: ['保存并空闲', 'Save and ready'], unavailable: inWrapUp ? undefined : t('noCall'), run: () => void finish(true) }])
  return (
    <section className={`card wrap-up${inWrapUp ? ' running' : ''}`} aria-label={t('wrapUp')}>
      <div className="card-head">
        <h2>{inWrapUp ? t('wrapUp') : t('notes')}</h2>
        {inWrapUp && limit > 0 && <Countdown until={since + limit * 1000} whole={limit} label={t('wrapLeft')} />}
        {inWrapUp && <>
          <Button kind="primary" keys="Alt+W" busy={busy} onPress={() => void finish(true)}>{t('finish')}</Button>
          <Button busy={busy} onPress={() => void finish(false)}>{t('finishOnly')}</Button>
        </>}
      </div>
      {failure !== undefined && <FailureNotice failure={failure} onRetry={() => void finish(true)} />}
      <div className="columns">
        <Field label={t('notes')} hint={draft.savedAt ? t('saved', { time: new Date(draft.savedAt).toLocaleTimeString() }) : t('notesHint')}>
          {(attributes) => <textarea {...attributes} id="contact-notes" aria-label={t('notes')} rows={6} maxLength={4000} value={draft.text} onChange={(event) => change({ text: event.target.value })} />}
        </Field>
        {(categories.data?.categories.length ?? 0) > 0 && <CategoryPicker categories={categories.data?.categories ?? []} chosen={draft.categoryId} onChoose={(categoryId) => change({ categoryId })} />}
      </div>
    </section>
  )
}
