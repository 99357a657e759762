// How loud a stream is, many times a second, without keeping any of it.
import { useEffect, useState } from 'react'

export function useLevel(stream: MediaStream | undefined): number {
  const [level, setLevel] = useState(0)
  useEffect(() => {
    if (!stream || stream.getAudioTracks().length === 0) return setLevel(0)
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    analyser.fftSize = 512
    context.createMediaStreamSource(stream).connect(analyser)
    void context.resume()
    const samples = new Float32Array(analyser.fftSize)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      // -60 dB is nothing, 0 dB is all.
      setLevel(Math.max(0, Math.min(1, 1 + Math.log10(Math.max(power, 1e-9)) / 6)))
    }, 80)
    return () => {
      clearInterval(timer)
      void context.close()
    }
  }, [stream])
  return level
}
