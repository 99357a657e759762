// A waveform of two channels with speed and marks. J, K, L as in every editor of sound.
import { useEffect, useRef, useState } from 'react'
import WaveSurfer from 'wavesurfer.js'
import { isTyping } from '@/app/shortcuts'
import { clock } from '@/i18n/format'
import { usePreferences } from '@/i18n/preferences'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { peaksOf } from './peaks'
import { recordingsTexts } from './recordings.texts'

const SPEEDS = [0.75, 1, 1.25, 1.5, 2]

interface Mark {
  at: number
  text: string
}

function loadMarks(id: string): Mark[] {
  try {
    return JSON.parse(localStorage.getItem(`trunkline.marks.${id}`) ?? '[]') as Mark[]
  } catch {
    return []
  }
}

export function Player({ id, wav }: { id: string; wav: Uint8Array }) {
  const t = useTexts(recordingsTexts)
  const theme = usePreferences((state) => state.theme)
  const place = useRef<HTMLDivElement>(null)
  const wave = useRef<WaveSurfer>(undefined)
  const [at, setAt] = useState(0)
  const [length, setLength] = useState(0)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)
  const [marks, setMarks] = useState<Mark[]>(() => loadMarks(id))
  const [text, setText] = useState('')

  useEffect(() => {
    if (!place.current) return
    const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
    const url = URL.createObjectURL(new Blob([wav as BlobPart], { type: 'audio/wav' }))
    const { peaks, duration } = peaksOf(wav)
    const made = WaveSurfer.create({
      container: place.current, url, height: 76, peaks, duration, cursorColor: colour('--text'), barWidth: 2, barGap: 1,
      splitChannels: [{ waveColor: colour('--wrap'), progressColor: colour('--text') }, { waveColor: colour('--info'), progressColor: colour('--text') }],
    })
    wave.current = made
    made.on('ready', (total) => setLength(total))
    made.on('timeupdate', setAt)
    made.on('play', () => setPlaying(true))
    made.on('pause', () => setPlaying(false))
    return () => {
      made.destroy()
      URL.revokeObjectURL(url)
    }
  }, [wav, theme])

  const skip = (seconds: number) => wave.current?.setTime(Math.min(length, Math.max(0, (wave.current?.getCurrentTime() ?? 0) + seconds)))
  const keep = (next: Mark[]) => {
    const sorted = [...next].sort((a, b) => a.at - b.at).slice(0, 100)
    setMarks(sorted)
    localStorage.setItem(`trunkline.marks.${id}`, JSON.stringify(sorted))
  }
  const mark = () => {
    keep([...marks, { at: wave.current?.getCurrentTime() ?? 0, text: text.trim() }])
    setText('')
  }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      const action = { KeyJ: () => skip(-5), KeyK: () => void wave.current?.playPause(), KeyL: () => skip(5), KeyM: mark }[event.code]
      if (!action) return
      event.preventDefault()
      action()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
  return (
    <section className="card player">
      <div className="wave" role="img" aria-label={t('waveform')}>
        <div className="wave-names" aria-hidden="true"><span>{t('customer')}</span><span>{t('agent')}</span></div>
        <div ref={place} className="grow" />
      </div>
      <div className="row">
        <Button icon="down" label={t('back')} keys="J" onPress={() => skip(-5)} />
        <Button kind="primary" icon={playing ? 'hold' : 'play'} keys="K" onPress={() => void wave.current?.playPause()}>{playing ? t('pause') : t('play')}</Button>
        <Button icon="up" label={t('forward')} keys="L" onPress={() => skip(5)} />
        <span className="figure">{clock(at)} / {clock(length)}</span>
        <span className="grow" />
        <label className="row">{t('speed')}
          <select value={speed} onChange={(event) => {
            setSpeed(Number(event.target.value))
            wave.current?.setPlaybackRate(Number(event.target.value), true)
          }}>{SPEEDS.map((value) => <option key={value} value={value}>{value} ×</option>)}</select>
        </label>
      </div>
      <p className="muted small">{t('keys')}</p>
      <form className="filters" onSubmit={(event) => {
        event.preventDefault()
        mark()
      }}>
        <TextField label={t('markText')} value={text} onChange={setText} maxLength={200} />
        <Button type="submit" icon="plus">{t('mark')}</Button>
      </form>
      {marks.length === 0 ? <p className="muted small">{t('noMarks')}</p> : (
        <ol className="log" aria-label={t('marks')}>{marks.map((each, index) => (
          <li key={`${each.at}-${index}`} className="row">
            <Button small kind="quiet" onPress={() => wave.current?.setTime(each.at)}>{clock(each.at)}</Button><span className="grow">{each.text}</span>
            <Button small kind="quiet" icon="cross" label={`${t('mark')} ${clock(each.at)}`} onPress={() => keep(marks.filter((_, other) => other !== index))} />
          </li>
        ))}</ol>
      )}
    </section>
  )
}
