// Every form of the administrator with bad input, in both languages: each fault stands beside its field in the person's
// language, the focus goes to the first, and nothing that was typed is lost, not by the error, a refusal of the server or a
// reload. What is typed is made from the fields that are there, so a new form is tested by naming its page.
// node forms_test.mjs DIST
import { openBrowser, openPage } from './browser.mjs'
import { check, close, expect } from './check.mjs'
import { fixtures } from './fixtures.mjs'
import { openStage, Refusal } from './stage.mjs'

const [dist] = process.argv.slice(2)
// Address, number of the tab on it, and whether its form opens from a row (there is nothing to add).
const FORMS = [
  ['queues', '/queues'], ['hours', '/hours', undefined, true], ['reasons', '/reasons'], ['categories', '/categories'], ['agents', '/agents'], ['numbers', '/trunks', 0], ['trunks', '/trunks', 1],
  ['groups', '/trunks', 2], ['phones', '/trunks', 3], ['units', '/organisation'], ['users', '/users'], ['roles', '/roles'],
]
const CHINESE = /[\u4e00-\u9fff]/
const BAD = '!! 坏 值 !!'

async function openForm(page, [, , tab, fromRow]) {
  await page.locator('main .page-head').first().waitFor()
  if (tab !== undefined) await page.locator('main [role=tab]').nth(tab).click()
  if (fromRow) await page.locator('tbody tr').first().click()
  else await page.locator('main .page-head .button.primary').click()
  await page.locator('dialog .form').waitFor()
}

const controls = (page) => page.locator('dialog .form .fields').locator('input:not([type=checkbox]):not([type=range]):not([disabled]), textarea').filter({ visible: true })
const typed = (page) => controls(page).evaluateAll((all) => all.map((each) => each.value))
const faults = (page) => page.locator('dialog .form .fields .field').evaluateAll((all) => all.map((each) => ({ marked: Boolean(each.querySelector('[aria-invalid]')), told: each.querySelector('.fault')?.textContent ?? '' })).filter((each) => each.marked || each.told))

async function fillBadly(page) {
  // What hides fields is taken off, so that they are seen.
  const always = page.locator('dialog .form .fields').getByLabel(/Always open|全天开放/)
  if ((await always.count()) && (await always.isChecked())) await always.uncheck()
  for (const control of await controls(page).all()) {
    const type = await control.getAttribute('type')
    if (type === 'search' || (await control.getAttribute('list'))) continue
    await control.fill(type === 'password' ? 'secret' : (await control.getAttribute('inputmode')) === 'numeric' ? 'abc' : BAD)
  }
}

const { browser, close: closeBrowser } = await openBrowser()
for (const form of FORMS) {
  for (const locale of ['zh', 'en']) {
    await check(`${form[0]} ${locale}: bad input`, async () => {
      const stage = await openStage({ dist, ...fixtures({}) })
      const { page, context } = await openPage(browser, stage.url + form[1], { locale })
      try {
        await openForm(page, form)
        await fillBadly(page)
        const before = await typed(page)
        const puts = () => stage.asked.filter(({ name }) => /\/Put/.test(name)).length
        await page.locator('dialog .form footer .button.primary').click()
        await page.locator('dialog [aria-invalid]').first().waitFor()
        const found = await faults(page)
        expect(found.length > 0 && found.every((each) => each.marked && each.told), JSON.stringify(found))
        for (const { told } of found) expect(CHINESE.test(told.replaceAll(BAD, '')) === (locale === 'zh'), `“${told}” is in the other language`)
        expect(puts() === 0, 'bad input was sent')
        expect(JSON.stringify(await typed(page)) === JSON.stringify(before), 'something typed is gone')
        await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true')
        page.on('dialog', (dialog) => void dialog.accept())
        await page.reload()
        await openForm(page, form)
        const kept = await typed(page)
        // Secrets alone are not kept.
        expect(before.every((value) => value === 'secret' || kept.includes(value)), `after the reload: ${JSON.stringify(kept)} of ${JSON.stringify(before)}`)
      } finally {
        await context.close()
        stage.close()
      }
    })
  }
}

for (const locale of ['zh', 'en']) {
  await check(`a refusal of the server is told beside its field in ${locale}, and what was typed stays`, async () => {
    const scene = fixtures({})
    scene.methods['trunkline.acd.v1.Agents/PutReason'] = () => {
      throw new Refusal('invalid_argument', 'INVALID_REASON: title has letters that are not allowed')
    }
    const stage = await openStage({ dist, ...scene })
    const { page, context } = await openPage(browser, `${stage.url}/reasons`, { locale })
    try {
      await openForm(page, ['reasons', '/reasons'])
      await controls(page).nth(0).fill('COFFEE')
      await controls(page).nth(1).fill('咖啡')
      await page.locator('dialog .form footer .button.primary').click()
      await page.locator('dialog .field.faulty .fault').waitFor()
      expect((await typed(page)).slice(0, 2).join() === 'COFFEE,咖啡', 'something typed is gone')
    } finally {
      await context.close()
      stage.close()
    }
  })
}
await closeBrowser()
close()
