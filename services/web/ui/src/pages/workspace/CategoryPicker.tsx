// Choosing what a contact was about: a tree, narrowed by typing pinyin initials, chosen by digits or arrows.
import { useState } from 'react'
import type { Category } from '@/gen/trunkline/acd/v1/dispositions_pb'
import { initials } from '@/i18n/initials'
import { useTexts } from '@/i18n/texts'
import { TextField } from '@/ui/Field'
import { workspaceTexts } from './workspace.texts'

export interface Leaf {
  id: string
  path: string
}

// Every place in the tree with the names that lead to it.
export function leaves(categories: readonly Category[]): Leaf[] {
  const byId = new Map(categories.map((category) => [category.categoryId, category]))
  const path = (category: Category): string => {
    const parent = byId.get(category.parentId)
    return parent ? `${path(parent)} / ${category.title}` : category.title
  }
  return categories.map((category) => ({ id: category.categoryId, path: path(category) }))
}

export function narrow(all: readonly Leaf[], text: string): Leaf[] {
  const wanted = text.trim().toLowerCase()
  return all.filter((leaf) => wanted === '' || leaf.path.toLowerCase().includes(wanted) || initials(leaf.path).includes(wanted)).slice(0, 9)
}

export function CategoryPicker({ categories, chosen, onChoose }: { categories: readonly Category[]; chosen: string; onChoose(id: string): void }) {
  const t = useTexts(workspaceTexts)
  const [text, setText] = useState('')
  const all = leaves(categories)
  const found = narrow(all, text)
  const name = all.find((leaf) => leaf.id === chosen)?.path
  return (
    <div className="categories" onKeyDown={(event) => {
      if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey) return
      const at = Number(event.key) - 1
      if (/^[1-9]$/.test(event.key) && found[at]) {
        event.preventDefault()
        onChoose(found[at].id)
        setText('')
      }
    }}>
      <TextField label={t('category')} hint={t('categoryHint')} type="search" value={text} onChange={setText} maxLength={40} />
      {name && <p><span className="muted">{t('chosen')}: </span><strong>{name}</strong></p>}
      <div role="listbox" aria-label={t('category')} className="category-list">
        {found.map((leaf, index) => (
          <button key={leaf.id} type="button" role="option" aria-selected={leaf.id === chosen} onClick={() => onChoose(leaf.id)}><kbd>{index + 1}</kbd> {leaf.path}</button>
        ))}
      </div>
      {found.length === 0 && <p className="muted small">{t('noCategory')}</p>}
    </div>
  )
}
