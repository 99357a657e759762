// A button that says why it cannot be pressed: it stays in the order of keys, and its tooltip gives the reason.
import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon'

export interface ButtonProps {
  children?: ReactNode
  icon?: IconName
  kind?: 'primary' | 'plain' | 'danger' | 'quiet' | 'good'
  small?: boolean
  // Only the sign is seen; `label` is then read aloud.
  label?: string
  // Why it cannot be pressed now.
  unavailable?: string | undefined
  busy?: boolean
  // Shown in the tooltip: "Alt+H".
  keys?: string
  pressed?: boolean
  type?: 'button' | 'submit'
  onPress?: () => void
  id?: string
}

export function Button(props: ButtonProps) {
  const { children, icon, kind = 'plain', small, label, unavailable, busy, keys, pressed, type = 'button' } = props
  const off = Boolean(unavailable) || Boolean(busy)
  const name = label ?? (typeof children === 'string' ? children : '')
  const tip = unavailable ?? (keys ? `${name} (${keys})` : label)
  return (
    <button
      id={props.id}
      type={type}
      className={`button ${kind}${small ? ' small' : ''}${children ? '' : ' sign'}`}
      aria-label={label}
      aria-disabled={off || undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      data-busy={busy || undefined}
      title={tip}
      onClick={(event) => {
        if (off) {
          event.preventDefault()
          return
        }
        props.onPress?.()
      }}
    >
      {icon && <Icon name={icon} size={small ? 16 : 18} />}
      {children && <span>{children}</span>}
    </button>
  )
}
