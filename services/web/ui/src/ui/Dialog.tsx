// A window over the page, by the browser's own <dialog>: it keeps the focus inside and gives it back when closed.
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { common } from '@/i18n/common.texts'
import { useTexts } from '@/i18n/texts'
import { Button } from './Button'

interface DialogProps {
  title: string
  children: ReactNode
  // "side" opens at the right edge at full height.
  place?: 'middle' | 'side'
  wide?: boolean
  // Asked before it closes; false keeps it open.
  mayClose?: () => boolean
  onClose(): void
}

export function Dialog({ title, children, place = 'middle', wide, mayClose, onClose }: DialogProps) {
  const t = useTexts(common)
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  const close = () => {
    if (mayClose?.() ?? true) onClose()
  }
  return (
    <dialog ref={element} className={`dialog ${place}${wide ? ' broad' : ''}`} aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}>
      <header>
        <h2 id={heading}>{title}</h2>
        <Button kind="quiet" icon="cross" label={t('close')} onPress={close} />
      </header>
      <div className="body">{children}</div>
    </dialog>
  )
}
