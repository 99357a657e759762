// The agent's state with its time, the state that follows, and the way to another one.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { client } from '@/api/transport'
import { useCan } from '@/app/session'
import { keyName, useShortcuts } from '@/app/shortcuts'
import { Agents } from '@/gen/trunkline/acd/v1/acd_pb'
import { AgentState } from '@/gen/trunkline/acd/v1/resources_pb'
import { stateReasons } from '@/i18n/states.texts'
import { useTexts, useWord } from '@/i18n/texts'
import { usePhone } from '@/phone/state'
import { thePhone } from '@/phone/phone'
import { AgentStatus } from '@/ui/AgentStatus'
import { Icon } from '@/ui/Icon'
import { Elapsed } from '@/ui/Status'
import { useRun } from './CallBar'
import { desk, useDesk } from './desk'
import { usePhoneChoice } from './phoneStart'
import { workspaceTexts } from './workspace.texts'

export const REASONS = ['BREAK', 'LUNCH', 'TRAINING', 'MEETING', 'CALLBACK', 'PAPERWORK'] as const

// Those that the operator configured for agents, else the usual ones.
function useReasons(): { word: string; label: string }[] {
  const name = useWord(stateReasons)
  const can = useCan()
  const kept = useQuery({ queryKey: ['reasons'], enabled: can('acd.agents.read'), staleTime: 60_000, retry: false, queryFn: async ({ signal }) => (await client(Agents).listReasons({}, { signal })).reasons })
  if (!kept.data?.length) return REASONS.map((word) => ({ word, label: name(word) }))
  return kept.data.filter((each) => each.agentMaySet).map(({ reason: word, title }) => ({ word, label: word in stateReasons ? name(word) : title || word }))
}

export function StateMenu() {
  const t = useTexts(workspaceTexts)
  const reason = useWord(stateReasons)
  const run = useRun()
  const { agent, since } = useDesk()
  const phone = usePhone()
  const { wanted, choose } = usePhoneChoice()
  const reasons = useReasons()
  const [open, setOpen] = useState(false)
  const element = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useShortcuts('state-menu', [{ code: 'KeyS', label: ['状态菜单', 'State menu'], run: () => setOpen(true) }])
  useEffect(() => {
    if (!open) return
    element.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    const away = (event: PointerEvent) => {
      if (!element.current?.contains(event.target as Node)) setOpen(false)
    }
    addEventListener('pointerdown', away)
    return () => removeEventListener('pointerdown', away)
  }, [open])
  const out = !agent || agent.state === AgentState.LOGGED_OUT
  const items: { key: string; label: string; run(): Promise<void> }[] = out
    ? [{ key: 'in', label: t('signIn'), run: desk.signIn }]
    : [
        { key: 'ready', label: t('ready'), run: () => desk.setState(AgentState.READY) },
        ...reasons.map(({ word, label }) => ({ key: word, label, run: () => desk.setState(AgentState.NOT_READY, word) })),
        { key: 'out', label: t('signOut'), run: desk.signOut },
      ]
  const choosing = (item: (typeof items)[number]) => {
    setOpen(false)
    button.current?.focus()
    run(item.run())
  }
  return (
    <div className="state-menu" ref={element} onKeyDown={(event) => {
      if (!open) return
      const all = [...(element.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
      const at = all.indexOf(document.activeElement as HTMLElement)
      if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus()
      else if (event.key === 'ArrowUp') all[(at - 1 + all.length) % all.length]?.focus()
      else if (event.key === 'Escape') {
        setOpen(false)
        button.current?.focus()
      } else if (/^[1-9]$/.test(event.key) && items[Number(event.key) - 1]) choosing(items[Number(event.key) - 1] as (typeof items)[number])
      else return
      event.preventDefault()
    }}>
      <button ref={button} type="button" className="state-button" aria-haspopup="menu" aria-expanded={open} aria-keyshortcuts={keyName('KeyS')} title={`${t('stateMenu')} (${keyName('KeyS')})`} onClick={() => setOpen(!open)}>
        <span className="state-line">{agent ? <AgentStatus agent={agent} /> : <span className="muted">…</span>}{!out && <Elapsed since={since} />}</span>
        <span className="state-next small muted">
          {agent?.nextState === AgentState.NOT_READY ? t('nextState', { state: reason(agent.nextStateReason) }) : <PhoneLine />}
        </span>
        <Icon name="down" size={14} />
      </button>
      {open && (
        <div className="menu" role="menu" aria-label={t('stateMenu')}>
          {items.map((item, index) => (
            <button key={item.key} type="button" role="menuitem" onClick={() => choosing(item)}><span>{item.label}</span><kbd>{index + 1}</kbd></button>
          ))}
          <label className="menu-check"><input type="checkbox" checked={wanted} onChange={(event) => choose(event.target.checked)} /> {t('browserPhone')}</label>
          {phone.state === 'superseded' && <button type="button" role="menuitem" onClick={() => thePhone.takeOver()}>{t('takeBack')}</button>}
          {phone.soundBlocked && <button type="button" role="menuitem" onClick={() => thePhone.unblock()}>{t('sound')}</button>}
        </div>
      )}
    </div>
  )
}

function PhoneLine() {
  const t = useTexts(workspaceTexts)
  const { state, quality } = usePhone()
  const text = t(`phone_${state}`)
  return <>{text}{state === 'ready' && quality.roundTrip !== undefined && ` · ${Math.round(quality.roundTrip)} ms`}</>
}
