// One large figure with its target beside it; a sign says what the colour says.
import { Icon } from './Icon'

interface TileProps {
  name: string
  value: string
  target?: string | undefined
  mood?: 'good' | 'warn' | 'bad' | undefined
}

const SIGNS = { good: 'check', warn: 'warning', bad: 'down' } as const

export function Tile({ name, value, target, mood }: TileProps) {
  return (
    <div className={`tile ${mood ?? ''}`}>
      <span className="name">{name}</span>
      <span className="value">{mood && <Icon name={SIGNS[mood]} size={18} />} {value}</span>
      <span className="target">{target ?? '\u00a0'}</span>
    </div>
  )
}
