import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, Frame, Page } from 'puppeteer-core'
import { until } from '../scripts/browser/until'
import { openMeasuredPage } from './measured-page'
import { setTracing } from './observe'

/** Samples of one thing, in milliseconds, with DevTools open: without tracing and with it. */
export interface WorkerCost {
  readonly what: string
  /** How many calls a sample is of; 0 where it is of no calls. */
  readonly calls: number
  readonly without: number[]
  readonly with: number[]
}

export interface WorkerCostSizes {
  /** Times that tracing is switched off and on. */
  readonly blocks: number
  /** Registrations and cold starts in each of them. */
  readonly starts: number
  /** Calls of one sample of calls. */
  readonly calls: number
}

const NOW = 'performance.timeOrigin + performance.now()'
const CALLS = {
  'waitUntil()': 'event.waitUntil(Promise.resolve(i))',
  'console.log()': 'console.log(i)',
} as const

/** The name of a fetch says what its handler does how often. */
const SCRIPT = `
const answers = new BroadcastChannel('cost')
const calls = {
${Object.entries(CALLS)
  .map(([name, call]) => `  '${name}': (event, n) => { for (let i = 0; i < n; i++) ${call} },`)
  .join('\n')}
}
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('backgroundfetchabort', (event) => {
  const at = ${NOW}
  const { id } = event.registration
  const [what, n] = id.split(' ')
  const start = performance.now()
  calls[what]?.(event, Number(n))
  event.waitUntil(new Promise((resolve) => setTimeout(resolve)).then(() => {
    answers.postMessage({ id, at, took: performance.now() - start })
  }))
})
`

/** Milliseconds from register() until the worker is active, in a scope of its own. */
const register = (page: Page, scope: string): Promise<number> =>
  page.evaluate(async (scope) => {
    const start = performance.now()
    const registration = await navigator.serviceWorker.register(`/cost.js?${scope}`, { scope })
    // A fast worker may be further by now.
    const worker = registration.installing ?? registration.waiting ?? registration.active
    if (!worker) throw new Error(`No worker in ${scope}`)
    if (worker.state !== 'activated') {
      await new Promise<void>((resolve, reject) => {
        setTimeout(() => reject(new Error(`The worker in ${scope} is still ${worker.state}`)), 60_000)
        worker.addEventListener('statechange', () => {
          if (worker.state === 'activated') resolve()
        })
      })
    }
    return performance.now() - start
  }, scope)

const startFetch = (page: Page, id: string): Promise<void> =>
  page.evaluate(async (id) => {
    const registration = await navigator.serviceWorker.getRegistration('/')
    await registration?.backgroundFetch.fetch(id, ['/endless'])
  }, id)

/** Milliseconds from abort() to the handler, and those that its calls took, up to the next task. */
const abort = (page: Page, id: string): Promise<{ readonly cold: number; readonly took: number }> =>
  page.evaluate(async (id) => {
    const registration = await navigator.serviceWorker.getRegistration('/')
    const fetch = await registration?.backgroundFetch.get(id)
    if (!fetch) throw new Error(`There is no fetch ${id}`)
    const answers = new BroadcastChannel('cost')
    const answer = new Promise<{ at: number; took: number }>((resolve, reject) => {
      setTimeout(() => reject(new Error(`The handler of ${id} has not answered`)), 120_000)
      answers.onmessage = ({ data }) => data.id === id && resolve(data)
    })
    const start = performance.timeOrigin + performance.now()
    await fetch.abort()
    const { at, took } = await answer
    answers.close()
    return { cold: at - start, took }
  }, id)

/** Stops all workers of the page's browser context, as chrome://serviceworker-internals does. */
const stopAll = async (cdp: CDPSession): Promise<void> => {
  await cdp.send('ServiceWorker.stopAllWorkers')
  // The tracer waits for the next start then.
  await sleep(150)
}

/** Waits until the panel has drawn what happened before: that is no part of the next sample. */
async function rest(panel: Frame): Promise<void> {
  await until('the panel is at rest', () =>
    // A window that is never drawn may have no idle time.
    panel.evaluate(
      () => new Promise<boolean>((resolve) => requestIdleCallback(() => resolve(true), { timeout: 10_000 })),
    ),
  )
  await sleep(1000)
}

/** Measures what tracing costs a worker: in one run, with and without it by turns, with DevTools and the panel open. */
export async function measureWorkerCost({ blocks, starts, calls }: WorkerCostSizes): Promise<WorkerCost[]> {
  const cost = (what: string, calls = 0): WorkerCost => ({ what, calls, without: [], with: [] })
  const registration = cost('register() until activated')
  const cold = cost('abort() until a stopped worker’s handler runs')
  const bursts = Object.keys(CALLS).map((name) => cost(name, calls))
  const { page, panel, close } = await openMeasuredPage('/cost.js', SCRIPT)
  try {
    const cdp = await page.createCDPSession()
    await cdp.send('ServiceWorker.enable')
    await register(page, '/')
    for (let block = 0; block < blocks; block++) {
      for (const key of ['without', 'with'] as const) {
        await setTracing(panel, key === 'with')
        await stopAll(cdp)
        for (let i = 0; i < starts; i++) {
          const name = `${key}-${block}-${i}`
          await rest(panel)
          registration[key].push(await register(page, `/${name}/`))
          await startFetch(page, name)
          await rest(panel)
          await stopAll(cdp)
          cold[key].push((await abort(page, name)).cold)
        }
        for (const { what, [key]: samples } of bursts) {
          const id = `${what} ${calls} ${key}-${block}`
          await startFetch(page, id)
          samples.push((await abort(page, id)).took)
          await rest(panel)
        }
      }
    }
  } finally {
    await close()
  }
  return [registration, cold, ...bursts]
}
