// Files of a step: taken with the camera or chosen, made small, kept in this browser until they are sent.
import { useEffect, useState } from 'react'
import { useTexts } from '@/i18n/texts'
import { Icon } from '@/ui/Icon'
import { offlineTexts } from './offline.texts'
import { ordersTexts } from './orders.texts'
import type { KeptFile } from './outbox'
import { MOST_BYTES, scaleDown } from './photo'
import { read, remove, write } from '@/kept/store'

const MOST_FILES = 9

export function Files({ files, onChange }: { files: readonly KeptFile[]; onChange(files: KeptFile[]): void }) {
  const t = useTexts(ordersTexts)
  const o = useTexts(offlineTexts)
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const add = async (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])].slice(0, MOST_FILES - files.length)
    input.value = ''
    setFault('')
    setBusy(true)
    const added: KeptFile[] = []
    for (const file of chosen) {
      const { name, blob } = await scaleDown(file)
      if (blob.size > MOST_BYTES) {
        setFault(`${file.name}: ${t('tooLarge')}`)
        continue
      }
      const id = crypto.randomUUID()
      try {
        await write('files', id, { blob })
        added.push({ id, name, size: blob.size })
      } catch {
        setFault(o('storageFull'))
      }
    }
    setBusy(false)
    if (added.length > 0) onChange([...files, ...added])
  }
  const drop = (file: KeptFile) => {
    void remove('files', file.id)
    onChange(files.filter((each) => each.id !== file.id))
  }
  const full = files.length >= MOST_FILES || busy
  return (
    <div className="field wide">
      <div className="row">
        <label className="button file-button">{o('takePhoto')}<input className="hidden" type="file" accept="image/*" capture="environment" disabled={full} onChange={(event) => void add(event.target)} /></label>
        <label className="button file-button">{t('addFile')}<input className="hidden" type="file" multiple disabled={full} onChange={(event) => void add(event.target)} /></label>
      </div>
      {files.length > 0 && <ul className="thumbs">{files.map((file) => (
        <li key={file.id}>
          <Thumb file={file} /><span className="small">{file.name} · {Math.ceil(file.size / 1024)} KB</span>
          <button type="button" className="button quiet small sign" aria-label={o('dropFile', { name: file.name })} onClick={() => drop(file)}><Icon name="cross" size={16} /></button>
        </li>
      ))}</ul>}
      {fault && <div className="fault" role="alert">{fault}</div>}
    </div>
  )
}

function Thumb({ file }: { file: KeptFile }) {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    let made: string | undefined
    let gone = false
    void read<{ blob: Blob }>('files', file.id).then((kept) => {
      if (gone || !kept?.blob.type.startsWith('image/')) return
      made = URL.createObjectURL(kept.blob)
      setAddress(made)
    }, () => undefined)
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [file.id])
  return address ? <img src={address} alt="" width="44" height="44" /> : <Icon name="note" size={22} />
}
