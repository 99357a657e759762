// One person alone, in English: a simulated customer calls through self service and the queue; ring, screen pop, talk, notes
// that the service keeps, transfer, wrap-up that is extended once. Needs TRUNKLINE_SUITE with the setting `training` on.
// node call_me_test.mjs SCREENSHOTS
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser } from './browser.mjs'
import { check, close, expect, onFailure } from './check.mjs'
import { beginShift, chooseState, energy, openCaller, openPerson, stateIs } from './people.mjs'

const pictures = process.argv[2]
mkdirSync(pictures, { recursive: true })
const { facts, tell, close: closeCaller } = await openCaller()
const { browser, close: closeBrowser } = await openBrowser()
const { page, faults } = await openPerson(browser, facts.web.http, '1002', { locale: 'en' })
Object.assign(onFailure, { folder: pictures, pages: [page] })
const WORDS = { out: 'Logged out', idle: 'Not ready', phone: 'Telephone connected' }
const NOTE = 'Route 12 was forty minutes late'
const left = async () => {
  const [minutes, seconds] = (await page.locator('.ring .figure').innerText()).split(':').map(Number)
  return minutes * 60 + seconds
}
let contact = ''

await check('the agent signs in, goes ready and asks for a customer', async () => {
  await beginShift(page, WORDS)
  const button = page.locator('.call-me button')
  expect((await button.getAttribute('aria-disabled')) === 'true', 'a customer may be called while not ready')
  await chooseState(page, 1)
  await stateIs(page, 'Ready')
  await page.screenshot({ path: join(pictures, 'call-me-idle.png') })
  await button.click()
  await page.locator('.toast', { hasText: '138****8000' }).waitFor()
})

await check('the customer comes through self service and the queue; the telephone rings and the screen pops up', async () => {
  const asked = Date.now()
  await page.locator('.bar-caller.ringing').waitFor({ timeout: 40_000 })
  console.log(`        rings ${Date.now() - asked} ms after the button`)
  await page.locator('.workspace-middle h2', { hasText: '138****8000' }).waitFor({ timeout: 2000 })
  await page.locator('.caller-card', { hasText: '张伟' }).waitFor()
  await page.screenshot({ path: join(pictures, 'call-me-ringing.png') })
  await page.keyboard.press('Alt+KeyA')
  await stateIs(page, 'Talking')
  contact = (await tell('agent 1002')).contact_id
})

await check('the recorded voice is heard', async () => {
  const before = await energy(page)
  await page.waitForTimeout(6000)
  const heard = (await energy(page)) - before
  expect(heard > 0.005, `the voice is not heard (${heard})`)
})

await check('notes and category are kept by the service while they are typed', async () => {
  await page.keyboard.press('Alt+KeyN')
  await page.keyboard.type(NOTE)
  await page.locator('.categories input').focus()
  await page.keyboard.type('xlwd')
  await page.keyboard.press('1')
  await page.locator('.categories strong', { hasText: '线路晚点' }).waitFor()
  await page.locator('.wrap-up', { hasText: 'Saved' }).waitFor()
  // Another computer: this browser forgets everything it kept.
  await page.evaluate(() => localStorage.removeItem(Object.keys(localStorage).find((key) => key.startsWith('trunkline.notes.'))))
  await page.reload()
  await page.waitForFunction((note) => document.querySelector('#contact-notes')?.value === note, NOTE)
  await page.locator('.categories strong', { hasText: '线路晚点' }).waitFor()
})

await check('he transfers the customer to a queue and wraps up; the wrap-up is extended once', async () => {
  await page.keyboard.press('Alt+KeyT')
  await page.getByRole('tab', { name: 'Queues' }).click()
  await page.locator('dialog tr', { hasText: '咨询' }).click()
  await stateIs(page, 'Wrap-up')
  const before = await left()
  expect(before > 40 && before <= 60, `${before} s are left`)
  await page.getByRole('button', { name: '30 s more' }).click()
  await page.waitForFunction(() => Number(document.querySelector('.ring .figure').textContent.split(':')[0]) >= 1)
  expect((await left()) > before + 20, 'the wrap-up was not extended')
  await page.getByRole('button', { name: '30 s more' }).and(page.locator('[aria-disabled=true]')).waitFor()
  await page.screenshot({ path: join(pictures, 'call-me-wrap-up.png') })
  await page.keyboard.press('Alt+KeyW')
})

await check('the customer rings again from the queue, is answered and hangs up with the agent', async () => {
  await page.locator('.bar-caller.ringing').waitFor({ timeout: 15_000 })
  await page.keyboard.press('Alt+KeyA')
  await stateIs(page, 'Talking')
  await page.waitForTimeout(1200)
  await page.keyboard.press('Alt+KeyX')
  await stateIs(page, 'Wrap-up')
  await page.locator('#contact-notes').waitFor()
  await page.keyboard.press('Alt+KeyW')
  await stateIs(page, 'Ready')
})

await check('the history shows what was written, and the time line tells of it', async () => {
  await page.goto(`${facts.web.http}/history`)
  await page.locator('main', { hasText: NOTE }).waitFor()
  const [notes] = await tell(`notes ${contact}`)
  expect(notes.category_path === '投诉 / 线路晚点' && notes.disposed, JSON.stringify(notes))
  await page.screenshot({ path: join(pictures, 'call-me-history.png') })
  expect((await tell(`kinds ${contact}`)).includes('trunkline.acd.v1.ContactDisposed'), 'nothing was told on the bus')
  await chooseState(page, 8)
  await stateIs(page, 'Logged out')
  expect(faults.length === 0, faults.join('\n'))
})

closeCaller()
await closeBrowser()
close()
