import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openTraced } from '../support/open-fetch'
import { abortInPage, media, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { endedRows, rowsLike } from '../support/rows'

const bench = useBench()

/** The page of a tab does something at a known place. */
const run = (page: Page, script: string) =>
  page.evaluate(`${script}\n//# sourceURL=${new URL('/app.js', bench.demo.url).href}`)

test('an abort beside another tab of the origin may have been that tab’s, and is the page’s when that is closed', async () => {
  const { page, panel } = await openTraced(bench)
  const other = await bench.openPage('/blank.html')
  for (const id of ['beside', 'alone']) {
    await startFetch(page, id, [media('endless')])
    await waitForLive(panel, id)
    await run(
      page,
      `navigator.serviceWorker.ready
        .then(({ backgroundFetch }) => backgroundFetch.get('${id}'))
        .then((one) => one.abort())`,
    )
    await waitForRow(panel, { fetch: id, name: 'abort() called', text: /app\.js:3/ })
    await waitForRow(panel, { fetch: id, name: 'records released' })
    if (id === 'alone') break
    await other.close()
    const closedAt = Date.now()
    await eventually(() => Date.now() - closedAt).toBeGreaterThan(2000)
  }
  const orOther = /Aborted by the page, or by another tab with a page of its origin/
  await waitForRow(panel, { fetch: 'beside', name: /^settled/, text: orOther })
  await waitForRow(panel, { fetch: 'alone', name: /^settled/, text: /Aborted by the page; / })
  const outcomes = (await endedRows(panel)).map(({ id, outcome }) => [id, outcome])
  expect(Object.fromEntries(outcomes)).toEqual({
    beside: expect.stringMatching(/^aborted · .*\?$/),
    alone: expect.stringMatching(/^aborted · .*[^?]$/),
  })
})

/** Another tab starts a fetch while this page is busy, right before it calls fetch() with the same ID itself. */
async function startInBoth(page: Page, id: string, catches: boolean): Promise<Page> {
  const other = await bench.openPage('/blank.html')
  await other.evaluate(`navigator.serviceWorker.ready.then(({ backgroundFetch }) => {
    new BroadcastChannel('start').onmessage = () => backgroundFetch.fetch('${id}', ['${media('endless')}'])
  })`)
  await run(
    page,
    `navigator.serviceWorker.ready.then(({ backgroundFetch }) => {
      setTimeout(() => {
        const channel = new BroadcastChannel('start')
        channel.postMessage('')
        const until = Date.now() + 500
        while (Date.now() < until);
        const started = backgroundFetch.fetch('${id}', ['${media('endless')}'])
        ${catches ? 'started.catch(() => {})' : ''}
      })
    })`,
  )
  return other
}

test('a fetch that another tab has started is not of the page’s call, which the browser has refused', async () => {
  const { page, panel } = await openTraced(bench)
  const other = await startInBoth(page, 'both', false)
  await waitForRow(panel, { name: 'fetch() rejected', text: /“both”.*There already is a registration/ })
  const [started] = await rowsLike(panel, { fetch: 'both', name: /^fetch (started|found)/ })
  expect(started?.text).not.toMatch(/app\.js/)
  await abortInPage(other, 'both')
})

inFullRun(
  'where the page caught what the browser refused it with, the fetch is said to be possibly of another tab',
  async () => {
    const { page, panel } = await openTraced(bench)
    const other = await startInBoth(page, 'caught', true)
    await waitForRow(panel, {
      fetch: 'caught',
      name: 'fetch started',
      text: /; by .*, or by another tab with a page of its origin/,
    })
    await abortInPage(other, 'caught')
  },
)
