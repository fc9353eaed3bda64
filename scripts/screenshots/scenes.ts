import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Frame, Page } from 'puppeteer-core'
import { startFetch, startRequests } from '../browser/fetch'
import { readLog } from '../browser/read'
import { until } from '../browser/until'
import { abortSeries } from './abort-series'
import { comparisons } from './compare'
import { copyTest } from './copy-test'
import { network } from './network'
import { newFetch } from './new-fetch'
import { pauseOnEvent } from './pause-on-event'
import { plannedAborts } from './planned-aborts'
import { reasons } from './reasons'
import { repeat } from './repeat'
import type { Scene } from './scene'
import {
  abort,
  choose,
  chooseIn,
  cleanUp,
  exportSession,
  home,
  importFile,
  moved,
  openMenu,
  said,
  select,
  startNightFerry,
  storageKnown,
  toggleGroups,
} from './steps'
import { timelines } from './timeline'
import { untraced } from './untraced'

/** One fetch was aborted and is selected, another is on its way: the picture of the README. */
export const figure: Scene = {
  name: 'figure',
  url: (demo) => `${demo.url}blank.html`,
  async play(page, panel) {
    // DevTools is open before the demo, so that its worker is watched from its first line on.
    await page.evaluate(`import('/shared/places.js').then(({ createPlaces }) => createPlaces())`)
    await page.goto(new URL('/', page.url()).href)
    await storageKnown(panel)
    await startFetch(page, { id: 'salt-roads', bytes: 5_760_000, rate: 600_000 })
    await moved(panel, 'salt-roads', 1_000_000)
    await select(panel, 'salt-roads')
    await abort(panel, 'salt-roads')
    await page.locator('[aria-label="Download The Night Ferry"]').click()
    await moved(panel, 'night-ferry', 900_000)
  },
}

/** Only a worker that runs is listed. */
const startWorker = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).active?.postMessage(null))

async function openWorkerMenu(page: Page, panel: Frame): Promise<void> {
  await startWorker(page)
  await said(panel, /abort \(?✓/)
  await panel.locator('[aria-label="Service workers"] [aria-haspopup="menu"]').click()
}

/** The states that are worth a look at every size. */
export const scenes: readonly Scene[] = [
  ...reasons,
  ...plannedAborts,
  ...pauseOnEvent,
  ...repeat,
  ...newFetch,
  ...network,
  ...abortSeries,
  ...comparisons,
  ...copyTest,
  ...untraced,
  { name: 'empty', url: home, play: () => sleep(500) },
  {
    name: 'menu-record',
    url: home,
    play: (_, panel) => openMenu(panel, 'Record'),
  },
  {
    name: 'menu-worker',
    url: home,
    play: openWorkerMenu,
  },
  {
    name: 'unregister',
    url: home,
    async play(page, panel) {
      await openWorkerMenu(page, panel)
      await panel.locator(':popover-open [aria-label="Unregister…"]').click()
    },
  },
  {
    name: 'suggestions',
    url: home,
    async play(page, panel) {
      await page.locator('[aria-label="Download The Night Ferry"]').click()
      await moved(panel, 'night-ferry', 300_000)
      await panel.focus('input[type="search"]')
      await panel.$eval('input[type="search"]', (field) => {
        ;(field as HTMLInputElement).value = 'event:'
        field.dispatchEvent(new Event('input', { bubbles: true }))
      })
    },
  },
  {
    name: 'menu-more',
    url: home,
    play: (_, panel) => openMenu(panel, 'More options'),
  },
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
  cleanUp('clean', 'keep'),
  cleanUp('left', 'forget-rows'),
  cleanUp('wrong', 'reject'),
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
  {
    name: 'help',
    url: home,
    play: (_, panel) => panel.locator('[aria-label="Keyboard shortcuts"]').click(),
  },
  {
    name: 'export',
    url: home,
    async play(page, panel) {
      await cleanUp('', 'keep').play(page, panel)
      await chooseIn(panel, 'More options', 'Export session…')
    },
  },
  {
    name: 'recordings',
    url: home,
    async play(_, panel) {
      const keep = async () => {
        await openMenu(panel, 'Record')
        await panel.locator('label::-p-text(Keep recording this tab)').click()
        await openMenu(panel, 'Record')
      }
      await keep()
      await said(panel, /keep recording/)
      await keep()
      await said(panel, /keep recording ended/)
      await chooseIn(panel, 'More options', 'Saved recordings')
      await panel.locator('dialog[open] li').wait()
    },
  },
  {
    name: 'imported',
    url: home,
    async play(page, panel) {
      const clean = cleanUp('clean', 'keep')
      await clean.play(page, panel)
      const file = await exportSession(page, panel)
      await importFile(panel, file)
      await panel.locator('::-p-text(Back to the tab)').wait()
    },
  },
  {
    name: 'error',
    url: home,
    async play(_, panel) {
      const file = join(await mkdtemp(join(tmpdir(), 'screenshots-')), 'notes.json')
      await writeFile(file, '{"half": ')
      await importFile(panel, file)
      await panel.locator('[role="alert"]').wait()
    },
  },
  ...timelines,
]
