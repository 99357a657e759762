// Chromium as the tests use it: no network but loopback, a false microphone.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

export async function openBrowser({ audio } = {}) {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-browser-'))
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required',
      ...(audio ? [`--use-file-for-fake-audio-capture=${audio}`] : [])],
  })
  return { browser, close: async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  } }
}

export async function openPage(browser, url, { locale = 'zh', theme = 'light', width = 1366, height = 768 } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, permissions: ['microphone', 'notifications'], locale: locale === 'zh' ? 'zh-CN' : 'en-GB', timezoneId: 'Asia/Shanghai' })
  await context.addInitScript(([l, t]) => {
    // about:blank has no storage.
    if (location.protocol === 'about:') return
    const key = 'trunkline.preferences'
    if (!localStorage.getItem(key)) localStorage.setItem(key, JSON.stringify({ locale: l, theme: t }))
  }, [locale, theme])
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  const faults = []
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(message.text())) faults.push(`console: ${message.text()}`)
  })
  await page.goto(url)
  return { page, context, faults }
}
