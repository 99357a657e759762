// Bad input is found before it travels.
import { expect, it } from 'vitest'
import { checkField, checkForm, type FieldSpec } from './Form'

const text: FieldSpec = { name: 'id', label: ['编号', 'Id'], kind: 'text', required: true, longest: 5, pattern: { test: /^[a-z]+$/, fault: ['坏', 'bad'] } }
const seconds: FieldSpec = { name: 'ring', label: ['振铃', 'Ring'], kind: 'seconds', least: 3, most: 120 }

it('a text is required, of the right form, and not too long', () => {
  expect(checkField(text, '  ')?.[1]).toBe('Fill this in')
  expect(checkField(text, 'A1')?.[1]).toBe('bad')
  expect(checkField(text, 'abcdef')?.[1]).toBe('At most 5 characters')
  expect(checkField(text, 'abc')).toBeUndefined()
})
it('a number is a number within its limits', () => {
  expect(checkField(seconds, 'x')?.[1]).toBe('Type a number')
  expect(checkField(seconds, '2')?.[1]).toBe('Between 3 and 120')
  expect(checkField(seconds, '')).toBeUndefined()
  expect(checkField({ ...seconds, kind: 'number' }, '3.5')?.[1]).toBe('Type a whole number')
})
it('what is not shown is not checked', () => {
  expect(checkForm([{ ...text, shown: (values) => values.on === true }], { on: false, id: '' })).toEqual({})
  expect(Object.keys(checkForm([text, seconds], { id: '', ring: '500' }))).toEqual(['id', 'ring'])
})
