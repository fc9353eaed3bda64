import type { Dialog, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { openAudited, startAndAbort, startNoted, verdictOf } from '../support/audit'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, media } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'

const bench = useBench()

/** Two noted fetches of one site, of which the first is aborted once it is active. */
async function abortFirst(handler: string, first: string, second: string) {
  const tab = await openAudited(bench, handler)
  await startNoted(tab.page, first)
  await startNoted(tab.page, second, [media('b')])
  await waitForLive(tab.panel, first, ({ state }) => state === 'active')
  await waitForLive(tab.panel, second)
  await pressAbort(tab.panel, first)
  return tab
}

inFullRun(
  'two fetches whose clean-ups overlap are judged by their own, also where one id is in the other',
  async () => {
    const tab = await abortFirst('slow', 'ep-1', 'ep-12')
    await pressAbort(tab.panel, 'ep-12')
    expect((await verdictOf(tab.panel, 'ep-1')).verdict).toMatch(/^clean: nothing new, nothing left/)
    expect((await verdictOf(tab.panel, 'ep-12')).verdict).toMatch(/^clean: nothing new, nothing left/)
  },
)

inFullRun('a fetch that goes on is not taken for what an aborted one left', async () => {
  const tab = await abortFirst('discard', 'ep-1', 'ep-1-2')
  expect((await verdictOf(tab.panel, 'ep-1')).verdict).toMatch(
    /^clean: nothing new, nothing left; 2 new items name other fetches \(ep-1-2, …\)$/,
  )
})

/** Writes rows, files and cache entries of its own, all the time. */
const keepWriting = (page: Page) =>
  page.evaluate(`(async () => {
    const { putRow } = await import('/shared/rows.js')
    const { writePart } = await import('/shared/parts.js')
    let n = 0
    const write = async () => {
      n++
      await putRow({ id: 'mine-' + n, title: 'Mine', state: 'done', episodes: [] })
      await writePart('mine-' + (n % 5), 'x'.repeat(n))
      await (await caches.open('episodes')).put('/mine/' + n, new Response('mine', { status: n % 2 ? 200 : 404 }))
      setTimeout(write, 50)
    }
    await write()
  })()`)

test('a page that writes to the same stores at the same time is not blamed', async () => {
  const tab = await openAudited(bench, 'discard')
  await keepWriting(tab.page)
  await startAndAbort(tab, 'talk')
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^new items: .*not matched to this fetch/)
})

test('rows of its own about the same thing, and a 404 of old, are older than the fetch', async () => {
  const tab = await openAudited(bench, 'discard', (page) =>
    page.evaluate(async (url) => {
      const request = indexedDB.open('catalogue', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('episodes').put('A talk', 'talk')
      await new Promise((resolve) => {
        request.onsuccess = resolve
      })
      request.result.close()
      await (await caches.open('episodes')).put(url, new Response('', { status: 404 }))
    }, media('sound')),
  )
  await startAndAbort(tab, 'talk')
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^left: 2 items name this fetch: .*older than the fetch: (appeared|existed)/)
  expect(shown.findings).toEqual([
    expect.stringMatching(/catalogue\/episodes: talk \(older than the fetch/),
    expect.stringMatching(/episodes: 404 .*older than the fetch/),
  ])
})

inFullRun('a handler that is done before the page can read the records is judged all the same', async () => {
  const tab = await openAudited(bench, 'discard')
  const other = await bench.openPage('/blank.html')
  await startNoted(tab.page, 'talk')
  await waitForLive(tab.panel, 'talk', ({ state }) => state === 'active')

  // A dialog holds the page until the event is over.
  const opened = new Promise<Dialog>((resolve) => tab.page.once('dialog', resolve))
  await tab.page.evaluate(() => void setTimeout(() => alert('wait')))
  const dialog = await opened
  await abortInPage(other, 'talk')
  await waitForRow(tab.panel, { fetch: 'talk', name: 'backgroundfetchabort done' })
  await dialog.accept()

  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toBe('clean: nothing new, nothing left')
  expect(shown.requests).toEqual([expect.stringMatching(/sound.* not complete$/)])
})

inFullRun('a reload in the middle does not hide what is left', async () => {
  const tab = await openAudited(bench, 'forget-rows')
  await startNoted(tab.page, 'talk')
  await waitForLive(tab.panel, 'talk', ({ state }) => state === 'active')
  await tab.page.reload()
  await waitForRow(tab.panel, { name: 'reloaded' })
  await waitForLive(tab.panel, 'talk', ({ state }) => state === 'active')
  await pressAbort(tab.panel, 'talk')
  expect((await verdictOf(tab.panel, 'talk')).verdict).toMatch(/^left: .*items name this fetch: /)
})

inFullRun('an id that is used again at once is not blamed for the notes of the second fetch', async () => {
  const tab = await openAudited(bench, 'discard')
  await startAndAbort(tab, 'talk')
  await waitForRow(tab.panel, { fetch: 'talk', name: 'records released' })
  await startNoted(tab.page, 'talk')
  await waitForLive(tab.panel, 'talk')
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.findings).toEqual([])
  await pressAbort(tab.panel, 'talk')
  expect((await verdictOf(tab.panel, 'talk #2')).findings).toEqual([])
})
