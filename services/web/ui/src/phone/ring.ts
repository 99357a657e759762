// The bell: two notes from the computer itself, so that nothing must be loaded, on the loudspeaker that was chosen.
import { usePreferences } from '@/i18n/preferences'

let context: AudioContext | undefined
let timer: ReturnType<typeof setInterval> | undefined

function chime(): void {
  if (!context) return
  for (const [at, frequency] of [[0, 880], [0.22, 1108]] as const) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, context.currentTime + at)
    volume.gain.linearRampToValueAtTime(0.2, context.currentTime + at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + at + 0.2)
    tone.connect(volume).connect(context.destination)
    tone.start(context.currentTime + at)
    tone.stop(context.currentTime + at + 0.22)
  }
}

// Once, for what is no call: an order that came.
export function ringOnce(): void {
  context ??= new AudioContext()
  void context.resume()
  const { speaker } = usePreferences.getState()
  if (speaker) void (context as AudioContext & { setSinkId?(id: string): Promise<void> }).setSinkId?.(speaker).catch(() => undefined)
  chime()
}

export function startRinging(): void {
  if (timer) return
  ringOnce()
  timer = setInterval(chime, 2000)
}

export function stopRinging(): void {
  clearInterval(timer)
  timer = undefined
}
