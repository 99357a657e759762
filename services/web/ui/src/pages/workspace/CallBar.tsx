// Always in the same place on every page: state, caller, and every hand on the call. What cannot be done now says why.
import { useEffect } from 'react'
import { create } from 'zustand'
import { useConnection } from '@/api/live'
import { useAgentId } from '@/app/session'
import { keyName, useShortcuts } from '@/app/shortcuts'
import { AgentState } from '@/gen/trunkline/acd/v1/resources_pb'
import { clock, maskNumber } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { startRinging, stopRinging } from '@/phone/ring'
import { mainLeg, usePhone, type Leg } from '@/phone/state'
import { Icon, type IconName } from '@/ui/Icon'
import { useFailureText, useToasts } from '@/ui/Notice'
import { Elapsed, useNow } from '@/ui/Status'
import { desk, startDesk, useDesk } from './desk'
import { DialDialog, KeypadDialog, TargetDialog } from './dialogs'
import { MoreMenu } from './MoreMenu'
import { usePhoneStart } from './phoneStart'
import { StateMenu } from './StateMenu'
import { workspaceTexts } from './workspace.texts'
import '@/styles/workspace.css'

type Open = 'none' | 'transfer' | 'consult' | 'keypad' | 'dial'

// Which window of the call bar is open; the command bar and keys open them too.
export const useBarWindow = create<{ open: Open }>(() => ({ open: 'none' }))

interface BarButton {
  code: string
  icon: IconName
  label: string
  kind?: 'good' | 'danger'
  pressed?: boolean
  unavailable: string | undefined
  run(): void
}

export function useRun(): (action: Promise<unknown>) => void {
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  return (action) => void action.catch((thrown: unknown) => toast('bad', failureText(thrown)))
}

const THROTTLE_MS = 1000
const LOST_AFTER_MS = 2000
let lastHangUp = 0

function useButtons(ringing: Leg | undefined): BarButton[] {
  const t = useTexts(workspaceTexts)
  const { conversation, agent } = useDesk()
  const { up, lostAt } = useConnection()
  const now = useNow()
  const phone = usePhone()
  const run = useRun()
  const leg = mainLeg(phone.legs)
  const talking = Boolean(conversation?.contactId) && (leg?.state === 'up' || [AgentState.TALKING, AgentState.HELD].includes(agent?.state ?? 0))
  // A stream that is made anew within a moment is no reason to drop a key that was pressed; the banner waits as long.
  const lost = up || now - lostAt < LOST_AFTER_MS ? undefined : t('lineLost')
  const noCall = lost ?? (talking ? undefined : t('noCall'))
  // Whichever is heard first: the state of the agent or how the conversation stands.
  const held = conversation?.held || agent?.state === AgentState.HELD
  const muted = conversation?.muted ?? phone.muted
  const show = (open: Open) => useBarWindow.setState({ open })
  return [
    { code: 'KeyA', icon: 'phone', label: t('answer'), kind: 'good', unavailable: lost ?? (ringing ? undefined : phone.state === 'off' && agent?.state === AgentState.RESERVED ? t('deskPhone') : t('notRinging')), run: () => run(desk.answer()) },
    { code: 'KeyX', icon: 'hangUp', label: ringing && !talking ? t('reject') : t('hangUp'), kind: 'danger', unavailable: lost ?? (talking || ringing ? undefined : t('noCall')), run: () => {
      if (Date.now() - lastHangUp < THROTTLE_MS) return
      lastHangUp = Date.now()
      run(desk.hangUp())
    } },
    { code: 'KeyH', icon: held ? 'play' : 'hold', label: held ? t('resume') : t('hold'), pressed: held, unavailable: noCall, run: () => run(held ? desk.resume() : desk.hold()) },
    { code: 'KeyM', icon: muted ? 'mute' : 'microphone', label: muted ? t('unmute') : t('mute'), pressed: muted, unavailable: noCall, run: () => run(desk.mute(!muted)) },
    { code: 'KeyT', icon: 'transfer', label: t('transfer'), unavailable: noCall, run: () => show('transfer') },
    { code: 'KeyC', icon: 'conference', label: t('consult'), unavailable: noCall, run: () => show('consult') },
    { code: 'KeyD', icon: 'keypad', label: talking ? t('keypad') : t('dial'), unavailable: lost ?? (talking || agent?.state === AgentState.NOT_READY || agent?.state === AgentState.READY ? undefined : t('noCall')), run: () => show(talking ? 'keypad' : 'dial') },
    { code: 'KeyN', icon: 'note', label: t('note'), unavailable: undefined, run: () => document.getElementById('contact-notes')?.focus() },
  ]
}

function Caller({ ringing }: { ringing: Leg | undefined }) {
  const t = useTexts(workspaceTexts)
  const { conversation } = useDesk()
  const { legs } = usePhone()
  const leg = ringing ?? mainLeg(legs)
  const number = conversation?.number || leg?.number
  if (!leg && !conversation?.contactId) return <div className="bar-caller muted">{t('noCall')}</div>
  const path = conversation?.data.path ?? conversation?.data.ivr_path ?? leg?.data['X-Path'] ?? ''
  return (
    <div className={`bar-caller${ringing ? ' ringing' : ''}`} role={ringing ? 'alert' : undefined}>
      <strong className="figure">{maskNumber(number ?? '')}</strong>
      <span className="bar-facts">
        {[conversation?.queueId, path, conversation?.outbound && t('outbound'), conversation?.held && t('onHold'), conversation?.muted && t('muted'), conversation?.supervised && t('supervised')].filter(Boolean).join(' · ')}
      </span>
      {leg?.answeredAt !== undefined && <Elapsed since={leg.answeredAt} />}
      {ringing && <span>{t('ringing')}</span>}
    </div>
  )
}

// Title of the tab, sound and a notice of the system while it rings.
function useAlarm(ringing: Leg | undefined) {
  const t = useTexts(workspaceTexts)
  const queue = useDesk((view) => view.conversation?.queueId ?? '')
  const id = ringing?.legId
  const number = maskNumber(ringing?.number ?? '')
  useEffect(() => {
    if (!id) return
    const title = document.title
    let on = false
    const flash = setInterval(() => {
      on = !on
      document.title = on ? `☎ ${number}` : title
    }, 700)
    startRinging()
    let notice: Notification | undefined
    if (document.hidden && 'Notification' in window && Notification.permission === 'granted') notice = new Notification(t('incoming', { number, queue }))
    return () => {
      clearInterval(flash)
      document.title = title
      stopRinging()
      notice?.close()
    }
    // The queue may come a moment later; that is no new alarm.
  }, [id]) // eslint-disable-line react-hooks/exhaustive-deps
}

export function CallBar() {
  const t = useTexts(workspaceTexts)
  const agentId = useAgentId()
  const { legs } = usePhone()
  const { open } = useBarWindow()
  const ringing = legs.find((leg) => leg.state === 'ringing')
  useEffect(() => startDesk(agentId), [agentId])
  usePhoneStart(agentId)
  useAlarm(ringing)
  const buttons = useButtons(ringing)
  useShortcuts('call-bar', buttons.map((button) => ({ code: button.code, label: [button.label, button.label], unavailable: button.unavailable, run: button.run })))
  const close = () => useBarWindow.setState({ open: 'none' })
  return (
    <section className={`call-bar${ringing ? ' ringing' : ''}`} aria-label={t('bar')}>
      <StateMenu />
      <Caller ringing={ringing} />
      <div className="bar-buttons" role="toolbar" aria-label={t('bar')}>
        {buttons.map((button) => (
          <button key={button.code} type="button" className={`bar-button ${button.kind ?? ''}`} aria-disabled={button.unavailable ? true : undefined} aria-pressed={button.pressed}
            aria-keyshortcuts={keyName(button.code)} title={`${button.label} (${keyName(button.code)})${button.unavailable ? `: ${button.unavailable}` : ''}`}
            onClick={() => {
              if (!button.unavailable) button.run()
            }}>
            <Icon name={button.icon} /><span>{button.label}</span>
          </button>
        ))}
        <MoreMenu />
      </div>
      <LiveRegion ringing={ringing} />
      {open === 'transfer' && <TargetDialog title={t('transfer')} onClose={close} onChoose={desk.transfer} />}
      {open === 'consult' && <TargetDialog title={t('consult')} onClose={close} onChoose={desk.consult} />}
      {open === 'keypad' && <KeypadDialog onClose={close} />}
      {open === 'dial' && <DialDialog onClose={close} />}
    </section>
  )
}

// What a screen reader hears of calls.
function LiveRegion({ ringing }: { ringing: Leg | undefined }) {
  const t = useTexts(workspaceTexts)
  const { conversation } = useDesk()
  return <div className="hidden" role="status" aria-live="polite">{ringing ? t('incoming', { number: maskNumber(ringing.number), queue: conversation?.queueId ?? '' }) : conversation?.held ? t('onHold') : ''}</div>
}

export function Waited({ since, until }: { since: number; until?: number }) {
  const t = useTexts(workspaceTexts)
  const now = useNow()
  return <>{t('waited', { time: clock(((until ?? now) - since) / 1000) })}</>
}
