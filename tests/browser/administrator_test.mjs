// The main path of an administrator against the real suite, in both languages: a setting is added, changed, compared with
// what it was, taken back, removed and had again; each takes effect without a restart and is in the audit.
// Needs TRUNKLINE_SUITE. node administrator_test.mjs SCREENSHOTS
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser } from './browser.mjs'
import { check, close, expect, onFailure } from './check.mjs'
import { openCaller, openPerson } from './people.mjs'

const pictures = process.argv[2]
mkdirSync(pictures, { recursive: true })
const { facts, tell, close: closeCaller } = await openCaller()
const url = facts.web.http
const { browser, close: closeBrowser } = await openBrowser()
const WORDS = {
  zh: { add: '新增', save: '保存', edit: '编辑', versions: '历史版本', compare: '与当前比较', back: '恢复', remove: '删除', removed: '已删除的', changes: '配置变更', was: '测试队列', is: '改过的队列' },
  en: { add: 'Add', save: 'Save', edit: 'Edit', versions: 'Versions', compare: 'Compare with now', back: 'Take back', remove: 'Delete', removed: 'Removed ones', changes: 'Changes of settings', was: 'A queue', is: 'A changed queue' },
}

for (const locale of ['zh', 'en']) {
  const words = WORDS[locale]
  const id = `admin_${locale}`
  const { page, context, faults } = await openPerson(browser, url, 'administrator', { locale, theme: locale === 'zh' ? 'light' : 'dark' })
  Object.assign(onFailure, { folder: pictures, pages: [page] })
  page.on('dialog', (dialog) => void dialog.accept())
  const form = page.locator('dialog .form')
  const save = async () => {
    await form.locator('footer .button.primary').click()
    await form.waitFor({ state: 'detached' })
  }
  const open = async () => {
    await page.locator(`tr[data-id="${id}"]`).click()
    await form.waitFor()
  }
  const title = async () => (await tell('queues')).find((queue) => queue.queue_id === id)?.title

  await check(`${locale}: a queue is added and is there at once`, async () => {
    await page.locator('nav').first().waitFor()
    await page.goto(`${url}/queues`)
    await page.locator('main .page-head .button.primary', { hasText: words.add }).click()
    await form.locator('input').nth(0).fill(id)
    await form.locator('input').nth(1).fill(words.was)
    await save()
    expect((await title()) === words.was, 'the router does not know the queue')
  })

  await check(`${locale}: it is changed, compared with what it was, and taken back`, async () => {
    await open()
    await form.locator('input').nth(1).fill(words.is)
    await save()
    expect((await title()) === words.is, 'the change did not take effect')
    await open()
    await page.locator('details.versions summary').click()
    await page.locator('.versions li').nth(1).getByRole('button', { name: words.compare }).click()
    const differences = await page.locator('table.differences').innerText()
    expect(differences.includes(words.was) && differences.includes(words.is), differences)
    await page.locator('table.differences').scrollIntoViewIfNeeded()
    await page.screenshot({ path: join(pictures, `real-versions-${locale}.png`) })
    await page.locator('.versions li').nth(1).getByRole('button', { name: words.back, exact: true }).click()
    await form.waitFor({ state: 'detached' })
    expect((await title()) === words.was, 'it was not taken back')
  })

  await check(`${locale}: it is removed and had again`, async () => {
    await open()
    await page.locator('dialog .button.danger').click()
    await form.waitFor({ state: 'detached' })
    expect((await title()) === undefined, 'the router still knows the queue')
    await page.getByRole('button', { name: words.removed }).click()
    await page.locator('dialog li', { hasText: id }).getByRole('button', { name: words.back }).click()
    await page.locator(`tr[data-id="${id}"]`).waitFor()
    expect((await title()) === words.was, 'it did not come back')
  })

  await check(`${locale}: the audit names who did it; roles and numbers have versions, too`, async () => {
    await page.goto(`${url}/audit`)
    await page.getByRole('tab', { name: words.changes }).click()
    const row = page.locator('tbody tr', { hasText: id }).first()
    await row.waitFor()
    expect((await row.innerText()).includes('系统管理员'), await row.innerText())
    expect((await page.locator('tbody tr', { hasText: id }).count()) >= 5, 'a change is missing')
    await page.screenshot({ path: join(pictures, `real-changes-${locale}.png`) })
    for (const [path, row] of [['/trunks', '96166'], ['/roles', 'agent']]) {
      await page.goto(url + path)
      await page.locator(`tr[data-id="${row}"]`).click()
      await page.locator('details.versions summary').click()
      await page.locator('.versions li').first().waitFor()
    }
    expect(faults.length === 0, faults.join('\n'))
  })
  await context.close()
}

closeCaller()
await closeBrowser()
close()
