import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Frame, Page } from 'puppeteer-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { serveMedia } from '../../demo/server/media'
import { gridOf, planSeries, summaryOf } from '../support/abort-series'
import { FULL } from '../support/full'
import { type Bench, useBench } from '../support/harness'
import { media, startFetch } from '../support/page'
import { eventually, waitForEnded, waitForLive, waitForRow, waitForText } from '../support/panel'
import { button, press, pressAbort } from '../support/press'
import { type Site, startSite } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'
import { violations } from '../support/violations'

/** The demo's server, with a worker of the fixtures. */
let site: Site
beforeEach(async () => {
  site = await startSite(0, (url, request, response) => {
    if (!url.pathname.startsWith('/media/')) return false
    void serveMedia(request, response, url)
    return true
  })
})
afterEach(() => site.close())

/** Three responses: the browser asks for two at a time, and the second takes long. */
const urls = [
  media('one', { size: 100_000, rate: 100_000 }),
  media('two', { size: 3_000_000, rate: 100_000 }),
  media('three', { size: 3_000_000, rate: 100_000 }),
]

/** A page with a worker that cleans up in this way, and a fetch of it that was aborted. */
async function openSeries(bench: Bench, leaves: string, traced = true) {
  const tab = await bench.openTab(site.url)
  const { page, panel } = tab
  await setTrace(panel, traced)
  await page.evaluate(async (url) => {
    await navigator.serviceWorker.register(url)
    await navigator.serviceWorker.ready
  }, `/series.js?leaves=${leaves}`)
  if (traced) await waitForWorker(panel)
  await startFetch(page, 'trip', urls)
  await waitForLive(panel, 'trip')
  await pressAbort(panel, 'trip')
  await waitForEnded(panel, 'trip')
  return tab
}

const activeIds = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).backgroundFetch.getIds())

const waitForMenu = (panel: Frame, label: string) =>
  panel.waitForSelector(`:popover-open [role="menuitem"][aria-label="${label}"]`)

const over = (panel: Parameters<typeof waitForRow>[0]) =>
  vi.waitFor(() => waitForRow(panel, { name: 'abort series', text: /all runs are over/ }), {
    timeout: 120_000,
    interval: 0,
  })

describe('an abort series', () => {
  const bench = useBench()

  test('runs one after the other, shows each verdict, and leaves no fetch when it is stopped', async () => {
    const { page, panel, devtools } = await openSeries(bench, 'nothing')
    await planSeries(panel, 'trip', ['at once: Worker running', 'after 2 responses: Worker running'])
    if (FULL) expect(await violations(panel, 'label')).toEqual([])
    await press(panel, 'Start series')
    await waitForLive(panel, 'trip-2')
    expect((await gridOf(panel))['at once']).toEqual([expect.stringMatching(/^clean handler [\d.]+ m?s/)])
    if (FULL) expect(await violations(panel)).toEqual([])
    await press(panel, 'Stop series')
    await waitForRow(panel, { name: 'abort series', text: /stopped in the panel/ })
    expect(await activeIds(page)).toEqual([])
    await eventually(() => summaryOf(panel)).toBe('1 of 2 runs clean. 1 moment could not be tried.')
    expect((await gridOf(panel))['after 2 responses']).toEqual(['not tried the series was stopped'])
    // A cell opens its fetch, and the grid stays.
    await panel.focus('section[aria-label="Abort series"] td button')
    await devtools.keyboard.press('Enter')
    await waitForText(panel, /This fetch is run 1 of 2/)
    expect(await panel.evaluate(() => document.activeElement?.getAttribute('aria-pressed'))).toBe('true')
    expect(await violations(panel)).toEqual([])
    // Its menu is that of the fetch.
    await devtools.keyboard.down('Shift')
    await devtools.keyboard.press('F10')
    await devtools.keyboard.up('Shift')
    await waitForMenu(panel, 'Copy as test (Puppeteer)')
  })

  for (const [leaves, summary, found] of [
    ['nothing', '6 of 6 runs clean.', {}],
    [
      'between',
      '4 of 6 runs clean. Not clean only after 1 response, with the worker running or stopped first.',
      { 'after 1 response': [/^1 left/, /^1 left/] },
    ],
    [
      'cold',
      '3 of 6 runs clean. Not clean only at once, at the first byte, after 1 response, with the worker stopped first.',
      {
        'at once': [/^clean/, /^1 left/],
        'at the first byte': [/^clean/, /^1 left/],
        'after 1 response': [/^clean/, /^1 left/],
      },
    ],
  ] as const) {
    test.runIf(FULL)(
      `finds what a handler leaves at its moment and at no other: ${leaves}`,
      async () => {
        const { page, panel } = await openSeries(bench, leaves)
        const moments = ['at once', 'at the first byte', 'after 1 response']
        const heads = ['Worker running', 'Worker stopped first']
        await planSeries(
          panel,
          'trip',
          moments.flatMap((moment) => heads.map((head) => `${moment}: ${head}`)),
        )
        await press(panel, 'Start series')
        await over(panel)
        expect(await summaryOf(panel), JSON.stringify(await gridOf(panel), null, 2)).toBe(summary)
        const grid = await gridOf(panel)
        for (const moment of moments) {
          const wanted = (found as Record<string, readonly RegExp[]>)[moment] ?? [/^clean/, /^clean/]
          expect(grid[moment]).toEqual(wanted.map((pattern) => expect.stringMatching(pattern)))
        }
        expect(await activeIds(page)).toEqual([])
      },
      150_000,
    )
  }

  test.runIf(FULL)('leaves no fetch when DevTools is closed, and says so when it is open again', async () => {
    const tab = await openSeries(bench, 'nothing')
    await planSeries(tab.panel, 'trip', ['after 1 response: Worker running'])
    await press(tab.panel, 'Start series')
    await waitForLive(tab.panel, 'trip-1')
    await tab.devtools.close()
    await eventually(() => activeIds(tab.page)).toEqual([])
    const { panel } = await bench.reopen(tab)
    await waitForRow(panel, { name: 'abort series', text: /was closed or loaded again/ })
  })

  test.runIf(FULL)(
    'deletes what a run has left where that is wanted',
    async () => {
      const { page, panel } = await openSeries(bench, 'cold')
      await planSeries(panel, 'trip', ['at once: Worker stopped first', 'after 1 response: Worker running'])
      await panel.$eval('dialog[open] label input[type="checkbox"]', (box) => (box as HTMLElement).click())
      await press(panel, 'Start series')
      await over(panel)
      await waitForRow(panel, { name: 'leftover deleted', text: /row “trip-1” in series\/open/ })
      expect(await summaryOf(panel)).toBe(
        '1 of 2 runs clean. Not clean only at once, with the worker stopped first.',
      )
      const rows = await page.evaluate(async () => {
        const database = await new Promise<IDBDatabase>((resolve) => {
          const request = indexedDB.open('series')
          request.onsuccess = () => resolve(request.result)
        })
        const request = database.transaction('open').objectStore('open').getAllKeys()
        await new Promise((resolve) => request.addEventListener('success', resolve))
        database.close()
        return request.result
      })
      expect(rows).toEqual([])
    },
    60_000,
  )

  test.runIf(FULL)(
    'goes on after a reload, and says what it took from the run',
    async () => {
      const { page, panel } = await openSeries(bench, 'nothing')
      await planSeries(panel, 'trip', ['after 1 response: Worker running', 'at once: Worker running'])
      await press(panel, 'Start series')
      await waitForEnded(panel, 'trip-1')
      await waitForLive(panel, 'trip-2')
      await page.reload()
      await over(panel)
      expect(await gridOf(panel)).toEqual({
        'at once': [expect.stringMatching(/^clean/)],
        'after 1 response': ['not tried the page was left before'],
      })
      expect(await activeIds(page)).toEqual([])
    },
    60_000,
  )
})

describe.runIf(FULL)('where the browser lets a site start one fetch only', () => {
  const bench = useBench({
    own: true,
    async prepare(profile) {
      const preferences = join(profile, 'Default', 'Preferences')
      const { profile: _, ...others } = JSON.parse(await readFile(preferences, 'utf8'))
      await writeFile(preferences, JSON.stringify(others))
    },
  })

  test('a series waits for the permission, and without it no moment counts as tried', async () => {
    const { page, panel } = await openSeries(bench, 'nothing')
    await planSeries(panel, 'trip', ['at once: Worker running', 'after 1 response: Worker running'])
    await press(panel, 'Start series')
    await waitForText(panel, /The browser lets a site start only one fetch without a click/)
    await button(panel, 'Allow and start…')
    await press(panel, 'Stop series')
    await eventually(() => gridOf(panel)).toEqual({
      'at once': ['not tried the browser lets the site start no more fetches without a click'],
      'after 1 response': ['not tried the series was stopped'],
    })
    expect(await summaryOf(panel)).toBe('0 of 2 runs clean. 2 moments could not be tried.')
    expect(await activeIds(page)).toEqual([])
  })
})
