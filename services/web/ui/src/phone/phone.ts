// The telephone of the page. One tab leads (a Web Lock): it watches the phone's legs and holds the audio; the others mirror
// what it says over a channel. A reload, a new network or a crashed tab makes the session anew: the legs belong to the server.
import { Code, ConnectError } from '@connectrpc/connect'
import { client } from '@/api/transport'
import { millis } from '@/i18n/format'
import { BrowserMedia_State, BrowserPhones, PhoneLeg_State, type PhoneLeg, type WatchResponse } from '@/gen/trunkline/trunk/v1/browser_pb'
import { MediaSession, NoMicrophone } from './media'
import { initialPhone, usePhone, withLeg, type Leg, type PhoneView } from './state'

type Message = { kind: 'view'; view: PhoneView } | { kind: 'mute'; muted: boolean } | { kind: 'who' }

const STATES: Partial<Record<PhoneLeg_State, Leg['state']>> = { [PhoneLeg_State.RINGING]: 'ringing', [PhoneLeg_State.UP]: 'up', [PhoneLeg_State.ENDED]: 'ended' }
const PAUSES_MS = [200, 500, 1000, 2000, 4000]
// KeepAlive comes every 10 s.
const SILENCE_MS = 25_000

export function toLeg(leg: PhoneLeg): Leg {
  return {
    legId: leg.legId, callId: leg.callId, contactId: leg.contactId, state: STATES[leg.state] ?? 'ended',
    held: leg.held, heldByOther: leg.heldByOther, number: leg.callerNumber, name: leg.callerName,
    data: { ...leg.data }, startedAt: millis(leg.startTime) ?? Date.now(), answeredAt: millis(leg.answerTime),
  }
}

class Phone {
  private readonly name: string
  private readonly channel: BroadcastChannel
  private readonly stopping = new AbortController()
  private watching = new AbortController()
  private media: MediaSession | undefined
  private session = ''
  private making = false
  private leads = false
  private wake: (() => void) | undefined

  constructor(name: string) {
    this.name = name
    this.channel = new BroadcastChannel(`trunkline.phone.${name}`)
    this.channel.onmessage = ({ data }: MessageEvent<Message>) => this.heard(data)
  }

  start(): void {
    usePhone.setState({ ...initialPhone, state: 'mirror' })
    this.tell({ kind: 'who' })
    navigator.locks.request(`trunkline.phone.${this.name}`, { signal: this.stopping.signal }, () => this.lead()).catch(() => undefined)
  }

  stop(): void {
    this.stopping.abort()
    this.watching.abort()
    this.media?.close()
    this.channel.close()
    usePhone.setState(initialPhone)
  }

  mute(muted: boolean): void {
    if (!this.leads) return this.tell({ kind: 'mute', muted })
    this.media?.mute(muted)
    this.show({ muted })
  }

  // Somebody pressed something: sound may play now.
  unblock(): void {
    void this.media?.playAloud()
  }

  takeOver(): void {
    this.show({ state: 'starting' })
    this.wake?.()
  }

  get mediaSession(): MediaSession | undefined {
    return this.media
  }

  async remake(): Promise<void> {
    if (this.making || !this.session || this.stopping.signal.aborted) return
    this.making = true
    let again = false
    try {
      this.media?.close()
      const media = new MediaSession({
        onBroken: () => this.remakeSoon(),
        onSoundBlocked: (soundBlocked) => this.show({ soundBlocked }),
      })
      this.media = media
      const sdpOffer = await media.offer()
      const { sdpAnswer } = await client(BrowserPhones).connect({ phone: this.name, sessionId: this.session, sdpOffer })
      await media.accept(sdpAnswer)
      media.mute(usePhone.getState().muted)
      this.show({ state: 'ready', fault: '' })
    } catch (thrown) {
      if (thrown instanceof NoMicrophone) this.show({ state: 'noMicrophone', fault: thrown.message })
      else {
        this.show({ state: 'reconnecting', fault: ConnectError.from(thrown).rawMessage })
        again = true
      }
    } finally {
      this.making = false
    }
    if (again) setTimeout(() => void this.remake(), 1500)
  }

  private remakeSoon(): void {
    this.show({ state: 'reconnecting' })
    void this.remake()
  }

  // As long as this tab has the lock.
  private async lead(): Promise<void> {
    this.leads = true
    this.show({ state: 'starting' })
    const measure = setInterval(() => void this.media?.quality().then((quality) => this.show({ quality })), 2000)
    const online = () => this.watching.abort()
    addEventListener('online', online)
    navigator.mediaDevices?.addEventListener('devicechange', this.deviceChanged)
    for (let failures = 0; !this.stopping.signal.aborted; failures++) {
      const outcome = await this.watch()
      if (outcome === 'refused' || this.stopping.signal.aborted) break
      if (outcome === 'worked') failures = 0
      if (usePhone.getState().state === 'ready') this.show({ state: 'reconnecting' })
      await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]))
    }
    clearInterval(measure)
    removeEventListener('online', online)
    navigator.mediaDevices?.removeEventListener('devicechange', this.deviceChanged)
  }

  // One stream, until it breaks.
  private async watch(): Promise<'worked' | 'broken' | 'refused'> {
    this.watching = new AbortController()
    let silent: ReturnType<typeof setTimeout> | undefined
    let heard = false
    try {
      for await (const message of client(BrowserPhones).watch({ phone: this.name }, { signal: this.watching.signal, timeoutMs: 0 })) {
        heard = true
        clearTimeout(silent)
        silent = setTimeout(() => this.watching.abort(), SILENCE_MS)
        if (this.take(message)) {
          clearTimeout(silent)
          await this.untilTakenOver()
          break
        }
      }
    } catch (thrown) {
      const error = ConnectError.from(thrown)
      if (error.code === Code.PermissionDenied || error.code === Code.Unimplemented) {
        this.show({ state: 'off', fault: error.rawMessage })
        return 'refused'
      }
    } finally {
      clearTimeout(silent)
    }
    return heard ? 'worked' : 'broken'
  }

  private readonly deviceChanged = () => {
    if (usePhone.getState().state === 'noMicrophone') void this.remake()
  }

  // Whether the phone was taken over elsewhere.
  private take({ event }: WatchResponse): boolean {
    switch (event.case) {
      case 'snapshot':
        this.session = event.value.sessionId
        this.show({ legs: event.value.legs.map(toLeg).filter((leg) => leg.state !== 'ended') })
        void this.remake()
        return false
      case 'legChanged':
        this.show({ legs: withLeg(usePhone.getState().legs, toLeg(event.value)) })
        return false
      case 'mediaChanged':
        if (event.value.state === BrowserMedia_State.LOST) this.remakeSoon()
        return false
      case 'superseded':
        this.media?.close()
        this.show({ state: 'superseded', legs: [] })
        return true
      default:
        return false
    }
  }

  private untilTakenOver(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve
      this.stopping.signal.addEventListener('abort', () => resolve())
    })
  }

  private tell(message: Message): void {
    if (!this.stopping.signal.aborted) this.channel.postMessage(message)
  }

  private show(change: Partial<PhoneView>): void {
    if (this.stopping.signal.aborted) return
    usePhone.setState(change)
    if (this.leads) this.tell({ kind: 'view', view: usePhone.getState() })
  }

  private heard(message: Message): void {
    if (message.kind === 'view' && !this.leads) {
      const { state } = message.view
      usePhone.setState({ ...message.view, state: state === 'ready' ? 'mirror' : state })
    }
    if (message.kind === 'mute' && this.leads) this.mute(message.muted)
    if (message.kind === 'who' && this.leads) this.show({})
  }
}

let phone: Phone | undefined

export function startPhone(name: string): () => void {
  const mine = new Phone(name)
  phone = mine
  mine.start()
  return () => {
    mine.stop()
    if (phone === mine) phone = undefined
  }
}

export const thePhone = {
  mute: (muted: boolean) => phone?.mute(muted),
  unblock: () => phone?.unblock(),
  takeOver: () => phone?.takeOver(),
  remake: () => void phone?.remake(),
  session: () => phone?.mediaSession,
}
