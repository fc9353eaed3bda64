import type { Page } from 'puppeteer-core'
import { openMeasuredPage } from './measured-page'
import { setTracing } from './observe'

/** Samples of one call, in milliseconds, with DevTools open: without tracing and with it. */
export interface CallCost {
  readonly what: string
  /** How many milliseconds more it may take with tracing; null where there is no goal. */
  readonly most: number | null
  readonly without: number[]
  readonly with: number[]
}

export interface CallSizes {
  /** Times that tracing is switched off and on. */
  readonly blocks: number
  /** Calls of a block, one after the other. */
  readonly calls: number
  /** Calls of a block with a pause before each. */
  readonly single: number
}

/** Before a single call, in milliseconds: what the one before it has caused, also in the tracer, is over. */
const PAUSE = 200

/** Done in the page and in its worker, on a fetch that has ended: `abort()` answers `false`. */
const TIMED = `
async function timed(n, pause, call) {
  let sum = 0
  for (let i = 0; i < n; i++) {
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause))
    const start = performance.now()
    await call()
    sum += performance.now() - start
  }
  return sum / n
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
  async abort(n, pause) {
    const fetch = await ended(registration)
    return timed(n, pause, () => fetch.abort())
  },
  request: (n, pause) => timed(n, pause, async () => (await fetch('/small')).text()),
}
self.addEventListener('message', async ({ data: [task, ...how], ports: [port] }) => port.postMessage(await tasks[task](...how)))
`

const start = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.backgroundFetch.fetch('calls', ['/endless'])
  })

const abortInPage = (page: Page, n: number, pause: number): Promise<number> =>
  page.evaluate(`(async () => {
    ${TIMED}
    const fetch = await ended(await navigator.serviceWorker.ready)
    return timed(${n}, ${pause}, () => fetch.abort())
  })()`) as Promise<number>

const inWorker = (page: Page, task: 'abort' | 'request', n: number, pause: number): Promise<number> =>
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
    pause,
  )

type Task = (page: Page, n: number, pause: number) => Promise<number>

const cost = (what: string, most: number | null): CallCost => ({ what, most, without: [], with: [] })

/** What is measured, and how many milliseconds more one call may take with tracing, where there is a goal. */
const TASKS: readonly (readonly [name: string, most: number | null, task: Task])[] = [
  ['abort() in the page', 1, (page, ...how) => start(page).then(() => abortInPage(page, ...how))],
  ['abort() in the worker', 1, (page, ...how) => start(page).then(() => inWorker(page, 'abort', ...how))],
  ['fetch() in the worker', null, (page, ...how) => inWorker(page, 'request', ...how)],
]

/**
 * Measures what tracing costs a call of `abort()`, and a request of a worker: in one run, with and without it by turns. One call at a
 * time, and many in a row, which wait for what those before them have caused.
 */
export async function measureCallCost({ blocks, calls, single }: CallSizes): Promise<CallCost[]> {
  const all = TASKS.flatMap(([name, most, task]) => [
    { task, n: single, pause: PAUSE, cost: cost(name, most) },
    // Many in a row also wait for the panel that draws those before them.
    { task, n: calls, pause: 0, cost: cost(`${name}, in a row`, null) },
  ])
  const { page, panel, close } = await openMeasuredPage('/calls.js', SCRIPT)
  try {
    await page.evaluate(() => navigator.serviceWorker.register('/calls.js'))
    for (let block = 0; block < blocks; block++) {
      for (const key of ['without', 'with'] as const) {
        await setTracing(panel, key === 'with')
        for (const { task, n, pause, cost } of all) {
          cost[key].push(await task(page, n, pause))
        }
      }
    }
  } finally {
    await close()
  }
  return all.map(({ cost }) => cost)
}
