import type { Page } from 'puppeteer-core'
import { expect } from 'vitest'
import { startWithRow } from '../faults/scene'
import { atScale, inEveryRunIf, inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { checkNext } from '../support/outcome'
import { waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { startEndless, useSite } from './site-of-test'

const bench = useBench()
const site = useSite(bench)

/** A full run waits as long as it takes. */
const TIMEOUT = atScale(60_000, 600_000)

const COUNTS = {
  caches: atScale(200, 5000),
  databases: atScale(60, 2000),
  files: atScale(300, 50_000),
  directories: atScale(300, 50_000),
  scopes: atScale(30, 500),
}

const fillCaches = (page: Page, count = COUNTS.caches) =>
  page.evaluate(async (count) => {
    for (let i = 0; i < count; i++) await caches.open(`cache ${i}`)
  }, count)

const fillDatabases = (page: Page, count: number) =>
  page.evaluate(async (count) => {
    const make = (name: string) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onupgradeneeded = () => opening.result.createObjectStore('rows').put('x', 'x')
        opening.onsuccess = () => {
          opening.result.close()
          resolve()
        }
        opening.onerror = reject
      })
    for (let i = 0; i < count; i++) await make(`database ${i}`)
  }, count)

/** Files and directories, side by side and a few levels deep. */
const fillFiles = (page: Page, { files, directories }: { files: number; directories: number }) =>
  page.evaluate(
    async (files, directories) => {
      const root = await navigator.storage.getDirectory()
      let deep = root
      for (let i = 0; i < directories; i++) {
        const made = await (i % 50 === 0 ? root : deep).getDirectoryHandle(`directory ${i}`, { create: true })
        if (i % 5 === 0) deep = made
      }
      for (let i = 0; i < files; i++) await root.getFileHandle(`file ${i}`, { create: true })
    },
    files,
    directories,
  )

const stores: Record<string, (page: Page) => Promise<unknown>> = {
  [`${COUNTS.caches} caches`]: fillCaches,
  [`${COUNTS.databases} databases`]: (page) => fillDatabases(page, COUNTS.databases),
  [`${COUNTS.files} files and as many directories`]: (page) => fillFiles(page, COUNTS),
}

for (const [what, fill] of Object.entries(stores)) {
  inEveryRunIf(fill === fillCaches)(
    `with ${what} an abort is followed to a verdict, which calls no row that is left clean`,
    async () => {
      const { page, panel } = await site.open()
      await fill(page)
      await startWithRow(page, 'among-many')
      await waitForLive(panel, 'among-many')
      await pressAbort(panel, 'among-many')
      const { name } = await waitForRow(panel, { fetch: 'among-many', name: /^verdict: (?!.*so far)/ })
      expect(name).not.toMatch(/clean/)
      await checkNext(panel, (id) => startEndless(page, id))
    },
    TIMEOUT,
  )
}

inFullRun(
  `with ${COUNTS.scopes} scopes a fetch of the last one is listed and aborted`,
  async () => {
    const { page, panel } = await site.open()
    await page.evaluate(async (count) => {
      for (let i = 0; i < count; i++) {
        await navigator.serviceWorker.register('/plain.js', { scope: `/scope-${i}/` })
      }
      const last = await navigator.serviceWorker.getRegistration(`/scope-${count - 1}/`)
      const worker = last?.installing ?? last?.waiting
      while (worker && worker.state !== 'activated') {
        await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }))
      }
      await last?.backgroundFetch.fetch('of-the-last', ['/endless'])
    }, COUNTS.scopes)
    await waitForLive(panel, 'of-the-last')
    await pressAbort(panel, 'of-the-last')
    await waitForRow(panel, { fetch: 'of-the-last', name: 'records released' })
    await checkNext(panel, (id) => startEndless(page, id))
  },
  TIMEOUT,
)
