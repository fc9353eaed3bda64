import { execFile } from 'node:child_process'
import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import type { ElementHandle, Frame, Page } from 'puppeteer-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clipboardText } from '../support/clipboard'
import { useBench } from '../support/harness'
import { chooseEntry, menuEntries, openFetchMenu, openMenuByKey } from '../support/menu'
import { startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { type Site, startSite } from '../support/site'
import type { Tab } from '../support/tab'
import { pressStop, setTrace, waitForWorker } from '../support/trace'

interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

const HEADERS = { 'X-Mine': `'"$(id)\`!`, Authorization: 'Bearer a b' }
const PATH = '/asked?a=it%27s&b=[1]'

let site: Site
/** What the site was asked for, newest last. */
let asked: Asked[] = []
beforeEach(async () => {
  asked = []
  site = await startSite(0, ({ pathname }, { method = '', url = '', headers }, response) => {
    if (pathname !== '/asked') return false
    asked.push({ method, url, headers })
    response.writeHead(200).end('asked')
    return true
  })
})
afterEach(() => site.close())

const bench = useBench()

/** Opens the site with a worker, and a fetch in it that has a request with headers and one that never ends. */
async function openAsking(id: string, worker = '/plain.js'): Promise<Tab> {
  const tab = await bench.openTab(site.url)
  await tab.page.evaluate(async (worker) => {
    await navigator.serviceWorker.register(worker)
    await navigator.serviceWorker.ready
  }, worker)
  await tab.page.evaluate(
    async (id, path, headers) => {
      const { backgroundFetch } = await navigator.serviceWorker.ready
      const request = new Request(path, { method: 'DELETE', headers })
      await backgroundFetch.fetch(id, [request, '/endless'], { title: 'A title', downloadTotal: 9_000_000 })
    },
    ...([id, PATH, HEADERS] as const),
  )
  await waitForRow(tab.panel, { fetch: id, name: 'response ready' })
  return tab
}

const REQUEST = 'table[aria-label="Requests"] tbody tr'

async function requestRow(panel: Frame, id: string): Promise<ElementHandle<HTMLTableRowElement>> {
  await panel.$eval(`tr[data-id="${id}"]`, (row) => (row as HTMLElement).click())
  const row = await panel.waitForSelector(`${REQUEST} ::-p-text(asked)`)
  const found = await row?.evaluateHandle((it) => it.closest('tr') ?? document.createElement('tr'))
  return found ?? expect.unreachable()
}

/** What is copied by an entry of the menu that is open. */
async function copiedBy({ devtools, panel }: Tab, label: string, pattern: RegExp): Promise<string> {
  await eventually(() => menuEntries(panel)).toContain(label)
  await chooseEntry(panel, label)
  let text = ''
  await eventually(async () => {
    text = await clipboardText(devtools, panel)
    return text
  }).toMatch(pattern)
  return text
}

/** Runs copied code in the page, and resolves with what the site was asked for then. */
async function askedBy(page: Page, code: string): Promise<Asked | undefined> {
  asked = []
  await page.evaluate(`(async () => void (await (\n${code}\n)))()`)
  await eventually(async () => asked.length).toBe(1)
  return asked[0]
}

/** What a browser and curl send by themselves differs. */
const given = (one: Asked | undefined) =>
  one && {
    method: one.method,
    url: one.url,
    mine: one.headers['x-mine'],
    authorization: one.headers.authorization,
  }

describe('what the page has given is copied', () => {
  test('of a request, as fetch() and for curl, from its menu by keys and by the pointer', async () => {
    const tab = await openAsking('talk')
    const { page, panel, devtools } = tab
    const [first] = asked
    expect(given(first)).toMatchObject({ method: 'DELETE', url: PATH, authorization: 'Bearer a b' })
    const row = await requestRow(panel, 'talk')
    await row.focus()
    await openMenuByKey(devtools, 'ContextMenu')
    await eventually(() => menuEntries(panel)).toEqual(['Copy URL', 'Copy as fetch()', 'Copy as cURL (bash)'])
    const code = await copiedBy(tab, 'Copy as fetch()', /^\/\/ mode, .* unknown\nfetch\(/)
    expect(given(await askedBy(page, code))).toEqual(given(first))

    await row.focus()
    await openMenuByKey(devtools, 'Shift+F10')
    const command = await copiedBy(tab, 'Copy as cURL (bash)', /^# cookies unknown\ncurl /)
    asked = []
    await promisify(execFile)('bash', ['-c', command])
    expect(given(asked[0])).toEqual(given(first))

    await row.click({ button: 'right' })
    await copiedBy(tab, 'Copy URL', /^http.*\/asked\?a=it%27s&b=\[1\]$/)
  })

  test('of the whole fetch', async () => {
    const tab = await openAsking('whole')
    const [first] = asked
    await openFetchMenu(tab, 'whole', 'Copy as backgroundFetch.fetch()')
    const code = await copiedBy(tab, 'Copy as backgroundFetch.fetch()', /backgroundFetch\.fetch\(/)
    expect(code).toContain('downloadTotal: 9000000')
    await pressAbort(tab.panel, 'whole')
    await waitForRow(tab.panel, { fetch: 'whole', name: 'records released' })
    expect(given(await askedBy(tab.page, code))).toEqual(given(first))
    await waitForLive(tab.panel, 'whole')
  })
})

test('where the page has not seen how the fetch was started, the copied text says so', async () => {
  const tab = await openAsking('reloaded')
  await pressAbort(tab.panel, 'reloaded')
  await waitForRow(tab.panel, { fetch: 'reloaded', name: /^verdict: (?!.* so far$)/ })
  await tab.page.reload()
  await waitForRow(tab.panel, { name: 'watching' })
  const row = await requestRow(tab.panel, 'reloaded')
  await row.focus()
  await openMenuByKey(tab.devtools)
  const code = await copiedBy(tab, 'Copy as fetch()', /^\/\/ headers unknown\n.*\nfetch\(/)
  expect(code).toMatch(
    /^\/\/ headers unknown\n\/\/ mode, .* unknown\nfetch\("http.*asked.*", \{ method: "DELETE" \}\)$/,
  )
})

test('a request that the handler made has the same entries', async () => {
  const tab = await bench.openTab(site.url)
  const { page, panel } = tab
  await setTrace(panel, true)
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/reports.js')
    await navigator.serviceWorker.ready
  })
  await waitForWorker(panel)
  await startFetch(page, '7', ['/endless'])
  await waitForLive(panel, '7')
  await pressStop(panel)
  await pressAbort(panel, '7')
  await waitForRow(panel, { fetch: '7', name: 'request', text: /POST \/uploads/ })
  const rows = await panel.$$('[data-row]')
  for (const row of rows) {
    const text = await row.evaluate((it) => it.textContent ?? '')
    if (/POST \/uploads/.test(text)) await row.click({ button: 'right' })
  }
  await eventually(() => menuEntries(panel)).toEqual(expect.arrayContaining(['Copy URL', 'Copy as fetch()']))
  const code = await copiedBy(tab, 'Copy as fetch()', /^\/\/ headers and body unknown\n.*\nfetch\(/)
  expect(code).toMatch(
    /^\/\/ headers and body unknown\n\/\/ mode, .* unknown\nfetch\("http.*uploads\/7\/abort", \{ method: "POST" \}\)$/,
  )
})
