// The largest sample of each stretch of a 16-bit WAV, by channel: what a waveform is drawn from, without decoding the audio.
export interface Peaks {
  peaks: number[][]
  duration: number
}

const STRETCHES = 1200

export function peaksOf(wav: Uint8Array): Peaks {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength)
  let at = 12
  let channels = 1
  let rate = 8000
  while (at + 8 <= wav.byteLength) {
    const name = String.fromCharCode(...wav.subarray(at, at + 4))
    const size = view.getUint32(at + 4, true)
    if (name === 'fmt ') {
      channels = view.getUint16(at + 10, true)
      rate = view.getUint32(at + 12, true)
    }
    if (name === 'data') return measure(view, at + 8, Math.min(size, wav.byteLength - at - 8), channels, rate)
    at += 8 + size + (size % 2)
  }
  return { peaks: [[0], [0]], duration: 0 }
}

function measure(view: DataView, start: number, size: number, channels: number, rate: number): Peaks {
  const frames = Math.floor(size / (2 * channels))
  const stretch = Math.max(1, Math.ceil(frames / STRETCHES))
  const peaks = Array.from({ length: channels }, () => [] as number[])
  for (let from = 0; from < frames; from += stretch) {
    for (let channel = 0; channel < channels; channel++) {
      let most = 0
      for (let frame = from; frame < Math.min(from + stretch, frames); frame++) {
        most = Math.max(most, Math.abs(view.getInt16(start + 2 * (frame * channels + channel), true)))
      }
      peaks[channel]?.push(most / 32768)
    }
  }
  return { peaks, duration: frames / rate }
}
