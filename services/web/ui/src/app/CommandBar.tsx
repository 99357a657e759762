// Ctrl+K: any page or action by a few letters of its name; "?": all keys that work now.
import { useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { usePreferences } from '@/i18n/preferences'
import { pick, useTexts } from '@/i18n/texts'
import { initials } from '@/i18n/initials'
import { Dialog } from '@/ui/Dialog'
import { visiblePages } from './pages'
import { useAgentId, useCan } from './session'
import { shell } from './shell.texts'
import { isTyping, keyName, useShortcutList, useShortcuts } from './shortcuts'

interface Command {
  key: string
  label: string
  detail: string
  run(): void
}

function CommandDialog({ onClose }: { onClose(): void }) {
  const t = useTexts(shell)
  const locale = usePreferences((state) => state.locale)
  const can = useCan()
  const isAgent = useAgentId() !== ''
  const [, go] = useLocation()
  const { all } = useShortcutList()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const commands = useMemo(() => {
    const pages: Command[] = visiblePages(can, isAgent).filter((page) => !page.hidden)
      .map((page) => ({ key: page.path, label: t(page.title), detail: t(page.group), run: () => (page.bare ? void open(page.path) : go(page.path)) }))
    const actions: Command[] = [...all.values()].flat().filter((action) => !action.unavailable && !action.code.startsWith('ctrl+'))
      .map((action) => ({ key: action.code, label: pick(action.label, locale), detail: keyName(action.code), run: action.run }))
    return [...actions, ...pages]
  }, [all, can, isAgent, go, locale, t])
  const wanted = text.trim().toLowerCase()
  const found = commands.filter(({ label }) => label.toLowerCase().includes(wanted) || initials(label).includes(wanted)).slice(0, 12)
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    setTimeout(command.run)
  }
  return (
    <Dialog title={t('commands')} onClose={onClose}>
      <input className="command-input" type="text" role="combobox" aria-expanded="true" aria-controls="commands" aria-label={t('commandHint')}
        aria-activedescendant={found[chosen] ? `command-${chosen}` : undefined}
        placeholder={t('commandHint')} value={text} autoFocus
        onChange={(event) => {
          setText(event.target.value)
          setChosen(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown') setChosen(Math.min(chosen + 1, found.length - 1))
          else if (event.key === 'ArrowUp') setChosen(Math.max(chosen - 1, 0))
          else if (event.key === 'Enter') run(found[chosen])
          else return
          event.preventDefault()
        }} />
      <div id="commands" role="listbox" aria-label={t('commands')} className="commands">
        {found.map((command, index) => (
          <div key={command.key} id={`command-${index}`} role="option" aria-selected={index === chosen} className="command"
            onPointerEnter={() => setChosen(index)} onClick={() => run(command)}>
            <span>{command.label}</span><span className="muted">{command.detail}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="muted">{t('noCommand')}</p>}
    </Dialog>
  )
}

function HelpDialog({ onClose }: { onClose(): void }) {
  const t = useTexts(shell)
  const locale = usePreferences((state) => state.locale)
  const { all } = useShortcutList()
  const rows = [...all.values()].flat()
  return (
    <Dialog title={t('help')} onClose={onClose}>
      <dl className="keys">
        {rows.map((shortcut) => (
          <div key={shortcut.code}><dt><kbd>{keyName(shortcut.code)}</kbd></dt><dd>{pick(shortcut.label, locale)}</dd></div>
        ))}
        <div><dt><kbd>?</kbd></dt><dd>{t('help')}</dd></div>
      </dl>
      <p className="muted">{t('helpHint')}</p>
    </Dialog>
  )
}

export function CommandBar() {
  const [open, setOpen] = useState<'none' | 'commands' | 'help'>('none')
  useShortcuts('command-bar', [{ code: 'ctrl+KeyK', label: ['命令', 'Commands'], run: () => setOpen('commands') }])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.isComposing || isTyping(event.target)) return
      event.preventDefault()
      setOpen('help')
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  const close = () => setOpen('none')
  return <>
    {open === 'commands' && <CommandDialog onClose={close} />}
    {open === 'help' && <HelpDialog onClose={close} />}
  </>
}
