import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Frame, Page } from 'puppeteer-core'
import type { Demo } from '../demo/server/index'
import { launch } from '../scripts/browser/launch'
import { openPanel } from '../scripts/browser/panel'
import { until } from '../scripts/browser/until'
import { openIdlePage } from './idle-page'

/** What one flood of a traced worker's event does to the panel. */
export interface FloodCost {
  readonly kind: string
  readonly count: number
  /** Milliseconds that the worker took. */
  readonly worker: number
  /** Milliseconds from the end of the event in the worker to its row; NaN when it did not come. */
  readonly lag: number
  /** Milliseconds of the longest task of the panel. */
  readonly longest: number
  /** Milliseconds from the start of another fetch, right after the flood, until the table lists it. */
  readonly followed: number
  /** Milliseconds from the abort of that one to its verdict. */
  readonly verdict: number
}

/** What the handler does `n` times. */
const FLOODS = {
  'console.log()': `for (let i = 0; i < n; i++) console.log('row', i)`,
  'waitUntil()': `for (let i = 0; i < n; i++) event.waitUntil(Promise.resolve(i))`,
  'cache.put()': `const cache = await caches.open('flood')
    for (let i = 0; i < n; i++) await cache.put('/flood?' + i, new Response(''))
    await caches.delete('flood')`,
} as const
export type FloodKind = keyof typeof FLOODS

const NOW = 'performance.timeOrigin + performance.now()'

const install = (kind: FloodKind, n: number) => `{
  const n = ${n}
  self.addEventListener('backgroundfetchabort', (event) => {
    if (event.registration.id !== 'flood') return
    self.floodStart = ${NOW}
    event.waitUntil((async () => {
      ${FLOODS[kind]}
      await new Promise((resolve) => setTimeout(resolve))
      self.floodEnd = ${NOW}
    })())
  })
}`

/** Notes when rows of the log and of the table come, and long tasks. */
const OBSERVE = `(() => {
  const now = () => performance.timeOrigin + performance.now()
  globalThis.flood = { longest: 0, rows: {} }
  const look = () => {
    for (const row of document.querySelectorAll('[data-row]')) {
      const id = row.querySelector('[data-cell="fetch"]').textContent
      const name = row.querySelector('b').textContent
      flood.rows[id + ' ' + name] ??= now()
    }
    for (const bar of document.querySelectorAll('[role="progressbar"]')) {
      flood.rows[bar.getAttribute('aria-label')] ??= now()
    }
  }
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) flood.longest = Math.max(flood.longest, duration)
  }).observe({ type: 'longtask' })
})()`

const workerOf = async (browser: Browser, url: string): Promise<CDPSession> => {
  const target = await browser.waitForTarget(
    (one) => one.type() === 'service_worker' && one.url().startsWith(url),
  )
  return target.createCDPSession()
}

const evaluate = async (worker: CDPSession, expression: string): Promise<unknown> =>
  (await worker.send('Runtime.evaluate', { expression, returnByValue: true })).result.value

/** When the panel drew what has this name; NaN when it did not within a minute. */
async function drawnAt(panel: Frame, name: RegExp): Promise<number> {
  const find = async () => {
    const rows = (await panel.evaluate('flood.rows')) as Record<string, number>
    return Object.entries(rows).find(([key]) => name.test(key))?.[1]
  }
  return until('a row', find, 60_000).catch(() => Number.NaN)
}

const START = `async (id) => {
  const { backgroundFetch } = await navigator.serviceWorker.ready
  await backgroundFetch.fetch(id, ['/media/' + id + '.wav?size=60000000&rate=300000'])
  return ${NOW}
}`
const ABORT = `async (id) => {
  const { backgroundFetch } = await navigator.serviceWorker.ready
  await (await backgroundFetch.get(id)).abort()
  return ${NOW}
}`

const inPage = (page: Page, script: string, id: string) =>
  page.evaluate(`(${script})(${JSON.stringify(id)})`) as Promise<number>

/** Aborts a fetch whose handler does one thing very often, and then another fetch. */
export async function measureFlood(demo: Demo, kind: FloodKind, count: number): Promise<FloodCost> {
  const { browser, close } = await launch()
  try {
    const page = await openIdlePage(browser, demo.url)
    const { panel } = await openPanel(page)
    await panel.waitForSelector('[aria-label^="Stop worker"]')
    const worker = await workerOf(browser, demo.url)
    await evaluate(worker, install(kind, count))
    await panel.evaluate(OBSERVE)
    await inPage(page, START, 'flood')
    await drawnAt(panel, /^Progress of flood$/)
    // The storage is to be known before.
    await sleep(3000)
    await inPage(page, ABORT, 'flood')
    const ended = await until(
      'the end of the flood',
      async () => {
        return (await evaluate(worker, 'self.floodEnd')) as number | undefined
      },
      120_000,
    )
    const began = (await evaluate(worker, 'self.floodStart')) as number
    const started = await inPage(page, START, 'next')
    const followed = await drawnAt(panel, /^Progress of next$/)
    await sleep(1500)
    const aborted = await inPage(page, ABORT, 'next')
    const verdict = await drawnAt(panel, /^next verdict/)
    const done = await drawnAt(panel, /^flood backgroundfetchabort done$/)
    const longest = (await panel.evaluate('flood.longest')) as number
    return {
      kind,
      count,
      worker: ended - began,
      lag: done - ended,
      longest,
      followed: Math.max(0, followed - started),
      verdict: verdict - aborted,
    }
  } finally {
    await close()
  }
}

/** All floods, one after the other, each in a browser of its own. */
export async function measureFloods(demo: Demo, count: number): Promise<FloodCost[]> {
  const costs: FloodCost[] = []
  for (const kind of ['console.log()', 'waitUntil()', 'cache.put()'] as const) {
    costs.push(await measureFlood(demo, kind, kind === 'cache.put()' ? Math.min(count, 3000) : count))
  }
  return costs
}
