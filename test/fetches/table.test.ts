import { describe, expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { openTallPanel, useBench } from '../support/harness'
import { openFetch, openWithWorker } from '../support/open-fetch'
import { media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { liveRows } from '../support/rows'
import { story } from '../support/story'

const bench = useBench()

describe('the table of fetches', () => {
  test('lists a fetch that the page starts, with its scope and state', async () => {
    const { page, panel } = await bench.openTab('/')
    await registerWorker(page)
    await startFetch(page, 'listed', [media('a', { size: 4_000_000 })], { downloadTotal: 4_000_000 })
    const row = await waitForLive(panel, 'listed')
    expect(row).toMatchObject({ shown: 'listed', scope: '/', max: 4_000_000 })
    expect(['queued', 'active']).toContain(row.state)
    await waitForLive(panel, 'listed', ({ state }) => state === 'active')
    await waitForRow(panel, { source: 'page', name: 'fetch started', fetch: 'listed' })
  })

  inFullRun('shows progress move, in bytes and percent', async () => {
    const { page, panel } = await openWithWorker(bench)
    await startFetch(page, 'moving', [media('a', { size: 20_000_000, rate: 2_000_000 })], {
      downloadTotal: 20_000_000,
    })
    const first = await waitForLive(panel, 'moving', ({ now }) => (now ?? 0) > 0)
    const second = await waitForLive(panel, 'moving', ({ now }) => (now ?? 0) > (first.now ?? 0))
    expect(second.max).toBe(20_000_000)
    const percent = Math.floor(((second.now ?? 0) / 20_000_000) * 100)
    expect(second.progress).toContain('of 20.0 MB')
    expect(second.progress).toMatch(new RegExp(`\\(${percent}%\\)`))
  })

  inFullRun('shows bytes without a share when the total is not known', async () => {
    const { row } = await openFetch(bench, 'endless', {
      urls: [media('a', { rate: 2_000_000 })],
      until: ({ state }) => state === 'active',
    })
    expect(row).toMatchObject({ now: null, max: null, progress: expect.stringContaining('total unknown') })
  })

  test('has a fetch that ran before the panel was opened, and says that it was found', async () => {
    const page = await bench.openPage('/blank.html')
    await registerWorker(page)
    await startFetch(page, 'earlier')
    const { panel } = await openTallPanel(page)
    await waitForLive(panel, 'earlier')
    await waitForRow(panel, { name: 'fetch found', fetch: 'earlier', text: /was running already/ })
    expect(await story(panel, 'earlier')).toEqual(['page fetch found'])
  })

  test('distinguishes fetches of two scopes, even with one id', async () => {
    const { page, panel } = await openWithWorker(bench)
    await registerWorker(page, { scope: '/library/', script: '/library/sw.js' })
    await startFetch(page, 'same-id', [media('a')], { scope: '/' })
    await startFetch(page, 'same-id', [media('b')], { scope: '/library/' })
    await expect
      .poll(async () => (await liveRows(panel)).map(({ scope }) => scope).sort())
      .toEqual(['/', '/library/'])
    const { host } = new URL(bench.demo.url)
    await waitForRow(panel, { fetch: `same-id (${host}/)`, name: 'fetch started' })
    await waitForRow(panel, { fetch: `same-id (${host}/library/)`, name: 'fetch started' })
    // Aborts the one whose name says its scope, and leaves the other alone.
    await pressAbort(panel, `same-id (${host}/library/)`)
    await eventually(async () => (await liveRows(panel)).map(({ scope }) => scope)).toEqual(['/'])
  })

  test('shows the second fetch of an origin queued while the first is active', async () => {
    const front = 'season-2026-autumn-episode-0001'
    const { page, panel } = await openFetch(bench, front, { until: ({ state }) => state === 'active' })
    await startFetch(page, 'behind')
    await waitForLive(panel, 'behind', ({ state }) => state === 'queued')
    // What differs between the IDs of a site is seen, however narrow the column is.
    const isSeen = (cell: Element) => {
      const end = [...cell.querySelectorAll('span')].find(({ textContent }) => textContent === 'ode-0001')
      return end ? end.getBoundingClientRect().right <= cell.getBoundingClientRect().right : null
    }
    await eventually(() => panel.$eval('tr[data-id="behind"] [data-column="state"]', isSeen)).toBe(true)
    await pressAbort(panel, front)
    await waitForLive(panel, 'behind', ({ state }) => state === 'active')
  })

  test('has five places, and the sixth fetch is refused', async () => {
    const { page, panel } = await openWithWorker(bench)
    for (const n of [1, 2, 3, 4, 5]) await startFetch(page, `place-${n}`)
    await expect(startFetch(page, 'place-6')).rejects.toThrow()
    await eventually(async () => (await liveRows(panel)).length).toBe(5)
    const counts = await panel.$eval('[data-counts]', (element) => element.textContent)
    expect(counts).toBe('5 active, max. 5')
  })
})
