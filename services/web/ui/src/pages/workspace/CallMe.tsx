// A simulated customer calls, so that one person alone sees a call from the ring to the wrap-up. Only where the suite
// offers it: in demonstrations and training.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '@/api/transport'
import { useAgentId, useCan } from '@/app/session'
import { AgentState } from '@/gen/trunkline/acd/v1/resources_pb'
import { Training } from '@/gen/trunkline/training/v1/training_pb'
import { maskNumber } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { useFailureText, useToasts } from '@/ui/Notice'
import { useDesk } from './desk'
import { workspaceTexts } from './workspace.texts'

export function CallMe() {
  const t = useTexts(workspaceTexts)
  const can = useCan()
  const agentId = useAgentId()
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const state = useDesk((view) => view.agent?.state)
  const [busy, setBusy] = useState(false)
  const may = can('desk.training') || can('training.calls.place')
  const offered = useQuery({ queryKey: ['training'], enabled: may, retry: false, staleTime: 60_000, queryFn: ({ signal }) => client(Training).getTraining({}, { signal }) })
  if (!offered.data) return null
  const place = async () => {
    setBusy(true)
    try {
      const { fromNumber } = await client(Training).placeCall({ agentId })
      toast('good', t('callMeComing', { number: maskNumber(fromNumber) }))
    } catch (thrown) {
      toast('bad', failureText(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="card call-me">
      <h2>{t('callMe')}</h2>
      <p className="muted small">{t('callMeHint', { number: offered.data.number })}</p>
      <div><Button icon="phone" busy={busy} unavailable={state === AgentState.READY ? undefined : t('callMeReady')} onPress={() => void place()}>{t('callMeNow')}</Button></div>
    </section>
  )
}
