import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { openAudited, startAndAbort, verdictOf } from './audit'
import { useBench } from './harness'
import { waitForRow } from './panel'

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
  expect(shown.verdict).toMatch(/^unknown .*database held is busy or gone/)
  const version = await holder?.evaluate(`(async () => {
    state.held.close()
    const { target } = await state.done
    const { version } = target.result
    target.result.close()
    return version
  })()`)
  expect(version).toBe(2)
})

test('a database that goes meanwhile is not made anew', async () => {
  let stirring: Page | undefined
  const tab = await openAudited(bench, 'discard', (page) => {
    stirring = page
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
  expect(shown.findings).toEqual([])
  await stirring?.evaluate(() => Object.assign(globalThis, { still: true }) && undefined)
  await stirring?.waitForFunction('globalThis.stilled')
  // A look that met a deletion half-way takes back what opening began.
  const names = () =>
    tab.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).join(' '))
  await expect.poll(names, { timeout: 10_000 }).not.toContain('brief')
})

test('storage that is cleared from outside in the middle is nobody’s fault', async () => {
  const tab = await openAudited(bench, 'slow')
  await startAndAbort(tab, 'talk')
  await waitForRow(tab.panel, { fetch: 'talk', name: 'settled: failure, aborted' })
  const cdp = await tab.page.createCDPSession()
  const { origin } = new URL(bench.demo.url)
  const storageTypes = 'cache_storage,indexeddb,file_systems,local_storage'
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes })
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.findings).toEqual([])
  expect(shown.verdict).toMatch(/^(clean|unknown)/)
})

/** Fills a cache and a store. */
const fill = (page: Page) =>
  page.evaluate(async () => {
    const cache = await caches.open('full')
    for (let from = 0; from < 10_000; from += 500) {
      const some = Array.from({ length: 500 }, (_, n) => cache.put(`/full/${from + n}`, new Response(null)))
      await Promise.all(some)
    }
    await new Promise((resolve, reject) => {
      const request = indexedDB.open('full', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('rows')
      request.onsuccess = () => {
        const db = request.result
        const transaction = db.transaction('rows', 'readwrite', { durability: 'relaxed' })
        for (let n = 0; n < 100_000; n++) transaction.objectStore('rows').put(n, n)
        transaction.oncomplete = () => resolve(db.close())
        transaction.onerror = reject
      }
    })
  })

/** Notes the longest time between two turns of the page's main thread. */
const measureGaps = (page: Page) =>
  page.evaluate(() => {
    const gaps = { longest: 0, last: performance.now() }
    Object.assign(globalThis, { gaps })
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      const at = performance.now()
      gaps.longest = Math.max(gaps.longest, at - gaps.last)
      gaps.last = at
      setTimeout(() => port2.postMessage(0), 1)
    }
    port2.postMessage(0)
  })

test('10,000 cache entries and 100,000 rows are counted, not compared, and do not hold the page up', async () => {
  const tab = await openAudited(bench, 'discard', fill)
  await measureGaps(tab.page)
  await startAndAbort(tab, 'talk')
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.findings).toEqual([])
  expect(shown.verdict).toMatch(/^unknown nothing wrong was found in what could be compared/)
  expect(shown.text).toMatch(/full\/rows has 100000 rows: they were counted, not compared/)
  expect(shown.text).toMatch(/cache full has more than 2000 entries: only the fetch’s own URLs are looked up/)
  const longest = await tab.page.evaluate('gaps.longest')
  if (process.env.MEASURE) console.log(`longest gap of the main thread: ${Math.round(Number(longest))} ms`)
  expect(longest).toBeLessThan(1000)
}, 240_000)
