// One recording: why it is listened to (for the audit), its player, and what happened on the contact.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'wouter'
import { client } from '@/api/transport'
import { useCan, useSession } from '@/app/session'
import { Recordings } from '@/gen/trunkline/recording/v1/recording_pb'
import { clock, dateTime, seconds } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { Timeline } from '../history/Timeline'
import { Player } from './Player'
import { recordingsTexts } from './recordings.texts'

// Longer ones are listened to in parts elsewhere; a page must not hold gigabytes.
const MOST_BYTES = 230 * 1024 * 1024

async function fetchWav(recordingId: string, actor: string, reason: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const { chunk } of client(Recordings).downloadRecording({ recordingId, actor, reason }, { timeoutMs: 120_000 })) {
    parts.push(chunk)
    size += chunk.length
    if (size > MOST_BYTES) throw new Error('larger than a page can play')
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export default function RecordingPage() {
  const { id = '' } = useParams<{ id: string }>()
  const t = useTexts(recordingsTexts)
  const can = useCan()
  const actor = useSession((session) => session.identity?.user.loginName ?? '')
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<string>()
  const [wav, setWav] = useState<Uint8Array>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const query = useQuery({ queryKey: ['recording', id], queryFn: ({ signal }) => client(Recordings).getRecording({ recordingId: id }, { signal }) })
  const listen = async () => {
    if (reason.trim() === '') return setFault(t('reasonMissing'))
    setFault(undefined)
    setFailure(undefined)
    setBusy(true)
    try {
      setWav(await fetchWav(id, actor, reason.trim()))
    } catch (thrown) {
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const recording = query.data
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')} {recording && <span className="muted figure">{dateTime(recording.startTime)} · {clock(seconds(recording.duration))}</span>}</h1></div>
      {query.error && <FailureNotice failure={query.error} onRetry={() => void query.refetch()} />}
      {recording && recording.gaps > 0 && <div className="notice warn">{t('gaps', { count: recording.gaps })}</div>}
      {recording && !wav && can('recording.recordings.play') && (
        <form className="card filters" noValidate onSubmit={(event) => {
          event.preventDefault()
          void listen()
        }}>
          <TextField label={t('reason')} hint={t('reasonHint')} required fault={fault} value={reason} onChange={setReason} maxLength={200} />
          <Button type="submit" kind="primary" icon="play" busy={busy}>{busy ? t('loading') : t('load')}</Button>
        </form>
      )}
      {failure !== undefined && <FailureNotice failure={failure} onRetry={() => void listen()} />}
      {wav && <Player id={id} wav={wav} />}
      {recording && can('reporting.timelines.read') && <section className="card"><h2>{t('timeline')}</h2><Timeline contactId={recording.contactId} /></section>}
    </div>
  )
}
