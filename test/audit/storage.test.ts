import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { fillStorage } from '../../scripts/browser/fill-storage'
import { openAudited, startAndAbort, verdictOf } from '../support/audit'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { waitForRow } from '../support/panel'

const bench = useBench()

/** Opens a database of another name that the page holds, deaf to `versionchange`, and asks for an upgrade. */
const blockUpgrade = (page: Page) =>
  page.evaluate(async () => {
    const request = indexedDB.open('held', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('rows').put('one', 'one')
    await new Promise((resolve) => {
      request.onsuccess = resolve
    })
    const upgrade = indexedDB.open('held', 2)
    const state = {
      held: request.result,
      done: new Promise((resolve) => upgrade.addEventListener('success', resolve)),
    }
    Object.assign(globalThis, { state })
    await new Promise((resolve) => {
      upgrade.onblocked = resolve
    })
  })

test('a database whose upgrade is blocked is called busy, and the upgrade goes on when it can', async () => {
  let holder: Page | undefined
  const tab = await openAudited(bench, 'discard', (page) => {
    holder = page
    return blockUpgrade(page)
  })
  await startAndAbort(tab, 'talk')
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.findings).toEqual([])
  expect(shown.verdict).toMatch(/^unknown: .*database held is busy or was deleted/)
  const version = await holder?.evaluate(`(async () => {
    state.held.close()
    const { target } = await state.done
    const { version } = target.result
    target.result.close()
    return version
  })()`)
  expect(version).toBe(2)
})

inFullRun('a database that goes meanwhile is not made anew', async () => {
  let writingPage: Page | undefined
  const tab = await openAudited(bench, 'discard', (page) => {
    writingPage = page
    return page.evaluate(async () => {
      const stir = async () => {
        for (let n = 0; n < 5; n++) {
          await new Promise((resolve) => {
            const request = indexedDB.open(`brief-${n}`, 1)
            request.onsuccess = () => {
              request.result.close()
              resolve(undefined)
            }
          })
        }
        for (let n = 0; n < 5; n++) {
          await new Promise((resolve) => {
            indexedDB.deleteDatabase(`brief-${n}`).onsuccess = resolve
          })
        }
        if (!('still' in globalThis)) return void setTimeout(stir, 0)
        Object.assign(globalThis, { stilled: true })
      }
      void stir()
    })
  })
  await startAndAbort(tab, 'talk')
  const shown = await verdictOf(tab.panel, 'talk')
  // Databases that come and go are new where they were there at the end, and nothing is wrong.
  for (const finding of shown.findings) expect(finding).toMatch(/brief-\d|in IndexedDB/)
  await writingPage?.evaluate(() => Object.assign(globalThis, { still: true }) && undefined)
  await writingPage?.waitForFunction('globalThis.stilled')
  // A look that met a deletion half-way takes back what opening began.
  const names = () =>
    tab.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).join(' '))
  await expect.poll(names, { timeout: 10_000 }).not.toContain('brief')
})

inFullRun('storage that is cleared from outside in the middle is nobody’s fault', async () => {
  const tab = await openAudited(bench, 'slow')
  await startAndAbort(tab, 'talk')
  await waitForRow(tab.panel, { fetch: 'talk', name: 'settled: failure, aborted' })
  const cdp = await tab.page.createCDPSession()
  const { origin } = new URL(bench.demo.url)
  const storageTypes = 'cache_storage,indexeddb,file_systems,local_storage'
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes })
  const shown = await verdictOf(tab.panel, 'talk')
  for (const finding of shown.findings)
    expect(finding).toContain('whether the handler removed what was not its own is not known')
  expect(shown.verdict).toMatch(/^(clean|unknown):/)
})

inFullRun('a cache and a store that are too large are counted, not compared', async () => {
  const tab = await openAudited(bench, 'discard', (page) => fillStorage(page, { entries: 2001, rows: 1001 }))
  await startAndAbort(tab, 'talk')
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.findings).toEqual([])
  expect(shown.verdict).toMatch(/^unknown: nothing wrong was found in what could be compared/)
  expect(shown.text).toMatch(/full\/rows has 1,001 rows: they were counted, not compared/)
})
