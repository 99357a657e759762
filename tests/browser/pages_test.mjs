// Every page, in both languages and both themes: it loads without a fault, nothing sticks out, axe finds nothing, and its
// picture is in the folder of screenshots to be looked at. node pages_test.mjs DIST SCREENSHOTS [PAGE...]
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { openBrowser, openPage } from './browser.mjs'
import { check, close, expect } from './check.mjs'
import { fixtures } from './fixtures.mjs'
import { openStage } from './stage.mjs'

const [dist, pictures, ...only] = process.argv.slice(2)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const desk = { width: 1366, height: 768 }
const wide = { width: 1920, height: 1080 }
const telephone = { width: 390, height: 844 }

// Name, address, what is on the stage, sizes beside 1366 × 768, and what to do before the picture.
const PAGES = [
  ['login', '/', { loggedIn: false }, [telephone]],
  ['workspace-idle', '/workspace', {}],
  ['workspace-missed', '/workspace', { contact: 'missed' }],
  ['workspace-ringing', '/workspace', { contact: 'ringing' }],
  ['workspace-talking', '/workspace', { contact: 'talking' }, [wide]],
  ['workspace-wrap-up', '/workspace', { contact: 'wrapUp' }],
  ['device', '/device', {}],
  ['history', '/history?contact=k9', {}],
  ['customers', '/customers', {}],
  ['customer', '/customers', {}, [], async (page) => {
    await page.locator('tbody tr').first().click()
    await page.locator('dialog .log .button[aria-pressed]').first().click()
  }],
  ['customer-duplicates', '/customers', {}, [], async (page) => page.locator('.page-head .button').first().click()],
  ['customer-import', '/customers', {}, [], async (page) => page.locator('.page-head .button').nth(1).click()],
  ['knowledge', '/knowledge', {}, [], async (page) => page.locator('.hits button').first().click()],
  ['office', '/office', {}, [telephone]],
  ['office-tasks', '/office?tab=tasks', {}],
  ['office-messages', '/office?tab=messages', {}],
  ['editing', '/editing', {}],
  ['editing-categories', '/editing?tab=categories', {}],
  ['article-edit', '/editing/art1', {}, [], async (page) => page.locator('.log .button').first().click()],
  ['own', '/own', {}],
  ['account', '/account', {}],
  ['orders', '/orders', {}, [telephone]],
  ['order', '/orders/order-1', {}, [telephone]],
  ['order-new', '/orders', {}, [telephone], async (page) => {
    await page.locator('.page-head .button.primary').click()
    await page.locator('dialog select').first().selectOption('complaint')
  }],
  ['incidents', '/incidents', {}],
  ['incident', '/incidents', {}, [telephone], async (page) => page.locator('tbody tr').first().click()],
  ['orders-conditions', '/orders', {}, [telephone], async (page) => page.locator('.order-filters summary').click()],
  ['order-settings', '/order-settings', {}],
  ['order-type', '/order-settings/types/complaint', {}, [], async (page) => page.locator('.list-name').nth(1).click()],
  ['order-type-faults', '/order-settings/types/complaint', {}, [], async (page) => {
    await page.locator('.list-editor > .button').first().click()
    await page.locator('.page-head .button').first().waitFor()
    await page.locator('.page-head .button', { hasText: /检查|Check/ }).click()
    await page.locator('.list-body .fault').first().waitFor()
  }],
  ['order-flow', '/order-settings/flows/standard', {}, [wide], async (page) => page.locator('.list-name', { hasText: '反馈' }).click()],
  ['order-calendar', '/order-settings/calendars/office', {}, [], async (page) => page.locator('.filters .button').click()],
  ['order-templates', '/order-settings?tab=templates', {}, [], async (page) => page.locator('tbody tr').first().click()],
  ['live', '/live', {}, [wide], async (page) => page.locator('tbody tr.opens').first().click()],
  ['wallboard', '/wallboard', {}, [wide]],
  ['recordings', '/recordings', {}],
  ['recording', '/recordings/r0', {}, [], async (page) => {
    await page.locator('main input').first().fill('抽检')
    await page.keyboard.press('Enter')
    await page.locator('.player').waitFor()
  }],
  ['figures', '/figures', {}],
  ['flows', '/flows', {}],
  ['flow', '/flows/hotline', {}, [wide], async (page) => {
    await page.locator('.react-flow__node').first().waitFor()
    await page.locator('[data-key=simulate]').click()
    await page.locator('.keypad').waitFor()
  }],
  ['flow-node', '/flows/hotline', {}, [], async (page) => page.locator('.node-list button', { hasText: 'menu' }).click()],
  ['prompts', '/prompts', {}],
  ['queues', '/queues', {}],
  ['queue-edit', '/queues', {}, [], async (page) => page.locator('tbody tr').first().click()],
  ['queue-versions', '/queues', {}, [], async (page) => {
    await page.locator('tbody tr').first().click()
    await page.locator('details.versions summary').click()
    await page.locator('.versions button').first().click()
    await page.locator('table.differences').scrollIntoViewIfNeeded()
  }],
  ['hours', '/hours', {}],
  ['hours-edit', '/hours', {}, [], async (page) => page.locator('tbody tr').first().click()],
  ['reasons', '/reasons', {}],
  ['categories', '/categories', {}],
  ['agents', '/agents', {}],
  ['agent-edit', '/agents', {}, [], async (page) => page.locator('tbody tr').first().click()],
  ['trunk-groups', '/trunks', {}, [], async (page) => page.locator('[role=tab]').nth(2).click()],
  ['trunks', '/trunks', {}],
  ['organisation', '/organisation', {}],
  ['users', '/users', {}],
  ['user-edit', '/users', {}, [], async (page) => page.locator('tbody tr').first().click()],
  ['roles', '/roles', {}],
  ['audit', '/audit', {}],
  ['audit-changes', '/audit', {}, [], async (page) => page.locator('[role=tab]').nth(1).click()],
]

async function settled(page) {
  await page.waitForFunction(() => !document.querySelector('.boot') && document.querySelector('#root')?.childElementCount, undefined, { timeout: 20_000 })
  await page.waitForTimeout(350)
}

async function examine(page, name) {
  const outside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(outside <= 1, `${name}: ${outside} pixels stick out at the right`)
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))
  expect(violations.length === 0, violations.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`).join('\n'))
}

mkdirSync(pictures, { recursive: true })
const { browser, close: closeBrowser } = await openBrowser()
for (const [name, path, scene, sizes = [], before] of PAGES) {
  if (only.length > 0 && !only.includes(name)) continue
  const stage = await openStage({ dist, ...fixtures(scene) })
  // Both languages, both themes, every size; not every product of them.
  const views = [['zh', 'light', desk], ['en', 'dark', desk], ...sizes.map((size) => ['zh', 'light', size])]
  for (const [locale, theme, size] of views) {
    await check(`${name} ${locale} ${theme} ${size.width}`, async () => {
      const { page, context, faults } = await openPage(browser, stage.url + path, { locale, theme, ...size })
      try {
        await settled(page)
        if (before) {
          await before(page)
          await page.waitForTimeout(400)
        }
        await page.screenshot({ path: join(pictures, `${name}-${locale}-${theme}-${size.width}.png`) })
        await examine(page, name)
        expect(faults.length === 0, faults.join('\n'))
      } finally {
        await context.close()
      }
    })
  }
  stage.close()
}
await closeBrowser()
close()
