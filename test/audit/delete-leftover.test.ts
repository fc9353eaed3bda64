import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { openAudited, pressInCleanUp, startAndAbort, verdictOf } from '../support/audit'
import { useBench } from '../support/harness'
import { eventually, waitForRow } from '../support/panel'

const bench = useBench()

/** All that the demo keeps: rows of its database, files and cache entries. */
const stored = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const all: string[] = []
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys())
        all.push(`${name} ${new URL(url).pathname}`)
    }
    const list = async (directory: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [name, handle] of directory) {
        all.push(`${path}${name}`)
        if (handle.kind === 'directory') await list(handle as FileSystemDirectoryHandle, `${path}${name}/`)
      }
    }
    await list(await navigator.storage.getDirectory(), '')
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('longwave')
      request.onsuccess = () => resolve(request.result)
    })
    for (const store of database.objectStoreNames) {
      const request = database.transaction(store).objectStore(store).getAllKeys()
      await new Promise((resolve) => request.addEventListener('success', resolve))
      for (const key of request.result) all.push(`${store} ${key}`)
    }
    database.close()
    return all.sort()
  })

test('a leftover is deleted after a question that names it, with a row in the log, and nothing else is', async () => {
  const tab = await openAudited(bench, 'forget-rows')
  const { page, panel } = tab
  await startAndAbort(tab, 'talk')
  await verdictOf(panel, 'talk')
  const before = await stored(page)
  expect(before).toEqual(expect.arrayContaining(['downloads talk', 'parts/talk.part']))

  await pressInCleanUp(panel, 'Delete…', 'longwave/downloads')
  await panel.waitForSelector(
    '[role="alertdialog"][aria-label*="IndexedDB row “talk” in longwave/downloads"]',
  )
  await pressInCleanUp(panel, 'Cancel', 'longwave/downloads')
  expect(await stored(page)).toEqual(before)

  await pressInCleanUp(panel, 'Delete…', 'longwave/downloads')
  await pressInCleanUp(panel, 'Delete', 'longwave/downloads')
  await waitForRow(panel, {
    fetch: 'talk',
    name: 'leftover deleted',
    text: /row “talk” in longwave\/downloads/,
  })
  await pressInCleanUp(panel, 'Delete…', 'parts/talk.part')
  await pressInCleanUp(panel, 'Delete', 'parts/talk.part')
  await waitForRow(panel, { fetch: 'talk', source: 'panel', text: /OPFS file “parts\/talk\.part”/ })
  await eventually(() => stored(page)).toEqual(
    before.filter((one) => one !== 'downloads talk' && one !== 'parts/talk.part'),
  )
})
