import type { Page } from 'puppeteer-core'
import { openMeasuredPage } from './measured-page'
import { setTracing } from './observe'

/** Samples of one call, in milliseconds, with DevTools open: without tracing and with it. */
export interface CallCost {
  readonly what: string
  readonly without: number[]
  readonly with: number[]
}

export interface CallSizes {
  /** Times that tracing is switched off and on. */
  readonly blocks: number
  /** Calls of a block, one after the other. */
  readonly calls: number
}

/** Done in the page and in its worker, on a fetch that has ended: `abort()` answers `false`. */
const TIMED = `
async function timed(n, call) {
  const start = performance.now()
  for (let i = 0; i < n; i++) await call()
  return (performance.now() - start) / n
}
async function ended(registration) {
  const fetch = await registration.backgroundFetch.get('calls')
  await fetch.abort()
  return fetch
}`
const SCRIPT = `${TIMED}
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
const tasks = {
  async abort(n) {
    const fetch = await ended(registration)
    return timed(n, () => fetch.abort())
  },
  request: (n) => timed(n, async () => (await fetch('/small')).text()),
}
self.addEventListener('message', async ({ data: [task, n], ports: [port] }) => port.postMessage(await tasks[task](n)))
`

const start = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.backgroundFetch.fetch('calls', ['/endless'])
  })

const abortInPage = (page: Page, n: number): Promise<number> =>
  page.evaluate(`(async () => {
    ${TIMED}
    const fetch = await ended(await navigator.serviceWorker.ready)
    return timed(${n}, () => fetch.abort())
  })()`) as Promise<number>

const inWorker = (page: Page, task: 'abort' | 'request', n: number): Promise<number> =>
  page.evaluate(
    async (...message) => {
      const { active } = await navigator.serviceWorker.ready
      const { port1, port2 } = new MessageChannel()
      const answer = new Promise<number>((resolve) => {
        port1.onmessage = ({ data }) => resolve(data)
      })
      active?.postMessage(message, [port2])
      return answer
    },
    task,
    n,
  )

/** Measures what tracing costs a call of `abort()`, and a request of a worker: in one run, with and without it by turns. */
export async function measureCallCost({ blocks, calls }: CallSizes): Promise<CallCost[]> {
  const cost = (what: string): CallCost => ({ what, without: [], with: [] })
  const byPage = cost('abort() in the page')
  const byWorker = cost('abort() in the worker')
  const requests = cost('fetch() in the worker')
  const { page, panel, close } = await openMeasuredPage('/calls.js', SCRIPT)
  try {
    await page.evaluate(() => navigator.serviceWorker.register('/calls.js'))
    for (let block = 0; block < blocks; block++) {
      for (const key of ['without', 'with'] as const) {
        await setTracing(panel, key === 'with')
        await start(page)
        byPage[key].push(await abortInPage(page, calls))
        await start(page)
        byWorker[key].push(await inWorker(page, 'abort', calls))
        requests[key].push(await inWorker(page, 'request', calls))
      }
    }
  } finally {
    await close()
  }
  return [byPage, byWorker, requests]
}
