// Times, masks and pinyin as people expect them.
import { expect, it } from 'vitest'
import { clock, maskNumber } from './format'
import { initials } from './initials'

it('clock counts minutes, then hours', () => {
  expect([clock(7), clock(754), clock(3723), clock(-4), clock(90061)]).toEqual(['0:07', '12:34', '1:02:03', '0:00', '25:01:01'])
})
it('numbers are masked, extensions are not, and a mask stays a mask', () => {
  expect([maskNumber('13800138000'), maskNumber('1001'), maskNumber('138****8000')]).toEqual(['138****8000', '1001', '138****8000'])
})
it('initials of pinyin find Chinese', () => {
  expect(initials('投诉建议')).toBe('tsjy')
  expect(initials('服务态度 A1')).toBe('fwtda1')
  expect(initials('张伟')).toBe('zw')
  expect(initials('线路晚点，失物招领')).toBe('xlwd，swzl')
  expect(initials('卖票')).toBe('mp')
})
