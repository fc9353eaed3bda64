import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { openAudited, startNoted, verdictOf } from '../support/audit'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openFetch } from '../support/open-fetch'
import { registerWorker, startFetch } from '../support/page'
import { waitForGone, waitForLive, waitForRow, waitForText } from '../support/panel'
import { pressAbort } from '../support/press'
import { rowsLike } from '../support/rows'

const bench = useBench()

const unregister = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.unregister()
  })

test('when its worker is unregistered a fetch leaves the table with a row that says so', async () => {
  const { page, panel } = await openFetch(bench, 'orphaned')
  await unregister(page)
  await waitForRow(panel, { fetch: 'orphaned', name: 'no longer listed', text: /worker was unregistered/ })
  await waitForGone(panel, 'orphaned')
  await waitForText(panel, /No service worker is registered/)
})

inFullRun('what such a fetch leaves behind is reported, as no handler will ever clean it up', async () => {
  const { page, panel } = await openAudited(bench, 'discard')
  await startNoted(page, 'orphaned')
  await waitForLive(panel, 'orphaned', ({ state }) => state === 'active')
  await unregister(page)
  await waitForRow(panel, { fetch: 'orphaned', name: 'no longer listed', text: /worker was unregistered/ })
  const shown = await verdictOf(panel, 'orphaned')
  expect(shown.verdict).toMatch(/^left: 2 items name this fetch: /)
})

inFullRun('a worker registered anew starts with fetches of its own', async () => {
  const { page, panel } = await openFetch(bench, 'old')
  await unregister(page)
  await waitForGone(panel, 'old')
  await registerWorker(page, { handler: 'keep' })
  await startFetch(page, 'new')
  await waitForLive(panel, 'new')
  await pressAbort(panel, 'new')
  await waitForRow(panel, { fetch: 'new', name: 'records released' })
  expect(await rowsLike(panel, { fetch: 'old', name: 'no longer listed' })).toHaveLength(1)
})
