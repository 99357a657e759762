// A waveform of two channels with speed and marks. J, K, L as in every editor of sound.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import WaveSurfer from 'wavesurfer.js'
import { client } from '@/api/transport'
import { isTyping } from '@/app/shortcuts'
import { Marks } from '@/gen/trunkline/recording/v1/marks_pb'
import { clock, seconds } from '@/i18n/format'
import { usePreferences } from '@/i18n/preferences'
import { useTexts } from '@/i18n/texts'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { FailureNotice, useFailureText, useToasts } from '@/ui/Notice'
import { duration } from '../admin/duration'
import { peaksOf } from './peaks'
import { recordingsTexts } from './recordings.texts'

const SPEEDS = [0.75, 1, 1.25, 1.5, 2]

export function Player({ id, wav }: { id: string; wav: Uint8Array }) {
  const t = useTexts(recordingsTexts)
  const theme = usePreferences((state) => state.theme)
  const place = useRef<HTMLDivElement>(null)
  const wave = useRef<WaveSurfer>(undefined)
  const [at, setAt] = useState(0)
  const [length, setLength] = useState(0)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)
  const toast = useToasts((toasts) => toasts.add)
  const failureText = useFailureText()
  const marks = useQuery({ queryKey: ['marks', id], queryFn: async ({ signal }) => (await client(Marks).listMarks({ recordingId: id }, { signal })).marks })
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
  const change = (action: Promise<unknown>) => action.then(() => marks.refetch(), (thrown: unknown) => toast('bad', failureText(thrown)))
  const mark = () => {
    const typed = text.trim()
    const place = wave.current?.getCurrentTime() ?? 0
    void client(Marks).addMark({ recordingId: id, place: duration(place), text: typed }).then(() => {
      setText((now) => (now.trim() === typed ? '' : now))
      return marks.refetch()
    }, (thrown: unknown) => toast('bad', failureText(thrown)))
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
      {marks.error && <FailureNotice failure={marks.error} onRetry={() => void marks.refetch()} />}
      {marks.data?.length === 0 && <p className="muted small">{t('noMarks')}</p>}
      <ol className="log" aria-label={t('marks')}>{(marks.data ?? []).map((each) => (
        <li key={String(each.markId)} className="row">
          <Button small kind="quiet" onPress={() => wave.current?.setTime(seconds(each.place))}>{clock(seconds(each.place))}</Button><span className="grow">{each.text}</span>
          <span className="muted small">{each.authorName}</span>
          <Button small kind="quiet" icon="cross" label={`${t('mark')} ${clock(seconds(each.place))}`} onPress={() => void change(client(Marks).deleteMark({ recordingId: id, markId: each.markId }))} />
        </li>
      ))}</ol>
    </section>
  )
}
