import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { BackgroundForBridge, BridgeFunctions, Hello, Report } from '../../protocol/commands'
import type { Handle } from '../../protocol/handle'
import type { PageBody } from '../../protocol/page-events'
import { type FakePort, portPair } from '../../wire/port.fixture'
import { rpcOverPort } from '../../wire/port-rpc'
import { FakePlatform } from './platform.fixture'
import { SCOPE } from './watching/watch.fixture'

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetModules()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  Reflect.deleteProperty(globalThis, 'backgroundFetchBridge')
})

export const pass = (ms = 50) => vi.advanceTimersByTimeAsync(ms)

/** The bridge in a page, and the background at the other end of its port. */
export async function enterPage() {
  const platform = new FakePlatform()
  platform.register(SCOPE)
  const hellos: Hello[] = []
  const reports: Report<PageBody>[] = []
  const state = { removed: false, safe: true }
  const connections: { port: FakePort; rpc: ReturnType<typeof accept> }[] = []

  const accept = (port: FakePort) =>
    rpcOverPort<BridgeFunctions, BackgroundForBridge>(port, {
      hello: (hello) => void hellos.push(hello),
      coldStart: async () => 'stopped',
      report(batch) {
        reports.push(...batch)
        return state.safe ? Promise.resolve(batch.at(-1)?.seq ?? 0) : new Promise(() => {})
      },
    })

  vi.stubGlobal('chrome', {
    runtime: {
      connect() {
        if (state.removed) throw new Error('Extension context invalidated.')
        const [page, background] = portPair()
        connections.push({ port: background, rpc: accept(background) })
        return page
      },
    },
  })
  const listeners = new Map<string, Set<(event: { persisted: boolean; isTrusted: boolean }) => void>>()
  const listenersOf = (type: string) => {
    const known = listeners.get(type) ?? new Set()
    listeners.set(type, known)
    return known
  }
  vi.stubGlobal('addEventListener', (type: string, listener: never) => void listenersOf(type).add(listener))
  vi.stubGlobal(
    'removeEventListener',
    (type: string, listener: never) => void listenersOf(type).delete(listener),
  )
  vi.stubGlobal('location', { href: platform.url, ancestorOrigins: [] })
  vi.stubGlobal('origin', 'https://pod.example')
  const window = { top: null as unknown }
  window.top = window
  vi.stubGlobal('window', window)
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('BackgroundFetchManager', class {})
  vi.stubGlobal('navigator', {
    serviceWorker: { getRegistrations: () => platform.getRegistrations() },
    permissions: { query: async () => ({ state: 'granted' }) },
  })
  const inject = async () => {
    vi.resetModules()
    await import('./index')
    await pass()
  }
  await inject()
  const current = () => connections.at(-1) ?? expect.unreachable()
  const of = (type: PageBody['type']) => reports.map(({ body }) => body).filter((body) => body.type === type)
  const look = async () => {
    await current().rpc.setMode({ lead: true, look: true, announcesNewFetches: false, namedUrls: [] })
    await pass(300)
    const [seen] = of('fetch-seen')
    return seen?.type === 'fetch-seen' ? seen.handle : ('' as Handle)
  }
  /** The types of events that the bridge listens to in its window, each once for each listener. */
  const listening = () => [...listeners].flatMap(([type, { size }]) => Array<string>(size).fill(type))
  const pageshow = async (persisted: boolean, isTrusted = true) => {
    for (const listener of [...listenersOf('pageshow')]) listener({ persisted, isTrusted })
    await pass()
  }
  const pagehide = (isTrusted: boolean) => {
    for (const listener of [...listenersOf('pagehide')]) listener({ persisted: true, isTrusted })
  }
  return {
    platform,
    hellos,
    reports,
    state,
    connections,
    current,
    inject,
    of,
    look,
    listening,
    pageshow,
    pagehide,
  }
}
