// Rights decide what is seen; keys are matched by their place and never while somebody composes.
import { expect, it } from 'vitest'
import { visiblePages } from './pages'
import { holds } from './session'
import { usePreferences } from '@/i18n/preferences'
import { keyName, matches, takenBy } from './shortcuts'

it('a right held in one unit is held', () => {
  expect(holds(['workorder.orders.read@east'], 'workorder.orders.read')).toBe(true)
  expect(holds(['workorder.orders.read'], 'workorder.orders')).toBe(false)
})
it('the navigation of a branch has work orders and no supervisor pages', () => {
  const paths = visiblePages((right) => right.startsWith('workorder.'), false).map((page) => page.path)
  expect(paths).toContain('/orders')
  for (const path of ['/live', '/workspace', '/users', '/recordings']) expect(paths).not.toContain(path)
})
it('every page has its own address', () => {
  const paths = visiblePages(() => true, true).map((page) => page.path)
  expect(new Set(paths).size).toBe(paths.length)
})
it('Alt with the key at its place, not while an input method composes', () => {
  const press = (init: KeyboardEventInit) => new KeyboardEvent('keydown', init)
  expect(matches(press({ code: 'KeyA', altKey: true }), 'KeyA')).toBe(true)
  expect(matches(press({ code: 'KeyA', altKey: true, isComposing: true }), 'KeyA')).toBe(false)
  expect(matches(press({ code: 'KeyA', altKey: true, ctrlKey: true }), 'KeyA')).toBe(false)
  expect(matches(press({ code: 'KeyA' }), 'KeyA')).toBe(false)
  expect(matches(press({ code: 'KeyK', ctrlKey: true }), 'ctrl+KeyK')).toBe(true)
  usePreferences.setState({ keys: { KeyA: 'KeyQ' } })
  expect([matches(press({ code: 'KeyQ', altKey: true }), 'KeyA'), matches(press({ code: 'KeyA', altKey: true }), 'KeyA'), keyName('KeyA')]).toEqual([true, false, 'Alt+Q'])
  expect(takenBy(['KeyA', 'KeyX'], { KeyA: 'KeyQ' }, 'KeyX', 'KeyQ')).toBe('KeyA')
  expect(takenBy(['KeyA', 'KeyX'], { KeyA: 'KeyQ' }, 'KeyX', 'KeyA')).toBeUndefined()
  usePreferences.setState({ keys: {} })
  expect([keyName('KeyA'), keyName('ctrl+KeyK')]).toEqual(['Alt+A', 'Ctrl+K'])
})
