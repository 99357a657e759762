// Tabs that the arrow keys walk through.
import type { KeyboardEvent } from 'react'

interface TabsProps {
  label: string
  tabs: { key: string; title: string; count?: number | undefined }[]
  chosen: string
  onChoose(key: string): void
}

export function Tabs({ label, tabs, chosen, onChoose }: TabsProps) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const at = tabs.findIndex((tab) => tab.key === chosen)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (!next) return
    onChoose(next.key)
    event.currentTarget.querySelector<HTMLElement>(`[data-key="${next.key}"]`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map((tab) => (
        <button key={tab.key} type="button" role="tab" data-key={tab.key} aria-selected={tab.key === chosen}
          tabIndex={tab.key === chosen ? 0 : -1} onClick={() => onChoose(tab.key)}>
          {tab.title}{tab.count !== undefined && <span className="figure"> {tab.count}</span>}
        </button>
      ))}
    </div>
  )
}
