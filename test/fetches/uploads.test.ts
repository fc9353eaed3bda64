import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { eventually, waitForEnded, waitForLive } from '../support/panel'
import { startSite } from '../support/site'
import { register } from '../verdict/run'

const bench = useBench()

test('an upload says how much is sent, which body may be on its way, and what an abort would do', async () => {
  let release = () => {}
  const site = await startSite(0, (url, request, response) => {
    if (url.pathname !== '/held') return false
    // What is not read fills the buffers of the connection.
    release = () => {
      request.resume()
      request.on('end', () => response.end('taken'))
    }
    return true
  })
  try {
    const { page, panel } = await bench.openTab(site.url)
    await register(page, 'nothing')
    await page.evaluate(async () => {
      const { backgroundFetch } = await navigator.serviceWorker.ready
      const body = new Blob(['x'.repeat(30_000_000)])
      await backgroundFetch.fetch('upload', [
        new Request('/held', { method: 'POST', body }),
        new Request('/small'),
      ])
    })
    try {
      await waitForLive(panel, 'upload', ({ progress }) => /of 30\.0 MB uploaded/.test(progress))
      await panel.$eval('tr[data-id="upload"] [data-select]', (button) => (button as HTMLElement).click())
      const details = () =>
        panel.$eval('[aria-label="Details of the selected fetch"]', (pane) => (pane as HTMLElement).innerText)
      await eventually(details).toMatch(/Chromium may crash when a fetch is aborted while its request body/)
      await eventually(details).toMatch(/POST held\s+pending, its body may be on its way/)
    } finally {
      release()
    }
    await waitForEnded(panel, 'upload')
    const requests = () =>
      panel.$eval('[aria-label="Details of the selected fetch"]', (pane) => (pane as HTMLElement).innerText)
    await eventually(requests).toMatch(/held\s+200 OK\s+5 B\s+answered$/m)
    expect(await panel.$('[aria-label="Details of the selected fetch"] [role="note"]')).toBe(null)
  } finally {
    release()
    await site.close()
  }
})
