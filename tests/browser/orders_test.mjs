// Work orders against the real services, each person in a browser of his own: an agent takes what a customer wants, the
// branch accepts and answers on a telephone without a network, the agent closes, the customer hears; two save at once.
// Needs TRUNKLINE_SUITE. node orders_test.mjs SCREENSHOTS
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBrowser, openPage } from './browser.mjs'
import { check, close, expect } from './check.mjs'

const pictures = process.argv[2]
mkdirSync(pictures, { recursive: true })
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const facts = JSON.parse(readFileSync(process.env.TRUNKLINE_SUITE, 'utf8'))
const url = facts.web.http
const telephone = { width: 390, height: 844 }
const folder = mkdtempSync(join(tmpdir(), 'trunkline-orders-'))

const tlctl = (...words) => JSON.parse(execFileSync(facts.tlctl.binary, ['--config', facts.tlctl.config, '--json', ...words], { encoding: 'utf8' }) || '{}')
const { units, users } = JSON.parse(readFileSync(join(root, 'deploy/demo/setup.json'), 'utf8'))
writeFileSync(join(folder, 'people.json'), JSON.stringify({ units, users }))
execFileSync(facts.tlctl.binary, ['--config', facts.tlctl.config, 'apply', join(folder, 'people.json')])
let numberOfOrders = 0
const newOrder = (title, branch = 'east') => tlctl('order', 'create', JSON.stringify({ type: 'COMPLAINT', title, branch, actor: '1001', customer_number: '13800138000', customer_name: '李先生', request_id: `browser-${process.pid}-${++numberOfOrders}` }))
const orderOf = (number) => tlctl('order', 'get', number)
const until = async (what, happened, limit = 15_000) => {
  for (const started = Date.now(); Date.now() - started < limit; await new Promise((resolve) => setTimeout(resolve, 200))) if (await happened()) return
  throw new Error(`${what} did not happen within ${limit} ms`)
}

const { browser, close: closeBrowser } = await openBrowser()

async function logIn(name, size, path, locale = 'zh') {
  const opened = await openPage(browser, url, { locale, ...size })
  const { page, context } = opened
  // Counts the notes of the bell and the bytes of answers as they travelled.
  await context.addInitScript(() => {
    globalThis.bells = 0
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (...when) {
      globalThis.bells++
      return start.apply(this, when)
    }
  })
  await page.locator('input[autocomplete=username]').fill(name)
  await page.locator('input[type=password]').fill(`demo-desk-${name}`)
  await page.keyboard.press('Enter')
  await page.locator('.frame').waitFor()
  await page.goto(url + path)
  await page.locator('h1').waitFor()
  return opened
}

async function meter(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  const streams = new Set()
  session.on('Network.requestWillBeSent', ({ requestId, request }) => request.url.includes('Subscribe') && streams.add(requestId))
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => streams.has(requestId) && (bytes += encodedDataLength))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => streams.has(requestId) || (bytes += encodedDataLength))
  return () => bytes
}

const step = (page, name) => page.locator('.step-buttons button', { hasText: name })
const picture = (page, name) => page.screenshot({ path: join(pictures, `orders-${name}.png`) })
const photo = join(folder, 'photo.png')

// As `check`, with a picture of what the people saw when it failed.
const scene = (name, run) => check(name, async () => {
  try {
    await run()
  } catch (thrown) {
    const file = name.slice(0, 30).replace(/\W+/g, '-')
    await picture(branch.page, `failed-${file}-branch`)
    await picture(agent.page, `failed-${file}-agent`)
    throw thrown
  }
})

const branch = await logIn('branch', telephone, '/orders')
const agent = await logIn('1001', {}, '/orders')
// A photograph of four megapixels with noise, as a camera's.
writeFileSync(photo, Buffer.from((await agent.page.evaluate(async () => {
  const canvas = new OffscreenCanvas(2400, 1800)
  const context = canvas.getContext('2d')
  const picture = context.createImageData(2400, 1800)
  for (let at = 0; at < picture.data.length; at++) picture.data[at] = at % 4 === 3 ? 255 : (at / 9600) % 256 ^ (Math.random() * 48)
  context.putImageData(picture, 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
  return btoa(Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''))
})), 'base64'))

let number = ''

await scene('an agent takes a complaint; the telephone of the branch rings and shows it', async () => {
  await branch.page.locator('.tabs').waitFor()
  await branch.page.waitForTimeout(1500)
  const { page } = agent
  await page.locator('.page-head .button.primary').click()
  await page.locator('dialog select').first().selectOption('complaint')
  await page.locator('dialog input[type=text]').first().fill('12 路未停靠人民广场站')
  await page.locator('dialog textarea').first().fill('8 点 10 分，司机未停靠，乘客要求说明。')
  await page.locator('dialog input[type=tel]').first().fill('13800138000')
  await page.locator('dialog select', { has: page.locator('option[value=east]') }).selectOption('east')
  const before = await branch.page.evaluate(() => globalThis.bells)
  await picture(page, 'agent-new')
  await page.locator('dialog footer .button.primary').click()
  await page.locator('h1 .figure').waitFor()
  number = (await page.locator('h1 .figure').innerText()).trim()
  const created = Date.now()
  await branch.page.locator('.toast', { hasText: number }).waitFor({ timeout: 5000 })
  console.log(`        pops up ${Date.now() - created} ms after the agent saw it created`)
  expect((await branch.page.evaluate(() => globalThis.bells)) > before, 'no sound at the branch')
  await branch.page.locator('.order-cards li').first().waitFor()
  await picture(branch.page, 'branch-list')
})

await scene('the branch accepts, answers with a photograph and loses the network meanwhile: nothing is lost, it is sent later', async () => {
  const { page, context } = branch
  await page.goto(`${url}/orders/${number}`)
  await step(page, '签收').waitFor()
  await page.waitForTimeout(800)
  await context.setOffline(true)
  await page.locator('.banner').waitFor({ timeout: 5000 })
  await step(page, '签收').click()
  await page.locator('.outbox', { hasText: '离线保存 1 项' }).waitFor()
  await step(page, '反馈结果').click()
  await page.locator('form textarea').last().fill('司机已确认到站未停，已批评教育并扣罚，向乘客致歉。')
  await page.locator('input[capture]').setInputFiles(photo)
  await page.locator('.thumbs img').waitFor()
  const kilobytes = Number(/(\d+) KB/.exec(await page.locator('.thumbs li').innerText())[1])
  console.log(`        the photograph of ${Math.round(readFileSync(photo).length / 1024)} KB is sent as ${kilobytes} KB`)
  expect(kilobytes < 300, `the photograph still has ${kilobytes} KB`)
  await picture(page, 'branch-offline-form')
  await page.locator('form footer .button.primary').click()
  await page.locator('.outbox', { hasText: '离线保存 2 项' }).waitFor()
  await page.waitForTimeout(300)
  await picture(page, 'branch-offline')
  expect(orderOf(number).state === 'DISPATCHED', 'the order moved without a network')
  await context.setOffline(false)
  await until('both steps were sent', () => orderOf(number).state === 'FED_BACK')
  await page.locator('.outbox').waitFor({ state: 'detached' })
  const order = orderOf(number)
  expect(order.log.filter((entry) => ['ACCEPT', 'FEED_BACK'].includes(entry.step)).length === 2, 'a step was taken twice or not at all')
  expect(order.attachments.length === 1 && Number(order.attachments[0].size) < 300 * 1024, 'the photograph is not with the order')
})

await scene('a draft and its photograph survive a reload of the page', async () => {
  const other = newOrder('草稿')
  const { page } = branch
  await page.goto(`${url}/orders/${other.order_id}`)
  await step(page, '退单').click()
  await page.locator('form textarea').last().fill('不属于我单位，应由西区办理')
  await page.locator('input[capture]').setInputFiles(photo)
  await page.locator('.thumbs img').waitFor()
  await page.waitForTimeout(300)
  await page.reload()
  await step(page, '退单').click()
  await until('the text is there again', async () => (await page.locator('form textarea').last().inputValue()) === '不属于我单位，应由西区办理')
  await page.locator('.thumbs img').waitFor()
})

await scene('the agent confirms with the customer and closes; the customer is told and can ask', async () => {
  const { page } = agent
  await page.goto(`${url}/orders/${number}`)
  await step(page, '回访确认').click()
  await page.locator('form textarea').last().fill('乘客对处理表示满意')
  await page.locator('form footer .button.primary').click()
  await step(page, '办结').first().waitFor()
  await step(page, '办结').first().click()
  await page.locator('form[aria-label] footer .button.primary').click()
  await until('the order is closed', () => orderOf(number).state === 'CLOSED')
  const order = orderOf(number)
  expect(order.answered && order.notices.length > 0, 'nobody told the customer')
  await page.locator('h2', { hasText: '客户通知' }).waitFor()
  await picture(page, 'agent-closed')
  const progress = tlctl('order', 'progress', number, '--caller', '13800138000')
  expect(JSON.stringify(progress).includes('CLOSED') || JSON.stringify(progress).includes('办结'), JSON.stringify(progress))
})

await scene('two people save at once: both are told, nothing is lost', async () => {
  const order = newOrder('两人同时办理')
  const one = branch.page
  const supervisor = await logIn('supervisor', {}, `/orders/${order.order_id}`)
  const two = supervisor.page
  try {
    await one.goto(`${url}/orders/${order.order_id}`)
    for (const page of [one, two]) {
      await step(page, '备注').click()
      await page.locator('form textarea').last().waitFor()
    }
    await one.locator('form textarea').last().fill('一号的备注')
    await two.locator('form textarea').last().fill('二号的备注')
    await two.waitForTimeout(300)
    await Promise.all([one, two].map((page) => page.locator('form footer .button.primary').click()))
    const outcome = async (page) => ((await page.locator('.toast.good').count()) ? 'saved' : (await page.locator('form .notice.bad').count()) ? 'told' : '')
    await until('both have an answer', async () => (await outcome(one)) && (await outcome(two)))
    const answers = [await outcome(one), await outcome(two)].sort().join()
    console.log(`        ${answers}`)
    const late = (await outcome(one)) === 'told' ? one : (await outcome(two)) === 'told' ? two : undefined
    expect(late, `one of them must be told: ${answers}`)
    await late.locator('.notice.warn', { hasText: '备注' }).waitFor()
    await picture(late, 'two-at-once')
    expect((await late.locator('form textarea').last().inputValue()).includes('号的备注'), 'what was typed is gone')
    await late.locator('form footer .button.primary').click()
    await until('both notes are in the log', () => orderOf(order.number).log.filter((entry) => entry.step === 'NOTE').length === 2)
  } finally {
    await supervisor.context.close()
  }
})

await scene('a step made without a network on an order that others moved on is kept and shown to its person', async () => {
  const order = newOrder('离线冲突')
  const { page, context } = branch
  await page.goto(`${url}/orders/${order.order_id}`)
  await step(page, '处理进展').waitFor()
  await page.waitForTimeout(500)
  await context.setOffline(true)
  await step(page, '处理进展').click()
  await page.locator('form textarea').last().fill('已到现场核实')
  await page.locator('form footer .button.primary').click()
  await page.locator('.outbox').waitFor()
  tlctl('order', 'step', order.number, 'NOTE', '--text', '中心补充：乘客再次来电', '--actor', '1001')
  await context.setOffline(false)
  await page.locator('.outbox.bad').waitFor({ timeout: 20_000 })
  await page.locator('.outbox .button').click()
  await page.locator('dialog', { hasText: '已到现场核实' }).waitFor()
  await page.locator('dialog', { hasText: '中心补充' }).waitFor()
  await picture(page, 'offline-conflict')
  await page.locator('dialog .button.primary').click()
  await until('it was sent on top', () => orderOf(order.number).log.some((entry) => entry.text === '已到现场核实'))
})

await scene('the list of a branch is small on the wire, and stays quiet while nothing happens', async () => {
  for (let index = 0; index < 25; index++) newOrder(`测量 ${index}`)
  const { page } = branch
  const bytes = await meter(page)
  await page.goto(`${url}/orders`)
  await page.locator('.order-cards li').nth(20).waitFor()
  await page.waitForTimeout(4000)
  const first = bytes()
  const waiting = async () => Number((await page.locator('[data-key=toAccept] .figure').innerText()).trim())
  const before = await waiting()
  await page.waitForTimeout(12_000)
  const quiet = bytes() - first
  await newOrder('响铃')
  await until('the order is counted', async () => (await waiting()) === before + 1)
  await page.waitForTimeout(1500)
  const arrival = bytes() - first - quiet
  console.log(`        ${(first / 1024).toFixed(1)} KB to open the list with ${await page.locator('.order-cards li').count()} orders, ${(quiet / 1024).toFixed(1)} KB in 12 quiet seconds, ${(arrival / 1024).toFixed(1)} KB for one that arrives`)
  expect(quiet < 1024, `${quiet} bytes while nothing happened`)
  expect(arrival < 24 * 1024, `${arrival} bytes for one order`)
  await picture(page, 'branch-many')
})

await scene('on a desk A accepts the order that is due first', async () => {
  const desk = await logIn('branch', {}, '/orders')
  try {
    await desk.page.locator('tbody tr[aria-selected=true]').waitFor()
    const id = await desk.page.locator('tbody tr[aria-selected=true]').getAttribute('data-id')
    await desk.page.keyboard.press('a')
    await until('it is accepted', () => orderOf(id).state === 'ACCEPTED')
    await picture(desk.page, 'branch-desk')
    expect(desk.faults.length === 0, desk.faults.join('\n'))
  } finally {
    await desk.context.close()
  }
})

await scene('no page had a fault', async () => {
  const faults = [...branch.faults, ...agent.faults]
  expect(faults.length === 0, faults.join('\n'))
})

rmSync(folder, { recursive: true, force: true })
await closeBrowser()
close()
