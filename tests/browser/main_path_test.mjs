// The main path of each role against the real suite: a real telephone calls, Chromium answers, audio is proven at both ends.
// Needs TRUNKLINE_SUITE. node main_path_test.mjs SCREENSHOTS
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser, openPage } from './browser.mjs'
import { check, close, expect } from './check.mjs'
import { beginShift, chooseState, energy, logIn, openCaller, openPerson, stateIs } from './people.mjs'

const pictures = process.argv[2]
mkdirSync(pictures, { recursive: true })
const { facts, tell, close: closeCaller } = await openCaller()
const url = facts.web.http
const { browser, close: closeBrowser } = await openBrowser()
const AGENT = '1003'

const { page, faults } = await openPerson(browser, url, AGENT, { locale: 'zh' })

await check('an agent logs in by keyboard, signs in to his shift and has a telephone', async () => {
  await beginShift(page)
  await chooseState(page, 1)
  await stateIs(page, '空闲')
})

await check('a call rings, pops up, and is answered with Alt+A; both ends hear each other', async () => {
  const dialled = Date.now()
  await tell('dial')
  await page.locator('.bar-caller.ringing').waitFor({ timeout: 15_000 })
  console.log(`        rings ${Date.now() - dialled} ms after the caller dialled`)
  await page.locator('.workspace-middle h2', { hasText: '137****7001' }).waitFor({ timeout: 2000 })
  await page.screenshot({ path: join(pictures, 'real-ringing.png') })
  await page.keyboard.press('Alt+KeyA')
  await stateIs(page, '通话')
  await page.waitForTimeout(3000)
  const before = await energy(page)
  await page.waitForTimeout(1500)
  expect((await energy(page)) > before + 1e-4, 'the agent hears nothing')
  const heard = await tell('loudest 2')
  expect(heard > 0.02, `the caller hears nothing (${heard})`)
  await page.screenshot({ path: join(pictures, 'real-talking.png') })
})

await check('mute is heard as silence by the caller, and lifted again', async () => {
  await page.keyboard.press('Alt+KeyM')
  await page.locator('.bar-button[aria-pressed=true]', { hasText: '取消静音' }).waitFor()
  await page.waitForTimeout(2600)
  const muted = await tell('loudest 1.8')
  expect(muted < 0.01, `the caller still hears the agent (${muted})`)
  await page.keyboard.press('Alt+KeyM')
  await page.waitForTimeout(2600)
  expect((await tell('loudest 2')) > 0.02, 'the caller does not hear the agent again')
})

await check('hold and resume', async () => {
  await page.keyboard.press('Alt+KeyH')
  await stateIs(page, '保持')
  // The event may be here before the answer to the key; nobody presses twice within a few milliseconds.
  await page.waitForTimeout(500)
  await page.keyboard.press('Alt+KeyH')
  await stateIs(page, '通话')
})

await check('a reload in mid-call comes back to the same call with sound', async () => {
  await page.reload()
  await stateIs(page, '通话')
  await page.locator('.state-next', { hasText: '电话已接通' }).waitFor({ timeout: 15_000 })
  await page.waitForTimeout(2000)
  const before = await energy(page)
  await page.waitForTimeout(1500)
  expect((await energy(page)) > before + 1e-4, 'the agent hears nothing after the reload')
  expect((await tell('loudest 2')) > 0.02, 'the caller hears nothing after the reload')
})

await check('the agent hangs up, writes a note that survives a reload, and ends the wrap-up with Alt+W', async () => {
  await page.keyboard.press('Alt+KeyX')
  await stateIs(page, '话后处理')
  await page.keyboard.press('Alt+KeyN')
  await page.keyboard.type('12 路晚点')
  await page.screenshot({ path: join(pictures, 'real-wrap-up.png') })
  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await page.locator('#contact-notes').waitFor()
  expect((await page.locator('#contact-notes').inputValue()) === '12 路晚点', 'the note is gone')
  await page.keyboard.press('Alt+KeyW')
  await stateIs(page, '空闲')
  expect(faults.length === 0, faults.join('\n'))
})

for (const [name, path, heading] of [['supervisor', '/live', ['实时监控', 'Live']], ['branch', '/orders', ['工单', 'Work orders']], ['administrator', '/users', ['用户', 'Users']], ['inspector', '/recordings', ['录音', 'Recordings']]]) {
  for (const [index, locale] of ['zh', 'en'].entries()) {
    await check(`${name} works on ${path} in ${locale}`, async () => {
      const other = await openPage(browser, url, { locale, theme: index ? 'dark' : 'light' })
      try {
        await logIn(other.page, name)
        await other.page.locator('nav').first().waitFor()
        await other.page.goto(url + path)
        await other.page.locator('h1', { hasText: heading[index] }).waitFor()
        await other.page.waitForTimeout(1200)
        await other.page.screenshot({ path: join(pictures, `real-${name}-${locale}.png`) })
        expect((await other.page.locator('main .notice.bad').count()) === 0, await other.page.locator('main').innerText())
        expect(other.faults.length === 0, other.faults.join('\n'))
      } finally {
        await other.context.close()
      }
    })
  }
}

closeCaller()
await closeBrowser()
close()
