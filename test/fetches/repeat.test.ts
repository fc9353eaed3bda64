import type { Frame, Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { askForDownloads } from '../support/downloads-ask'
import { useBench } from '../support/harness'
import { media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForEnded, waitForLive, waitForRow } from '../support/panel'
import { permittedFolder } from '../support/permitted'
import { button, press, pressAbort } from '../support/press'
import { inExtension } from '../support/trace'
import { violations } from '../support/violations'

/** Starts a fetch of one request in the page. */
const startRequest = (page: Page, id: string, init: { headers?: Record<string, string>; body?: string }) =>
  page.evaluate(
    async (id, url, init) => {
      const { backgroundFetch } = await navigator.serviceWorker.ready
      await backgroundFetch.fetch(id, [new Request(url, { method: init.body ? 'POST' : 'GET', ...init })])
    },
    id,
    media(id, { size: 60_000_000, rate: 500_000 }),
    init,
  )

async function openDialog(panel: Frame, id: string): Promise<void> {
  await panel.$eval(`tr[data-id="${id}"]`, (row) => (row as HTMLElement).click())
  await press(panel, 'Repeat…')
}

const dialogText = (panel: Frame) => panel.$eval('dialog[open]', (dialog) => dialog.textContent ?? '')

describe('a fetch that was seen is repeated', () => {
  const bench = useBench()

  test('with its headers and the next ID; where it had bodies, it is not', async () => {
    const { page, panel } = await bench.openTab('/blank.html')
    await registerWorker(page, { handler: 'discard' })
    await startRequest(page, 'talk', { headers: { 'X-Mine': 'yes' } })
    await waitForRow(panel, { fetch: 'talk', name: 'progress' })
    await pressAbort(panel, 'talk')
    await waitForRow(panel, { fetch: 'talk', name: 'records released' })
    await openDialog(panel, 'talk')
    await eventually(() => dialogText(panel)).toContain('x-mine: yes')
    expect(await violations(panel, 'label')).toEqual([])
    await press(panel, 'Start fetch')
    await waitForLive(panel, 'talk-2')
    const headers = await page.evaluate(async () => {
      const fetch = await (await navigator.serviceWorker.ready).backgroundFetch.get('talk-2')
      const [record] = (await fetch?.matchAll()) ?? []
      return [...(record?.request.headers ?? [])]
    })
    expect(headers).toEqual([['x-mine', 'yes']])

    // It is over in a moment, and its requests are read while it is queued.
    await startRequest(page, 'upload', { body: 'hello' })
    await waitForLive(panel, 'upload')
    await pressAbort(panel, 'talk-2')
    await waitForEnded(panel, 'upload')
    await openDialog(panel, 'upload')
    await eventually(() => dialogText(panel)).toContain('Its requests have bodies (5 B)')
    expect(await (await button(panel, 'Start fetch')).evaluate((start) => start.disabled)).toBe(true)
  })
})

describe('where the browser lets a site start one fetch only', async () => {
  const bench = useBench({
    own: true,
    extension: await permittedFolder(),
    prepare: askForDownloads,
  })

  test('the site is allowed a repetition, and nothing else after it', async () => {
    const { page, panel } = await bench.openTab('/blank.html')
    await registerWorker(page)
    await startFetch(page, 'one')
    await waitForLive(panel, 'one')
    await expect(startFetch(page, 'refused')).rejects.toThrow('does not have permission')
    await openDialog(panel, 'one')
    await eventually(() => dialogText(panel)).toContain('allowed for this site while it starts')
    await press(panel, 'Start fetch')
    await waitForLive(panel, 'one-2')
    const primaryUrl = page.url()
    const get = `chrome.contentSettings.automaticDownloads.get({ primaryUrl: '${primaryUrl}' })`
    await eventually(() => inExtension<{ setting: string }>(bench.browser, get)).not.toMatchObject({
      setting: 'allow',
    })
    await expect(startFetch(page, 'refused')).rejects.toThrow('does not have permission')
  })
})
