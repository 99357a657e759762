// Measures what each page loads, gzipped, and fails when it is more than it may be.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const dist = process.argv[2] ?? 'dist'
const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'))

// What is loaded with an entry: itself and what it imports, without what it loads later.
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key]?.imports ?? []) closure(next, seen)
  return seen
}

const sizes = new Map()
function size(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(dist, file))).length)
  return sizes.get(file)
}

function total(keys) {
  const files = new Set()
  for (const key of keys) {
    for (const each of closure(key)) {
      files.add(manifest[each].file)
      for (const css of manifest[each].css ?? []) files.add(css)
    }
  }
  return [...files].reduce((sum, file) => sum + size(file), 0) / 1024
}

// A module that others share has a key made of its chunk's name.
const keyOf = (source) => (manifest[source] ? source : Object.keys(manifest).find((key) => manifest[key].name === source.replace(/^.*\/|\.tsx$/g, '') && manifest[key].isDynamicEntry))
const first = 'index.html'
const app = keyOf('src/app/App.tsx')
const logIn = keyOf('src/pages/login/LogInPage.tsx')
const pages = Object.keys(manifest).filter((key) => /^src\/pages\/.*Page\.tsx$/.test(key) && manifest[key].isDynamicEntry)
const budgets = [
  ['log-in', [first, logIn], 90],
  // The messages of acd, which it reads, grew with contacts of every medium.
  ['wallboard', [first, 'src/pages/wallboard/WallboardApp.tsx'], 132],
  ['agent workspace', [first, app, 'src/pages/workspace/WorkspacePage.tsx'], 320],
  ...pages.filter((key) => !key.includes('WorkspacePage')).map((key) => [key.replace('src/pages/', ''), [first, app, key], 400]),
]
let over = 0
for (const [name, keys, most] of budgets) {
  const found = total(keys)
  if (found > most) over++
  console.log(`${found > most ? 'OVER' : 'ok  '} ${name.padEnd(34)} ${found.toFixed(1).padStart(7)} KB of ${most} KB`)
}
console.log(`${budgets.length - over} passed, ${over} failed`)
process.exit(over ? 1 : 0)
