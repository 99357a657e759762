// Notes and category from the first ring on; after the talk the countdown beside them, and one key that ends it.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useQueues } from '@/api/acd'
import { client } from '@/api/transport'
import { useAgentId, useCan } from '@/app/session'
import { keyName, useShortcuts } from '@/app/shortcuts'
import { Dispositions } from '@/gen/trunkline/acd/v1/dispositions_pb'
import { AgentState } from '@/gen/trunkline/acd/v1/resources_pb'
import { Customers } from '@/gen/trunkline/customer/v1/customer_pb'
import { millis, seconds } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { FailureNotice, useToasts } from '@/ui/Notice'
import { Countdown } from '@/ui/Status'
import { CategoryPicker, leaves } from './CategoryPicker'
import { useRun } from './CallBar'
import { desk, useDesk } from './desk'
import { useNotes } from './notes'
import type { PresentContact } from './WorkspacePage'
import { workspaceTexts } from './workspace.texts'

export function useCategories() {
  const can = useCan()
  return useQuery({ queryKey: ['contact-categories'], enabled: can('acd.categories.read'), staleTime: 60_000, retry: false, queryFn: async ({ signal }) => (await client(Dispositions).listCategories({}, { signal })).categories })
}

export function WrapUp({ contact, customerId }: { contact: PresentContact; customerId: string | undefined }) {
  const t = useTexts(workspaceTexts)
  const can = useCan()
  const agentId = useAgentId()
  const toast = useToasts((toasts) => toasts.add)
  const notes = useNotes(contact.contactId, agentId)
  const { draft, storedAt } = notes
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const request = useRef(crypto.randomUUID())
  const categories = useCategories().data ?? []
  const inWrapUp = useDesk((view) => view.agent?.state === AgentState.WRAP_UP)
  // Leaving the page with notes that nobody else has is asked first.
  const unsaved = notes.failure !== undefined && draft.text !== ''
  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [unsaved])
  // The customer's own history shows it, too.
  const tellCustomer = async () => {
    const category = leaves(categories).find((leaf) => leaf.id === draft.categoryId)?.path
    const text = [category && `[${category}]`, draft.text.trim()].filter(Boolean).join(' ')
    if (text && customerId && can('customer.customers.write')) await client(Customers).addNote({ requestId: request.current, customerId, text })
  }
  const finish = async (thenReady: boolean) => {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    try {
      await notes.dispose()
      await tellCustomer()
      if (inWrapUp) {
        if (thenReady) await desk.setState(AgentState.READY)
        await desk.finishWrapUp()
      }
      toast('good', t('finished'))
    } catch (thrown) {
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  useShortcuts('wrap-up', [{ code: 'KeyW', label: ['保存并空闲', 'Save and ready'], unavailable: inWrapUp ? undefined : t('noCall'), run: () => void finish(true) }])
  const hint = notes.failure ? t('notesAway') : storedAt ? t('saved', { time: new Date(storedAt).toLocaleTimeString() }) : draft.savedAt ? t('saving') : t('notesHint')
  return (
    <section className={`card wrap-up${inWrapUp ? ' running' : ''}`} aria-label={t('wrapUp')}>
      <div className="card-head">
        <h2>{inWrapUp ? t('wrapUp') : t('notes')}</h2>
        {inWrapUp && <TimeLeft queueId={contact.queueId} />}
        {inWrapUp && <>
          <Button kind="primary" keys={keyName('KeyW')} busy={busy} onPress={() => void finish(true)}>{t('finish')}</Button>
          <Button busy={busy} onPress={() => void finish(false)}>{t('finishOnly')}</Button>
        </>}
      </div>
      {failure !== undefined && <FailureNotice failure={failure} onRetry={() => void finish(true)} />}
      <div className="columns">
        <Field label={t('notes')} hint={hint}>
          {(attributes) => <textarea {...attributes} id="contact-notes" aria-label={t('notes')} rows={6} maxLength={4000} value={draft.text} onChange={(event) => notes.change({ text: event.target.value })} />}
        </Field>
        {categories.length > 0 && <CategoryPicker categories={categories} chosen={draft.categoryId} onChoose={(categoryId) => notes.change({ categoryId })} />}
      </div>
    </section>
  )
}

// The end is the server's; it may be put off once where the queue allows it.
function TimeLeft({ queueId }: { queueId: string }) {
  const t = useTexts(workspaceTexts)
  const can = useCan()
  const run = useRun()
  const { agent, since } = useDesk()
  const queue = useQueues(can('acd.queues.read')).data?.find((each) => each.queueId === queueId)
  const [extended, setExtended] = useState(false)
  const ends = millis(agent?.wrapUpEndTime)
  if (ends === undefined) return null
  const extension = seconds(queue?.wrapUpExtension)
  return <>
    <Countdown until={ends} whole={Math.max(1, Math.round((ends - since) / 1000))} label={t('wrapLeft')} />
    {extension > 0 && <Button small unavailable={extended ? t('extended') : undefined} onPress={() => {
      setExtended(true)
      run(desk.extendWrapUp())
    }}>{t('extend', { seconds: extension })}</Button>}
  </>
}
