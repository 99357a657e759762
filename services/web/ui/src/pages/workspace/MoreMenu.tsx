// The rarer hands on a call: park, recording, and everything about consultations and conferences.
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '@/i18n/texts'
import { Icon } from '@/ui/Icon'
import { useRun } from './CallBar'
import { desk, useDesk } from './desk'
import { workspaceTexts } from './workspace.texts'

export function MoreMenu() {
  const t = useTexts(workspaceTexts)
  const run = useRun()
  const { conversation } = useDesk()
  const [open, setOpen] = useState(false)
  const [paused, setPaused] = useState(false)
  const element = useRef<HTMLDivElement>(null)
  const contact = conversation?.contactId ?? ''
  useEffect(() => setPaused(false), [contact])
  useEffect(() => {
    if (!open) return
    element.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    const away = (event: PointerEvent) => {
      if (!element.current?.contains(event.target as Node)) setOpen(false)
    }
    addEventListener('pointerdown', away)
    return () => removeEventListener('pointerdown', away)
  }, [open])
  const consulted = (conversation?.parties ?? []).some((party) => party.kind === 'CONSULTED')
  const items: { key: string; label: string; run(): Promise<void> }[] = contact === '' ? [] : [
    ...(consulted ? [
      { key: 'complete', label: t('complete'), run: desk.complete }, { key: 'join', label: t('join'), run: desk.join },
      { key: 'swap', label: t('swap'), run: desk.swap }, { key: 'return', label: t('return'), run: desk.return },
    ] : []),
    { key: 'park', label: t('park'), run: desk.park },
    { key: 'recording', label: paused ? t('resumeRecording') : t('pauseRecording'), run: async () => {
      await desk.pauseRecording(!paused)
      setPaused(!paused)
    } },
  ]
  return (
    <div className="more-menu" ref={element} onKeyDown={(event) => {
      if (!open) return
      const all = [...(element.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
      const at = all.indexOf(document.activeElement as HTMLElement)
      if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus()
      else if (event.key === 'ArrowUp') all[(at - 1 + all.length) % all.length]?.focus()
      else if (event.key === 'Escape') setOpen(false)
      else return
      event.preventDefault()
    }}>
      <button type="button" className="bar-button" aria-haspopup="menu" aria-expanded={open} aria-disabled={contact === '' || undefined} title={contact === '' ? `${t('more')}: ${t('noCall')}` : t('more')}
        onClick={() => contact !== '' && setOpen(!open)}>
        <Icon name="more" /><span>{t('more')}</span>
      </button>
      {open && <div className="menu right" role="menu" aria-label={t('more')}>
        {items.map((item) => <button key={item.key} type="button" role="menuitem" onClick={() => {
          setOpen(false)
          run(item.run())
        }}><span>{item.label}</span></button>)}
      </div>}
    </div>
  )
}
