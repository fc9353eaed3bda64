import { setTimeout as sleep } from 'node:timers/promises'
import { startFetch, startRequests } from '../browser/fetch'
import { readLog } from '../browser/read'
import { until } from '../browser/until'
import type { Scene } from './scene'
import {
  abort,
  choose,
  cleanUp,
  home,
  moved,
  said,
  select,
  startNightFerry,
  storageKnown,
  toggleGroups,
} from './steps'

/** Fetches in the table, and what the details and the log show of them. */
export const fetches: readonly Scene[] = [
  { name: 'empty', url: home, play: () => sleep(500) },
  {
    name: 'ended',
    url: home,
    async play(page, panel) {
      for (const [handler, id, title] of [
        ['keep', 'night-ferry', 'The Night Ferry'],
        ['forget-rows', 'salt-roads', 'Salt Roads'],
        ['reject', 'numbers-station', 'Numbers Station'],
      ] as const) {
        await choose(page, handler)
        await page.reload()
        await storageKnown(panel)
        await page.locator(`[aria-label="Download ${title}"]`).click()
        await moved(panel, id, 300_000)
        await abort(panel, id)
      }
      await startFetch(page, { id: 'valley-clock', bytes: 9_000_000, rate: 400_000 })
      await startFetch(page, { id: 'rivers-forget', bytes: 9_000_000, rate: 400_000 })
      await moved(panel, 'valley-clock', 500_000)
    },
  },
  {
    name: 'one-fetch',
    url: home,
    async play(page, panel) {
      await page.locator('[aria-label="Download The Night Ferry"]').click()
      await moved(panel, 'night-ferry', 500_000)
    },
  },
  {
    name: 'five-fetches',
    url: home,
    async play(page, panel) {
      for (let i = 1; i <= 5; i++) {
        await startFetch(page, { id: `episode-${i}`, bytes: 3_000_000, rate: 500_000 })
      }
      await moved(panel, 'episode-1', 500_000)
    },
  },
  {
    name: 'responses',
    url: home,
    async play(page, panel) {
      await startRequests(page, 'season-2026-autumn-episode-0001', [
        '/media/chapter-1.wav?size=200000&rate=0',
        '/media/chapter-2.wav?size=90000&rate=0',
        '/media/chapter-3.wav?status=404',
        '/media/chapter-4.wav?size=9000000&rate=300000',
      ])
      await startRequests(page, 'season-2026-autumn-episode-0002', ['/media/chapter-5.wav?size=5000'])
      await said(panel, /404 GET/)
      await select(panel, 'episode-0001')
    },
  },
  {
    name: 'settled',
    url: home,
    async play(page, panel) {
      await startNightFerry(page, panel, 'slow')
      await panel.locator('[aria-label="Abort night-ferry"]').click()
      await until('the end of night-ferry in the log', async () =>
        (await readLog(panel)).some((line) => line.text.includes('settled: failure, aborted')),
      )
      await said(panel, /handling for/)
    },
  },
  {
    name: 'traced',
    url: home,
    async play(page, panel) {
      await startNightFerry(page, panel, 'chatty')
      await panel.locator('[aria-label="Stop worker"]').click()
      await abort(panel, 'night-ferry')
    },
  },
  {
    name: 'delete-leftover',
    url: home,
    async play(page, panel) {
      await cleanUp('', 'forget-rows').play(page, panel)
      await panel.locator('button::-p-text(Delete…)').click()
      await panel.locator('[role="alertdialog"]').wait()
    },
  },
  {
    name: 'row-data',
    url: home,
    async play(page, panel) {
      await startFetch(page, { id: 'salt-roads', bytes: 5_760_000, rate: 600_000 })
      await moved(panel, 'salt-roads', 300_000)
      await panel.$$eval('[data-row]', (rows) =>
        rows
          .find((row) => row.textContent?.includes('fetch started'))
          ?.querySelector<HTMLElement>('[data-chevron]')
          ?.click(),
      )
      await panel.locator('[role="tree"]').wait()
      // scrollIntoView() would scroll DevTools around the panel as well.
      await panel.$eval('[role="tree"]', (tree) => {
        const box = tree.closest('[role="rowgroup"]')
        if (box) box.scrollTop += tree.getBoundingClientRect().top - box.getBoundingClientRect().top - 60
      })
    },
  },
  {
    name: 'grouped',
    url: home,
    async play(page, panel) {
      await cleanUp('', 'keep').play(page, panel)
      await toggleGroups(panel)
    },
    leave: (panel) => toggleGroups(panel),
  },
]
