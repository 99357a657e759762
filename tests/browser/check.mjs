// A small bench: named checks, one after the other, and the closing line that `./trunkline test` counts.
let passed = 0
let failed = 0

// Pages to be pictured when a check fails, and the folder for that.
export const onFailure = { folder: '', pages: [] }

async function picture(name) {
  for (const [index, page] of onFailure.pages.entries()) await page.screenshot({ path: `${onFailure.folder}/failed-${failed}-${index}.png` }).catch(() => undefined)
  if (onFailure.pages.length > 0) console.log(`        pictures of ${name}: ${onFailure.folder}/failed-${failed}-*.png`)
}

export async function check(name, run) {
  const started = Date.now()
  try {
    await run()
    passed++
    console.log(`ok      ${name} (${Date.now() - started} ms)`)
  } catch (thrown) {
    failed++
    console.log(`FAILED  ${name}\n        ${String(thrown.message ?? thrown).split('\n').slice(0, 12).join('\n        ')}`)
    await picture(name)
  }
}

export function expect(good, message) {
  if (!good) throw new Error(message)
}

export function close() {
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed ? 1 : 0)
}
