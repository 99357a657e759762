// A supervisor steps into a real call from the live page: two Chromiums and a real telephone, each with a tone of its own,
// so that who hears whom is measured. Needs TRUNKLINE_SUITE. node supervisor_test.mjs SCREENSHOTS
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from './browser.mjs'
import { check, close, expect, onFailure } from './check.mjs'
import { HEARD, beginShift, chooseState, hears, loudest, openCaller, openPerson, stateIs } from './people.mjs'

const pictures = process.argv[2]
mkdirSync(pictures, { recursive: true })
const CALLER = 620
const AGENT = 1000
const SUPERVISOR = 1900
const folder = mkdtempSync(join(tmpdir(), 'trunkline-tones-'))
const tone = (hertz) => {
  const path = join(folder, `${hertz}.wav`)
  execFileSync('sox', ['-n', '-r', '48000', '-c', '1', '-b', '16', path, 'synth', '20', 'sine', String(hertz), 'vol', '0.33'])
  return path
}

const { facts, tell, close: closeCaller } = await openCaller()
const url = facts.web.http
const agents = await openBrowser({ audio: tone(AGENT) })
const supervisors = await openBrowser({ audio: tone(SUPERVISOR) })
const li = await openPerson(agents.browser, url, '1003', { locale: 'zh' })
const chen = await openPerson(supervisors.browser, url, 'supervisor', { locale: 'zh' })
// Events must not break the stream they come by: each page subscribes once for each time it is loaded (two pages and a reload).
let subscriptions = 0
for (const { page } of [li, chen]) {
  page.on('request', (request) => {
    if (request.url().endsWith('Live/Subscribe')) subscriptions++
  })
}
Object.assign(onFailure, { folder: pictures, pages: [li.page, chen.page] })
const action = (name) => chen.page.locator('.filters').getByRole('button', { name, exact: true })
const row = () => chen.page.locator('tr[data-id="1003"]')
let contact = ''

async function until(what, run) {
  for (const end = Date.now() + 8000; ;) {
    if (await run()) return
    expect(Date.now() < end, what)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}
const callerHears = (hertz, what) => until(`the caller hears ${what}`, async () => (await tell(`share ${hertz}`)) > 0.15)
const silent = async (page, hertz, who) => {
  const found = await loudest(page, hertz, 1200)
  expect(found < HEARD, `${who} (${found} dB)`)
}
const press = async (name) => {
  await action(name).click()
  await chen.page.locator('.toast', { hasText: name }).first().waitFor()
}
const pressed = (name) => chen.page.locator('.filters').locator('button[aria-pressed=true]', { hasText: name }).waitFor()
const negotiations = async () => [await li.page.evaluate(() => globalThis.negotiations), await chen.page.evaluate(() => globalThis.negotiations), await tell('invites')].join()

async function call() {
  await chooseState(li.page, 1)
  await stateIs(li.page, '空闲')
  await tell('dial')
  await li.page.locator('.bar-caller.ringing').waitFor({ timeout: 15_000 })
  await li.page.keyboard.press('Alt+KeyA')
  await stateIs(li.page, '通话')
  await hears(li.page, CALLER)
  await callerHears(AGENT, 'the agent')
  contact = await tell('contact')
}

await check('agent and supervisor sign in; the supervisor begins on the live page with a telephone of his own', async () => {
  await beginShift(li.page)
  await chen.page.locator('h1', { hasText: '实时监控' }).waitFor()
  await row().click()
  expect((await action('监听').getAttribute('aria-disabled')) === 'true', 'one can listen to an agent who has no call')
  await beginShift(chen.page)
})

await check('he listens: he hears both, nobody hears him, and his telephone answers by itself', async () => {
  await call()
  await row().locator('.status', { hasText: '通话' }).waitFor()
  await press('监听')
  await pressed('监听')
  await hears(chen.page, CALLER)
  await hears(chen.page, AGENT)
  await silent(li.page, SUPERVISOR, 'the agent hears the listener')
  expect((await tell(`share ${SUPERVISOR}`)) < 0.02, 'the caller hears the listener')
  await li.page.locator('.bar-facts', { hasText: '班长在场' }).waitFor()
  await chen.page.screenshot({ path: join(pictures, 'real-supervisor-listens.png') })
})

await check('he whispers, barges in and listens again: without negotiation and without a gap', async () => {
  const before = await negotiations()
  await tell('mark')
  await li.page.evaluate(([hertz, least]) => globalThis.watchTone(hertz, least), [CALLER, HEARD])
  await press('耳语')
  await pressed('耳语')
  await hears(li.page, SUPERVISOR)
  await hears(li.page, CALLER)
  await li.page.waitForTimeout(1200)
  const whispered = await tell(`since ${SUPERVISOR}`)
  expect(whispered.most < 0.02, `the caller hears a whisper (${whispered.most})`)
  await press('强插')
  await pressed('强插')
  await callerHears(SUPERVISOR, 'the supervisor')
  await hears(li.page, SUPERVISOR)
  await press('监听')
  await pressed('监听')
  await until('the caller does not hear the supervisor again', async () => (await tell(`share ${SUPERVISOR}`)) < 0.02)
  await silent(li.page, SUPERVISOR, 'the agent still hears the supervisor')
  const { missing } = await tell(`since ${AGENT}`)
  expect(missing < 0.35, `the caller misses ${missing} s of the agent`)
  const gap = await li.page.evaluate(() => globalThis.longestGap)
  expect(gap < 350, `the agent misses ${gap} ms of the caller`)
  console.log(`        longest gap: caller ${missing.toFixed(1)} s, agent ${gap.toFixed(0)} ms`)
  expect((await negotiations()) === before, 'something was negotiated anew')
})

await check('a reload of his page knows how he takes part; he leaves and the call goes on', async () => {
  await chen.page.reload()
  await row().click()
  await pressed('监听')
  await hears(chen.page, CALLER)
  await press('结束监听')
  await until('he is out', async () => (await tell('agent 2001')).state === 'NOT_READY')
  await li.page.locator('.bar-facts', { hasText: '班长在场' }).waitFor({ state: 'detached' })
  await callerHears(AGENT, 'the agent')
})

await check('he takes the contact over: the agent wraps up, the supervisor talks and hangs up', async () => {
  await press('监听')
  await pressed('监听')
  await hears(chen.page, CALLER)
  await press('接管')
  await callerHears(SUPERVISOR, 'the supervisor')
  await hears(chen.page, CALLER)
  await stateIs(li.page, '话后处理')
  await stateIs(chen.page, '通话')
  await chen.page.keyboard.press('Alt+KeyX')
  await until('the call is over', async () => !(await tell('contact')))
  const acts = await tell(`acts ${contact}`)
  expect(acts.map((act) => act.action).join() === 'LISTEN,WHISPER,BARGE,LISTEN,LEAVE,LISTEN,TAKE_OVER', `the audit has ${acts.map((act) => act.action)}`)
  expect(acts.every((act) => act.supervisor_id === '2001' && act.agent_id === '1003' && act.asked_by), 'an entry of the audit names nobody')
})

await check('he ends a call by force', async () => {
  await li.page.locator('#contact-notes').waitFor()
  await li.page.keyboard.press('Alt+KeyW')
  await stateIs(li.page, '空闲')
  await call()
  await row().locator('.status', { hasText: '通话' }).waitFor()
  await press('强拆')
  await until('the call is over', async () => !(await tell('contact')))
  const acts = await tell(`acts ${contact}`)
  expect(acts.map((act) => act.action).join() === 'HANG_UP', `the audit has ${acts.map((act) => act.action)}`)
})

await check('he sets the state of an agent and logs him out', async () => {
  await stateIs(li.page, '话后处理')
  await press('置忙')
  await li.page.keyboard.press('Alt+KeyW')
  await until('not ready', async () => (await tell('agent 1003')).state === 'NOT_READY' || (await tell('agent 1003')).state === 'READY')
  await press('置忙')
  await li.page.locator('.state-line', { hasText: '班长置忙' }).waitFor()
  await press('置闲')
  await stateIs(li.page, '空闲')
  await press('强制签出')
  await stateIs(li.page, '离线')
  const { state_set_by: by } = await tell('agent 1003')
  expect(by === 'supervisor' || by === 'system' || by === 'agent', `set by ${by}`)
  await chen.page.screenshot({ path: join(pictures, 'real-supervisor-done.png') })
  expect(subscriptions <= 3, `the stream of events was begun ${subscriptions} times, for three loaded pages`)
  expect(li.faults.length === 0 && chen.faults.length === 0, [...li.faults, ...chen.faults].join('\n'))
})

closeCaller()
await agents.close()
await supervisors.close()
rmSync(folder, { recursive: true, force: true })
close()
