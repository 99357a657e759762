// The stream of events that a page lives on: one for each page, resumed after every break where it stopped.
import { anyUnpack } from '@bufbuild/protobuf/wkt'
import { createRegistry, type DescMessage, type MessageShape } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import { create } from 'zustand'
import { Live, type LiveEvent } from '@/gen/trunkline/web/v1/web_pb'
import { eventClient } from './transport'

interface Connection {
  up: boolean
  // Since when it is not up, in milliseconds of the epoch.
  lostAt: number
  // When something was last heard, in milliseconds of the epoch.
  heard: number
  // The server's clock minus ours, in milliseconds.
  skew: number
}

export const useConnection = create<Connection>(() => ({ up: true, lostAt: 0, heard: Date.now(), skew: 0 }))

type Handler = (event: LiveEvent) => void

const handlers = new Map<string, Set<Handler>>()
const reloads = new Set<() => void>()

// Calls `take` for each event of one type.
export function onEvent<D extends DescMessage>(type: D, take: (event: MessageShape<D>, live: LiveEvent) => void): () => void {
  const registry = createRegistry(type)
  const handler: Handler = (live) => {
    const message = live.payload && anyUnpack(live.payload, registry)
    if (message) take(message as MessageShape<D>, live)
  }
  return subscribe(type.typeName, handler)
}

// Calls `take` for each event whose full name begins with `prefix`; "" takes all.
export function onAnyEvent(prefix: string, take: (type: string) => void): () => void {
  return subscribe(`${prefix}*`, (live) => take(nameOf(live)))
}

// Calls `load` when events were missed and everything must be loaded anew.
export function onMissed(load: () => void): () => void {
  reloads.add(load)
  return () => reloads.delete(load)
}

function subscribe(name: string, handler: Handler): () => void {
  const set = handlers.get(name) ?? new Set()
  handlers.set(name, set.add(handler))
  return () => set.delete(handler)
}

const nameOf = (live: LiveEvent) => live.payload?.typeUrl.split('/').pop() ?? ''

export function deliver(live: LiveEvent): void {
  const name = nameOf(live)
  if (!name) return
  for (const [wanted, set] of handlers) {
    if (wanted === name || (wanted.endsWith('*') && name.startsWith(wanted.slice(0, -1)))) set.forEach((handler) => hand(handler, live))
  }
}

// One part of the page that stumbles over an event must not end the stream of all others.
function hand(handler: Handler, live: LiveEvent): void {
  try {
    handler(live)
  } catch (thrown) {
    reportError(thrown)
  }
}

// A stream that says nothing for this long is broken; heartbeats come every 10 s.
const SILENCE_MS = 25_000
const PAUSES_MS = [300, 1000, 2000, 4000, 8000]

export function startLive(): () => void {
  let stopped = false
  let controller = new AbortController()
  let epoch = ''
  let sequence = 0n
  let failures = 0
  let began = Date.now()
  const watchdog = setInterval(() => {
    if (Date.now() - Math.max(began, useConnection.getState().heard) > SILENCE_MS) controller.abort()
  }, 2000)
  const wake = () => {
    failures = 0
    if (!useConnection.getState().up) controller.abort()
  }
  // Told at once, instead of after a long silence.
  const lost = () => controller.abort()
  addEventListener('online', wake)
  addEventListener('offline', lost)

  const run = async () => {
    while (!stopped) {
      controller = new AbortController()
      began = Date.now()
      try {
        const request = { topics: [], epoch, resumeAfter: sequence }
        for await (const live of eventClient(Live).subscribe(request, { signal: controller.signal, timeoutMs: 0 })) {
          if (epoch && live.epoch && live.epoch !== epoch) reloads.forEach((load) => load())
          epoch = live.epoch
          sequence = live.sequence
          failures = 0
          const at = live.occurredTime
          const skew = at && !live.payload ? Number(at.seconds) * 1000 - Date.now() : useConnection.getState().skew
          useConnection.setState({ up: true, heard: Date.now(), skew })
          deliver(live)
        }
      } catch (thrown) {
        const { code } = ConnectError.from(thrown)
        if (code === Code.OutOfRange) {
          epoch = ''
          sequence = 0n
          reloads.forEach((load) => load())
        }
      }
      if (stopped) return
      if (useConnection.getState().up) useConnection.setState({ up: false, lostAt: Date.now() })
      const pause = PAUSES_MS[Math.min(failures++, PAUSES_MS.length - 1)] as number
      await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)))
    }
  }
  void run()
  return () => {
    stopped = true
    clearInterval(watchdog)
    removeEventListener('online', wake)
    removeEventListener('offline', lost)
    controller.abort()
  }
}
