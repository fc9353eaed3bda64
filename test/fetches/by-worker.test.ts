import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { openWithWorker } from '../support/open-fetch'
import { media } from '../support/page'
import { waitForGone, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'

// Newer Chromium lets pages start background fetches and workers not; this gives it back to workers.
const bench = useBench({ args: ['--disable-features=RestrictBackgroundFetchFromServiceWorker'] })

test('a fetch that the service worker starts is listed and can be aborted', async () => {
  const { page, panel } = await openWithWorker(bench)
  const answer = await page.evaluate(async (url) => {
    const { active } = await navigator.serviceWorker.ready
    const requests = [{ url, bytes: 60_000_000 }]
    const plan = { id: 'by-worker', title: 'By the worker', icon: '/icon.svg', episodes: [] }
    const answered = new Promise((resolve) => {
      navigator.serviceWorker.onmessage = ({ data }) => resolve(data)
    })
    active?.postMessage({ type: 'fetch', plan: { ...plan, requests, downloadTotal: 60_000_000 } })
    return answered
  }, media('a'))
  expect(answer).toEqual({ type: 'started', id: 'by-worker' })
  await waitForLive(panel, 'by-worker', ({ max }) => max === 60_000_000)
  await waitForRow(panel, { name: 'fetch started', fetch: 'by-worker' })
  await pressAbort(panel, 'by-worker')
  await waitForRow(panel, { name: 'records released', fetch: 'by-worker' })
  await waitForGone(panel, 'by-worker')
})
