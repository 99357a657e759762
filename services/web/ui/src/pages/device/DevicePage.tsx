// Before the shift: is the agent heard, does he hear, is the network good, does it ring?
import { useCallback, useEffect, useState } from 'react'
import { client } from '@/api/transport'
import { useAgentId } from '@/app/session'
import { BrowserPhones } from '@/gen/trunkline/trunk/v1/browser_pb'
import { common } from '@/i18n/common.texts'
import { usePreferences } from '@/i18n/preferences'
import { useTexts } from '@/i18n/texts'
import { openMicrophone } from '@/phone/media'
import { thePhone } from '@/phone/phone'
import { startRinging, stopRinging } from '@/phone/ring'
import { usePhone, type Quality } from '@/phone/state'
import { Button } from '@/ui/Button'
import { SelectField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { StatusDot, type Tone } from '@/ui/Status'
import { usePhoneChoice } from '../workspace/phoneStart'
import { workspaceTexts } from '../workspace/workspace.texts'
import { deviceTexts } from './device.texts'
import { useLevel } from './level'

function Meter({ label, level }: { label: string; level: number }) {
  return (
    <div className="meter-row"><span>{label}</span>
      <div className="meter" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(level * 100)}><div style={{ width: `${Math.round(level * 100)}%` }} /></div>
    </div>
  )
}

export function judge({ roundTrip, jitter, loss }: Quality): 'good' | 'fair' | 'poor' | undefined {
  if (roundTrip === undefined) return undefined
  if (roundTrip > 300 || (jitter ?? 0) > 50 || (loss ?? 0) > 0.05) return 'poor'
  return roundTrip > 150 || (jitter ?? 0) > 25 || (loss ?? 0) > 0.01 ? 'fair' : 'good'
}

const TONES: Record<'good' | 'fair' | 'poor', Tone> = { good: 'good', fair: 'warn', poor: 'bad' }

export default function DevicePage() {
  const t = useTexts(deviceTexts)
  const c = useTexts(common)
  const w = useTexts(workspaceTexts)
  const agentId = useAgentId()
  const phone = usePhone()
  const { microphone, speaker, set } = usePreferences()
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([])
  const [stream, setStream] = useState<MediaStream>()
  const [denied, setDenied] = useState(false)
  const [echo, setEcho] = useState(false)
  const [back, setBack] = useState<MediaStream>()
  const [failure, setFailure] = useState<unknown>()
  const [ringing, setRinging] = useState(false)
  const [notice, setNotice] = useState(() => ('Notification' in window ? Notification.permission : 'denied'))

  // The page asks for the telephone before the shift, and gives it back when it is left.
  useEffect(() => {
    usePhoneChoice.setState({ checking: true })
    return () => {
      usePhoneChoice.setState({ checking: false })
      stopRinging()
    }
  }, [])
  const open = useCallback(async () => {
    try {
      const opened = await openMicrophone()
      setStream((before) => {
        before?.getTracks().forEach((track) => track.stop())
        return opened
      })
      setDenied(false)
      setDevices(await navigator.mediaDevices.enumerateDevices())
    } catch {
      setDenied(true)
    }
  }, [])
  useEffect(() => void open(), [open, microphone])
  useEffect(() => () => stream?.getTracks().forEach((track) => track.stop()), [stream])

  const switchEcho = async (on: boolean) => {
    setFailure(undefined)
    try {
      await client(BrowserPhones).setEcho({ phone: agentId, on })
      thePhone.unblock()
      setEcho(on)
      setBack(on ? thePhone.session()?.streams.in : undefined)
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  const level = useLevel(stream)
  const backLevel = useLevel(back)
  const options = (kind: MediaDeviceKind) => [{ value: '', label: t('standard') }, ...devices.filter((device) => device.kind === kind && device.deviceId && device.deviceId !== 'default').map((device) => ({ value: device.deviceId, label: device.label || device.deviceId.slice(0, 8) }))]
  const verdict = judge(phone.quality)
  const ms = (value: number | undefined) => (value === undefined ? '–' : `${Math.round(value)} ms`)
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1><StatusDot tone={phone.state === 'ready' ? 'good' : phone.state === 'off' ? 'off' : 'warn'} text={w(`phone_${phone.state}`)} /></div>
      <p className="muted">{t('intro')}</p>
      <div className="columns">
        <section className="card form"><h2>{t('microphone')}</h2>
          {denied && <div className="notice bad" role="alert"><div className="grow"><strong>{t('denied')}</strong><div className="small">{t('deniedHint')}</div></div><Button small onPress={() => void open()}>{c('retry')}</Button></div>}
          <SelectField label={t('microphone')} value={microphone} options={options('audioinput')} onChange={(value) => {
            set({ microphone: value })
            thePhone.remake()
          }} />
          <p className="muted small">{t('speak')}</p><Meter label={t('level')} level={level} />
        </section>
        <section className="card form"><h2>{t('speaker')}</h2>
          <SelectField label={t('speaker')} value={speaker} options={options('audiooutput')} onChange={(value) => {
            set({ speaker: value })
            void thePhone.session()?.setSpeaker(value)
          }} />
          <div><Button icon="speaker" pressed={ringing} onPress={() => {
            if (ringing) stopRinging()
            else startRinging()
            setRinging(!ringing)
          }}>{ringing ? t('stopRing') : t('ring')}</Button></div>
        </section>
        <section className="card form"><h2>{t('loop')}</h2>
          <p className="muted small">{t('loopHint')}</p>
          <div><Button kind="primary" icon={echo ? 'hold' : 'play'} pressed={echo} unavailable={phone.state === 'ready' ? undefined : w(`phone_${phone.state}`)} onPress={() => void switchEcho(!echo)}>{echo ? t('loopStop') : t('loopStart')}</Button></div>
          {failure !== undefined && <FailureNotice failure={failure} />}
          <Meter label={t('loopLevel')} level={backLevel} />
        </section>
        <section className="card form"><div className="card-head"><h2>{t('network')}</h2>{verdict && <StatusDot tone={TONES[verdict]} text={t(verdict)} />}</div>
          <dl className="facts">
            <dt>{t('roundTrip')}</dt><dd className="figure">{ms(phone.quality.roundTrip)}</dd>
            <dt>{t('jitter')}</dt><dd className="figure">{ms(phone.quality.jitter)}</dd>
            <dt>{t('loss')}</dt><dd className="figure">{phone.quality.loss === undefined ? '–' : `${(phone.quality.loss * 100).toFixed(1)} %`}</dd>
          </dl>
          <h3>{t('notice')}</h3>
          {notice === 'default' ? <div><Button onPress={() => void Notification.requestPermission().then(setNotice)}>{t('noticeAllow')}</Button></div> : <StatusDot tone={notice === 'granted' ? 'good' : 'off'} text={notice === 'granted' ? t('noticeOn') : t('noticeOff')} />}
        </section>
      </div>
    </div>
  )
}
