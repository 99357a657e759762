// A gateway made of fixtures, for what must be looked at with chosen data: every page's looks, axe, forms, speed. It speaks
// the Connect protocol in JSON as `web` does; the main paths are tested against the real suite (main_path_test.mjs).
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' }

// The same policy as the real gateway's: nothing inline, nothing from elsewhere.
export const POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'sha256-TerzLY4pakU0rbf9VEFUDQXZ/W4LAZy1N3yRTqsIsuo='; img-src 'self' data: blob:; media-src 'self' blob: data:; font-src 'self' data:; connect-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

function frame(message, end = false) {
  const body = Buffer.isBuffer(message) ? message : Buffer.from(JSON.stringify(message))
  const head = Buffer.alloc(5)
  head[0] = end ? 2 : 0
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}

export class Refusal extends Error {
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

const STATUS = { unauthenticated: 401, permission_denied: 403, not_found: 404, invalid_argument: 400, unavailable: 503, unimplemented: 404, failed_precondition: 400, aborted: 409 }

// `methods`: "trunkline.acd.v1.Agents/ListAgents" to (request) => answer; `streams`: to (request, send) => void.
export async function openStage({ dist, methods, streams }) {
  const asked = []
  const open = new Set()
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://stage').pathname
    if (request.method === 'POST') {
      const parts = []
      for await (const part of request) parts.push(part)
      const body = Buffer.concat(parts)
      const name = path.slice(1)
      if (streams[name]) {
        const type = request.headers['content-type']
        response.writeHead(200, { 'Content-Type': type })
        open.add(response)
        request.on('close', () => open.delete(response))
        streams[name](type.endsWith('json') ? JSON.parse(body.subarray(5).toString() || '{}') : {}, (message, end) => {
          response.write(frame(message, end))
          if (end) response.end()
        })
        return
      }
      const message = JSON.parse(body.toString() || '{}')
      asked.push({ name, message })
      try {
        if (!methods[name]) throw new Refusal('unimplemented', `${name} is not on this stage`)
        const answer = await methods[name](message)
        response.writeHead(200, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify(answer ?? {}))
      } catch (thrown) {
        const code = thrown.code ?? 'internal'
        response.writeHead(STATUS[code] ?? 500, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify({ code, message: thrown.message }))
      }
      return
    }
    const file = extname(path) ? path : '/index.html'
    try {
      const content = await readFile(join(dist, file))
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY })
      response.end(content)
    } catch {
      response.writeHead(404)
      response.end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    close: () => {
      open.forEach((response) => response.destroy())
      server.close()
    },
  }
}
