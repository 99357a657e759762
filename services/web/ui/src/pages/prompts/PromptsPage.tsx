// Prompts: spoken from a text, uploaded, or recorded with the microphone; listened to before they are used.
import { useRef, useState } from 'react'
import { client } from '@/api/transport'
import { Prompts } from '@/gen/trunkline/ivr/v1/ivr_pb'
import { clock } from '@/i18n/format'
import { useTexts } from '@/i18n/texts'
import { openMicrophone } from '@/phone/media'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { SelectField, TextField } from '@/ui/Field'
import { FailureNotice } from '@/ui/Notice'
import { promptsTexts } from './prompts.texts'
import { isTelephoneWav, MOST_BYTES, toTelephone } from './wav'

interface Made {
  id: string
  title: string
  millis: number
}

const KEY = 'trunkline.prompts'

export default function PromptsPage() {
  const t = useTexts(promptsTexts)
  const [text, setText] = useState('')
  const [language, setLanguage] = useState('zh')
  const [title, setTitle] = useState('')
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<unknown>()
  const [made, setMade] = useState<Made[]>(() => JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Made[])
  const [preview, setPreview] = useState<{ url: string; wav: Uint8Array }>()
  const [recorder, setRecorder] = useState<MediaRecorder>()
  const parts = useRef<Blob[]>([])
  const keep = (prompt: Made) => {
    const next = [prompt, ...made.filter((each) => each.id !== prompt.id)].slice(0, 50)
    setMade(next)
    sessionStorage.setItem(KEY, JSON.stringify(next))
  }
  const speak = async () => {
    if (!text.trim()) return setFaults({ text: t('missing') })
    setFaults({})
    setFailure(undefined)
    try {
      const prompt = await client(Prompts).renderPrompt({ text: text.trim(), language }, { timeoutMs: 60_000 })
      keep({ id: prompt.promptId, title: text.trim().slice(0, 60), millis: prompt.durationMillis })
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  const show = (wav: Uint8Array) => {
    if (wav.byteLength > MOST_BYTES) return setFaults({ file: t('tooLarge') })
    if (!isTelephoneWav(wav)) return setFaults({ file: t('notWav') })
    setFaults({})
    if (preview) URL.revokeObjectURL(preview.url)
    setPreview({ wav, url: URL.createObjectURL(new Blob([wav as BlobPart], { type: 'audio/wav' })) })
  }
  const record = async () => {
    if (recorder) return recorder.stop()
    try {
      const stream = await openMicrophone()
      const next = new MediaRecorder(stream)
      parts.current = []
      next.ondataavailable = ({ data }) => parts.current.push(data)
      next.onstop = () => {
        stream.getTracks().forEach((track) => track.stop())
        setRecorder(undefined)
        toTelephone(new Blob(parts.current)).then(show, setFailure)
      }
      next.start()
      setRecorder(next)
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  const upload = async () => {
    if (!preview) return
    if (!title.trim()) return setFaults({ title: t('missing') })
    setFailure(undefined)
    try {
      const prompt = await client(Prompts).uploadPrompt({ wav: preview.wav, title: title.trim() }, { timeoutMs: 60_000 })
      keep({ id: prompt.promptId, title: title.trim(), millis: prompt.durationMillis })
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <div className="page">
      <div className="page-head"><h1>{t('title')}</h1></div>
      {failure !== undefined && <FailureNotice failure={failure} />}
      <div className="columns">
        <section className="card form"><h2>{t('speak')}</h2>
          <TextField label={t('text')} lines={4} value={text} fault={faults.text} maxLength={1000} onChange={setText} />
          <SelectField label={t('language')} value={language} onChange={setLanguage} options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} />
          <div><Button kind="primary" onPress={() => void speak()}>{t('make')}</Button></div>
        </section>
        <section className="card form"><h2>{t('upload')}</h2>
          <p className="muted small">{t('uploadHint')}</p>
          <div className="row">
            <label className="button">{t('file')}<input className="hidden" type="file" accept=".wav,audio/wav" onChange={(event) => void event.target.files?.[0]?.arrayBuffer().then((buffer) => show(new Uint8Array(buffer)))} /></label>
            <Button icon={recorder ? 'hold' : 'record'} pressed={recorder !== undefined} onPress={() => void record()}>{recorder ? t('recordStop') : t('recordStart')}</Button>
          </div>
          {faults.file && <div className="fault" role="alert">{faults.file}</div>}
          {preview && <audio controls src={preview.url} aria-label={t('upload')} />}
          <TextField label={t('name')} value={title} fault={faults.title} maxLength={100} onChange={setTitle} />
          <div><Button kind="primary" unavailable={preview ? undefined : t('file')} onPress={() => void upload()}>{t('upload')}</Button></div>
        </section>
      </div>
      <DataTable label={t('made')} rows={made} id={(prompt) => prompt.id} empty={{ title: t('none'), hint: t('noneHint') }} columns={[
        { key: 'title', title: t('name'), width: '280px', cell: (prompt: Made) => prompt.title },
        { key: 'length', title: t('length'), width: '90px', right: true, cell: (prompt) => clock(prompt.millis / 1000) },
        { key: 'id', title: t('id'), cell: (prompt) => <code>{prompt.id}</code> },
      ]} />
    </div>
  )
}
