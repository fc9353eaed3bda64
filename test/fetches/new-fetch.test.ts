import type { Frame } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { askForDownloads } from '../support/downloads-ask'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForEnded, waitForLive } from '../support/panel'
import { button, press, pressAbort } from '../support/press'
import { type Site, startSite } from '../support/site'
import { violations } from '../support/violations'
import { register } from '../verdict/run'

const dialogText = (panel: Frame) =>
  panel.$eval('dialog[open]', (dialog) => (dialog as HTMLElement).innerText)

/** Writes into the field of the dialog that has this label. */
const fill = (panel: Frame, label: string, text: string) =>
  panel.$eval(
    'dialog[open]',
    (dialog, label, text) => {
      const name = [...dialog.querySelectorAll('label')].find((one) => one.textContent === label)
      const field = name?.htmlFor ? document.getElementById(name.htmlFor) : null
      if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) throw new Error(label)
      field.value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
    label,
    text,
  )

/** The dialog is not drawn any more: one that is pressed for before that would be closed with it. */
const waitForNoDialog = (panel: Frame) =>
  eventually(async () => (await panel.$('[aria-labelledby="new-fetch-title"]')) === null).toBe(true)

/** The field that has the focus: what it holds, and what a screen reader reads after its name. */
const focused = (panel: Frame) =>
  panel.evaluate(() => {
    const field = document.activeElement
    const ids = field?.getAttribute('aria-describedby')?.split(' ') ?? []
    return {
      name:
        field instanceof HTMLElement && 'labels' in field
          ? document.querySelector(`label[for="${field.id}"]`)?.textContent
          : '',
      invalid: field?.getAttribute('aria-invalid'),
      described: ids.map((id) => document.getElementById(id)?.textContent).join(' '),
    }
  })

interface Uploaded {
  readonly method: string | undefined
  readonly header: string | string[] | undefined
  readonly body: string
}

/** A site that takes uploads, and whose answers have no end. */
async function uploadSite(uploads: Uploaded[]): Promise<Site> {
  return startSite(0, (url, request, response) => {
    if (url.pathname !== '/upload') return false
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      uploads.push({ method: request.method, header: request.headers['x-mine'], body })
      // The fetch goes on until it is aborted. Of a few bytes that come once the browser may report no progress.
      response.writeHead(200, { 'Content-Type': 'text/plain' }).write('some')
      const more = setInterval(() => response.write('some'), 200)
      response.on('close', () => clearInterval(more))
    })
    return true
  })
}

describe('a new fetch', () => {
  const bench = useBench()

  test('with a method, a header and a body is started from the dialog, selected, and aborted', async () => {
    const uploads: Uploaded[] = []
    const site = await uploadSite(uploads)
    try {
      const { page, panel, devtools } = await bench.openTab(site.url)
      await register(page, 'nothing')
      await press(panel, 'New fetch…')
      await panel.waitForSelector('dialog[open]')
      expect(await violations(panel, 'label')).toEqual([])
      await fill(panel, 'ID', 'post-{n}')
      await fill(panel, 'downloadTotal', '-5')
      await press(panel, 'Start fetch')
      await eventually(() => focused(panel)).toMatchObject({
        name: 'downloadTotal',
        invalid: 'true',
        described: expect.stringContaining('Enter a whole number'),
      })
      expect(uploads).toEqual([])
      await fill(panel, 'downloadTotal', '1000')
      await fill(
        panel,
        'Requests',
        `fetch('/upload', { method: 'POST', headers: { 'X-Mine': 'yes' }, body: 'héllo' })`,
      )
      await devtools.keyboard.down('Control')
      await devtools.keyboard.press('Enter')
      await devtools.keyboard.up('Control')
      await waitForLive(panel, 'post-1', ({ state }) => state === 'active')
      expect(uploads).toEqual([{ method: 'POST', header: 'yes', body: 'héllo' }])
      expect(await panel.$('dialog[open]')).toBe(null)
      await panel.waitForSelector('tr[data-id="post-1"] [aria-pressed="true"]')
      await pressAbort(panel, 'post-1')
      expect((await waitForEnded(panel, 'post-1')).outcome).toBe('aborted · panel')
      // What was used last is there the next time.
      await press(panel, 'New fetch…')
      await eventually(() => dialogText(panel)).toContain('The ID will be “post-2”.')
    } finally {
      await site.close()
    }
  })

  inFullRun('a fetch that had bodies fills the dialog, and they are written anew', async () => {
    const { page, panel, devtools } = await bench.openTab('/blank.html')
    await registerWorker(page, { handler: 'discard' })
    // It is over in a moment, and its requests are read while it is queued.
    await startFetch(page, 'front')
    await page.evaluate(async () => {
      const { backgroundFetch } = await navigator.serviceWorker.ready
      await backgroundFetch.fetch('upload', [new Request('/upload', { method: 'POST', body: 'hello' })])
    })
    await waitForLive(panel, 'upload')
    await pressAbort(panel, 'front')
    await waitForEnded(panel, 'upload')
    await panel.$eval('tr[data-id="upload"]', (row) => (row as HTMLElement).click())
    await press(panel, 'Repeat…')
    await press(panel, 'Edit…')
    await eventually(() => dialogText(panel)).toContain('bodies (5 B) can’t be read')
    const text = () => panel.$eval('dialog[open] textarea', (field) => field.value)
    expect(await text()).toContain('"body": ""')
    await fill(panel, 'Requests', (await text()).replace('"body": ""', '"body": "again"'))
    await press(panel, 'Start fetch')
    await waitForEnded(panel, 'upload-2')
    await waitForNoDialog(panel)
    await press(panel, 'Repeat…')
    await panel.waitForSelector('dialog[open] :focus')
    await devtools.keyboard.press('Escape')
    await eventually(async () => (await panel.$('dialog')) === null).toBe(true)
  })

  inFullRun('what the browser refuses is said in the dialog, and Reset forgets what was used', async () => {
    const { page, panel } = await bench.openTab('/blank.html')
    await registerWorker(page, { handler: 'discard' })
    const start = async () => {
      await press(panel, 'New fetch…')
      await panel.waitForSelector('dialog[open]')
      await fill(panel, 'ID', 'one')
      await fill(panel, 'Requests', media('one'))
      await press(panel, 'Start fetch')
    }
    await start()
    await waitForLive(panel, 'one')
    await waitForNoDialog(panel)
    await start()
    await eventually(() => dialogText(panel)).toContain('A fetch of this ID is active: choose another ID.')
    await fill(panel, 'Requests', 'fetch("https://other.example/", { method: "PUT" })')
    await eventually(() => dialogText(panel)).toContain('needs a CORS preflight')
    await fill(panel, 'ID', '')
    await press(panel, 'Start fetch')
    await eventually(() => focused(panel)).toMatchObject({ name: 'ID', invalid: 'true' })
    expect(await violations(panel)).toEqual([])
    await press(panel, 'Reset')
    const value = () => panel.$eval('dialog[open] textarea', (field) => field.value)
    await eventually(value).toBe(page.url())
    await press(panel, 'Cancel')
    await waitForNoDialog(panel)
    await press(panel, 'New fetch…')
    await eventually(value).toBe(page.url())
  })
})

describe('where the browser lets a site start one fetch only', () => {
  const bench = useBench({ own: true, prepare: askForDownloads })

  inFullRun('the dialog says so, and offers to allow it', async () => {
    const { page, panel } = await bench.openTab('/blank.html')
    await registerWorker(page)
    await startFetch(page, 'one')
    await waitForLive(panel, 'one')
    await press(panel, 'New fetch…')
    await panel.waitForSelector('dialog[open]')
    await press(panel, 'Start fetch')
    await eventually(() => dialogText(panel)).toContain('lets a site start only one fetch without a click')
    await button(panel, 'Allow and start…')
  })
})
