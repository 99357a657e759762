// In a demo: a simulated customer calls, so that one person alone sees a call arrive.
import { useState } from 'react'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { useToasts } from '@/ui/Notice'
import { workspaceTexts } from './workspace.texts'
import { callMe, useCallMeThere } from './callMe'

export function CallMe() {
  const t = useTexts(workspaceTexts)
  const toast = useToasts((toasts) => toasts.add)
  const [busy, setBusy] = useState(false)
  const there = useCallMeThere()
  if (!there) return null
  const call = async () => {
    setBusy(true)
    try {
      await callMe()
      toast('good', t('callMeDone'))
    } catch (thrown) {
      toast('bad', String(thrown))
    } finally {
      setTimeout(() => setBusy(false), 5000)
    }
  }
  return <div className="form"><Button kind="primary" icon="phone" busy={busy} onPress={() => void call()}>{t('callMe')}</Button><span className="muted small">{t('callMeHint')}</span></div>
}
