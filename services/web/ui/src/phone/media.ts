// One WebRTC session with the gateway: microphone out, voice in, remade as a whole whenever it breaks.
import { usePreferences } from '@/i18n/preferences'
import type { Quality } from './state'

export class NoMicrophone extends Error {}

export interface MediaEvents {
  // The session is of no use any more; make a new one.
  onBroken(): void
  onSoundBlocked(blocked: boolean): void
}

// All candidates travel in the offer; a gateway on the same network needs no more time than this.
const GATHER_MS = 1500

export class MediaSession {
  private readonly peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' })
  private readonly audio = new Audio()
  private readonly events: MediaEvents
  private stream: MediaStream | undefined
  private closed = false
  private broken: ReturnType<typeof setTimeout> | undefined

  constructor(events: MediaEvents) {
    this.events = events
    this.audio.autoplay = true
    this.peer.ontrack = ({ track }) => {
      this.audio.srcObject = new MediaStream([track])
      void this.playAloud()
    }
    this.peer.onconnectionstatechange = () => this.watchState()
  }

  // The offer, with the microphone in it.
  async offer(): Promise<string> {
    this.stream = await openMicrophone()
    for (const track of this.stream.getAudioTracks()) {
      this.peer.addTrack(track, this.stream)
      track.onended = () => this.fail()
    }
    await this.peer.setLocalDescription(await this.peer.createOffer())
    await this.gathered()
    return this.peer.localDescription?.sdp ?? ''
  }

  async accept(answer: string): Promise<void> {
    await this.peer.setRemoteDescription({ type: 'answer', sdp: answer })
    await this.setSpeaker(usePreferences.getState().speaker)
  }

  mute(muted: boolean): void {
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !muted
  }

  async playAloud(): Promise<void> {
    try {
      await this.audio.play()
      this.events.onSoundBlocked(false)
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'NotAllowedError') this.events.onSoundBlocked(true)
    }
  }

  async setSpeaker(device: string): Promise<void> {
    const audio = this.audio as HTMLAudioElement & { setSinkId?(id: string): Promise<void> }
    // A device that was unplugged: the default one is better than silence.
    await audio.setSinkId?.(device).catch(() => audio.setSinkId?.(''))
  }

  // What goes out and what comes in, for the device check.
  get streams(): { out: MediaStream | undefined; in: MediaStream | undefined } {
    return { out: this.stream, in: this.audio.srcObject instanceof MediaStream ? this.audio.srcObject : undefined }
  }

  async quality(): Promise<Quality> {
    const found: Quality = { roundTrip: undefined, jitter: undefined, loss: undefined }
    if (this.closed) return found
    const reports = (await this.peer.getStats()) as unknown as Map<string, Record<string, unknown>>
    for (const report of reports.values()) {
      if (report.type === 'candidate-pair' && report.nominated && typeof report.currentRoundTripTime === 'number') found.roundTrip = report.currentRoundTripTime * 1000
      if (report.type !== 'inbound-rtp') continue
      if (typeof report.jitter === 'number') found.jitter = report.jitter * 1000
      const [lost, received] = [Math.max(0, Number(report.packetsLost ?? 0)), Number(report.packetsReceived ?? 0)]
      if (received > 0) found.loss = lost / (received + lost)
    }
    return found
  }

  close(): void {
    this.closed = true
    clearTimeout(this.broken)
    this.peer.close()
    this.stream?.getTracks().forEach((track) => track.stop())
    this.audio.srcObject = null
  }

  private gathered(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS)
      const look = () => {
        if (this.peer.iceGatheringState !== 'complete') return
        clearTimeout(timer)
        resolve()
      }
      this.peer.onicegatheringstatechange = look
      look()
    })
  }

  private watchState(): void {
    const state = this.peer.connectionState
    clearTimeout(this.broken)
    if (state === 'failed') this.fail()
    // A short break mends itself; a longer one does not.
    if (state === 'disconnected') this.broken = setTimeout(() => this.fail(), 3000)
  }

  private fail(): void {
    if (!this.closed) this.events.onBroken()
  }
}

export async function openMicrophone(): Promise<MediaStream> {
  const { microphone } = usePreferences.getState()
  const wanted = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: microphone ? { ...wanted, deviceId: { ideal: microphone } } : wanted })
  } catch (thrown) {
    throw new NoMicrophone(thrown instanceof Error ? thrown.name : String(thrown))
  }
}
