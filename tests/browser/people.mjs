// What the tests of main paths share: a customer's telephone, people at their pages, and what they hear.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openPage } from './browser.mjs'

const here = dirname(fileURLToPath(import.meta.url))

// The customer's telephone (caller.py): `tell('dial')`.
export async function openCaller() {
  const caller = spawn('python3', [join(here, 'caller.py')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: caller.stdout })[Symbol.asyncIterator]()
  const answer = async () => JSON.parse((await lines.next()).value)
  return {
    facts: await answer(),
    tell: async (line) => {
      caller.stdin.write(`${line}\n`)
      return answer()
    },
    close: () => caller.stdin.end(),
  }
}

// Runs in the page before it does: keeps its peer connections, counts what is negotiated, and hears the tones that arrive.
function spy() {
  const Real = RTCPeerConnection
  globalThis.peers = []
  globalThis.negotiations = 0
  globalThis.RTCPeerConnection = class extends Real {
    constructor(...settings) {
      super(...settings)
      globalThis.peers.push(this)
      this.addEventListener('track', ({ track }) => {
        const context = new AudioContext()
        const analyser = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 })
        context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
        globalThis.ear = { analyser, bins: new Float32Array(analyser.frequencyBinCount), width: context.sampleRate / 2048 }
      })
    }
    setRemoteDescription(...told) {
      globalThis.negotiations++
      return super.setRemoteDescription(...told)
    }
  }
  // Tones are what noise suppression is there to take away.
  const open = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices)
  if (open) navigator.mediaDevices.getUserMedia = ({ audio }) => open({ audio: { ...audio, echoCancellation: false, noiseSuppression: false, autoGainControl: false } })
  // Decibels of a tone now; -Infinity while there is no ear.
  globalThis.tone = (hertz) => {
    const { ear } = globalThis
    if (!ear) return -Infinity
    ear.analyser.getFloatFrequencyData(ear.bins)
    const at = Math.round(hertz / ear.width)
    return Math.max(ear.bins[at - 1], ear.bins[at], ear.bins[at + 1])
  }
  // The longest time without a tone since the last call, in milliseconds.
  globalThis.watchTone = (hertz, least) => {
    clearInterval(globalThis.toneTimer)
    let last = performance.now()
    globalThis.longestGap = 0
    globalThis.toneTimer = setInterval(() => {
      const now = performance.now()
      if (globalThis.tone(hertz) > least) last = now
      else globalThis.longestGap = Math.max(globalThis.longestGap, now - last)
    }, 20)
  }
}

export const HEARD = -60

// Opens a page of the real suite with its ears open.
export async function openPerson(browser, url, name, view = {}) {
  const { page, context, faults } = await openPage(browser, 'about:blank', view)
  await context.addInitScript(spy)
  await page.goto(url)
  await logIn(page, name)
  return { page, context, faults }
}

export async function logIn(page, name) {
  await page.locator('input[autocomplete=username]').waitFor()
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type(`demo-desk-${name}`)
  await page.keyboard.press('Enter')
}

export const stateIs = (page, text) => page.locator('.state-line', { hasText: text }).first().waitFor({ timeout: 10_000 })

// Signs in to the shift by keyboard unless that was done before, and waits for the telephone.
export async function beginShift(page, words = { out: '离线', idle: '置忙', phone: '电话已接通' }) {
  await page.locator('.state-button').waitFor()
  await page.waitForTimeout(1500)
  const is = async (word) => (await page.locator('.state-button .state-line', { hasText: word }).count()) > 0
  if (await is(words.out)) {
    await page.keyboard.press('Alt+KeyS')
    await page.locator('[role=menu]').waitFor()
    await page.keyboard.press('Enter')
  } else if (!(await is(words.idle))) await chooseState(page, 2)
  await page.locator('.state-button .state-line', { hasText: words.idle }).waitFor({ timeout: 10_000 })
  await page.locator('.state-next', { hasText: words.phone }).waitFor({ timeout: 15_000 })
}

// Sets the state at a place of the state menu: 1 is ready.
export async function chooseState(page, digit) {
  await page.keyboard.press('Alt+KeyS')
  await page.locator('[role=menu]').waitFor()
  await page.keyboard.press(String(digit))
}

export const hears = (page, hertz) => page.waitForFunction(([tone, least]) => globalThis.tone(tone) > least, [hertz, HEARD], { timeout: 8000, polling: 50 })

// The loudest that a tone becomes while `ms` pass, in decibels.
export const loudest = (page, hertz, ms) => page.evaluate(async ([tone, span]) => {
  let found = -Infinity
  for (const end = performance.now() + span; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) found = Math.max(found, globalThis.tone(tone))
  return found
}, [hertz, ms])

// What has arrived at the page, so that the test can measure it.
export const energy = (page) => page.evaluate(async () => {
  let sum = 0
  for (const peer of globalThis.peers ?? []) {
    for (const report of (await peer.getStats()).values()) if (report.type === 'inbound-rtp') sum += report.totalAudioEnergy ?? 0
  }
  return sum
})
