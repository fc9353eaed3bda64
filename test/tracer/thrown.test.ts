import { afterEach, expect, test } from 'vitest'
import { recorded } from '../support/events'
import { FULL } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { logRows, type RowPattern } from '../support/rows'
import { type Site, startSite } from '../support/site'
import { setTrace, untilTraced, waitForWorker } from '../support/trace'

const bench = useBench()
const sites: Site[] = []
afterEach(async () => {
  for (const site of sites.splice(0)) await site.close()
})

const DONE = { name: 'backgroundfetchabort done' }

interface Expected {
  readonly id: string
  readonly message: string
  readonly last?: RowPattern
  /** How a worker that is traced from its start handles the event; without it the worker ran before it was traced. */
  readonly how?: string
}

/** Aborts a fetch; gives the names of the rows about the exception, and how many handlers its worker is known to have. */
async function abortOne({ id, message, last = DONE, how }: Expected) {
  const site = await startSite()
  sites.push(site)
  const { page, panel } = await bench.openTab(site.url)
  await setTrace(panel, how !== undefined)
  await page.evaluate(
    async (url) => {
      await navigator.serviceWorker.register(url)
      await navigator.serviceWorker.ready
    },
    `/throws.js?how=${how ?? 'listener'}`,
  )
  await setTrace(panel, true)
  await waitForWorker(panel)
  await startFetch(page, id, ['/endless'])
  await waitForLive(panel, id)
  await page.evaluate(async (task) => {
    const { active } = await navigator.serviceWorker.ready
    const { port1, port2 } = new MessageChannel()
    await new Promise((resolve) => {
      port1.onmessage = resolve
      active?.postMessage(task, [port2])
    })
  }, id)
  await abortInPage(page, id)
  await waitForRow(panel, { fetch: id, ...last })
  const rows = (await logRows(panel)).filter(({ fetch }) => fetch === id)
  expect(rows.some(({ text }) => text.includes(message))).toBe(true)
  const names = rows.map(({ name }) => name).filter((name) => /threw|returned|uncaught/.test(name))
  return { names, handlers: (await recorded(panel, 'dispatched')).at(-1)?.handlers }
}

const rowsOf = async (id: string, message: string, last?: RowPattern) =>
  (await abortOne({ id, message, ...(last ? { last } : {}) })).names

test('what a handler throws in a worker that ran before is said of it', async () => {
  expect(await rowsOf('in-handler', 'by the handler')).toEqual(['handler threw', 'handler threw'])
})

test('what another task throws right after a handler in a worker that ran before is not said of the handler', async () => {
  expect(await rowsOf('in-next-task', 'by the next task')).toEqual(['uncaught', 'handler returned'])
})

test('what another task throws before the event was seen is not said of the handler', async () => {
  expect(await rowsOf('before-it-is-seen', 'by a timer')).toEqual(['uncaught'])
})

test('what a handler that was not seen may have thrown is part of the verdict, and not more than that', async () => {
  const text = /an exception in the worker at that time may be its own: Error: by somebody/
  expect(await rowsOf('unseen', 'by somebody', { name: /^verdict: unknown/, text })).toEqual([])
})

const THREW = ['handler threw', 'handler threw']
const UNCAUGHT = ['uncaught', 'handler returned']

const ALWAYS = [
  ['attribute', 'in-waiting-task', 'by a waiting task', UNCAUGHT],
  ['after-attribute', 'in-handler', 'by the handler', THREW],
] as const
const AT_TIMES = [
  ['attribute', 'in-waiting-rejection', 'by a rejection', UNCAUGHT],
  ['attribute', 'in-handler', 'by the handler', THREW],
  ['stops', 'in-handler', 'by the handler', THREW],
  ['stops', 'in-waiting-task', 'by a waiting task', UNCAUGHT],
] as const

test.each([...ALWAYS, ...(FULL ? AT_TIMES : [])])(
  'in a worker that is traced from its start (%s), what is thrown %s has its rows',
  async (how, id, message, rows) => {
    await untilTraced(async () => {
      const { names, handlers } = await abortOne({ id, message, how })
      if (handlers === null) return false
      expect(names).toEqual(rows)
      return true
    })
  },
)
