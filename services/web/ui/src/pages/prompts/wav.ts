// Telephone WAV files: 8 kHz, 16 bit, one channel; checked before they travel, and made of what was recorded.
export const MOST_BYTES = Math.floor(3.5 * 1024 * 1024)
const RATE = 8000

export function isTelephoneWav(wav: Uint8Array): boolean {
  if (wav.byteLength < 44) return false
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength)
  const word = (at: number) => String.fromCharCode(...wav.subarray(at, at + 4))
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') return false
  for (let at = 12; at + 24 <= wav.byteLength; at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2)) {
    if (word(at) === 'fmt ') return view.getUint16(at + 8, true) === 1 && view.getUint16(at + 10, true) === 1 && view.getUint32(at + 12, true) === RATE && view.getUint16(at + 22, true) === 16
  }
  return false
}

export function makeWav(samples: Float32Array): Uint8Array {
  const wav = new Uint8Array(44 + samples.length * 2)
  const view = new DataView(wav.buffer)
  const word = (at: number, text: string) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)))
  word(0, 'RIFF')
  view.setUint32(4, 36 + samples.length * 2, true)
  word(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, RATE, true)
  view.setUint32(28, RATE * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  word(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, index) => view.setInt16(44 + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true))
  return wav
}

// What the browser recorded, as the telephone hears it.
export async function toTelephone(recorded: Blob): Promise<Uint8Array> {
  const context = new OfflineAudioContext(1, 1, RATE)
  const decoded = await context.decodeAudioData(await recorded.arrayBuffer())
  const resampler = new OfflineAudioContext(1, Math.max(1, Math.ceil(decoded.duration * RATE)), RATE)
  const source = resampler.createBufferSource()
  source.buffer = decoded
  source.connect(resampler.destination)
  source.start()
  return makeWav((await resampler.startRendering()).getChannelData(0))
}
