import type { Frame, Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answer } from '../../demo/server/answer'
import { keyText } from '../../extension/bridge/storage/reading/value-text'
import type { Check } from '../../panel/model/copy-test/checks'
import { lookingFor } from '../../panel/model/copy-test/looks'
import { waitForVerdict } from '../support/audit'
import { clipboardText } from '../support/clipboard'
import { waitForRecorded } from '../support/events'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { media, startFetch } from '../support/page'
import { eventually, waitForText } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { runScript } from '../support/run-script'
import { type Site, startSite } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'

const bench = useBench()

/** The demo, of which one handler can be fixed. */
let site: Site
let fixed = false
beforeEach(async () => {
  fixed = false
  site = await startSite(0, (url, request, response) => {
    if (fixed && url.pathname === '/handlers/between.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript' })
      response.end("export { discard as between } from './discard.js'")
    } else void answer(request, response)
    return true
  })
})
afterEach(() => site.close())

/** The test that is copied from the details of a fetch, with its lines. */
async function copied(devtools: Page, panel: Frame, id: string): Promise<string> {
  await panel.$eval(`tr[data-id="${id}"]`, (row) => (row as HTMLElement).click())
  await press(panel, 'Copy as test (Puppeteer)')
  await eventually(() => panel.$eval('section[aria-label="Clean-up"]', (one) => one.textContent)).toContain(
    'Copied',
  )
  return clipboardText(devtools, panel)
}

test('a script finds each kind of item by its name, and creates none', async () => {
  const page = await bench.openPage('/blank.html')
  const day = new Date(0)
  await page.evaluate(async (day) => {
    await (await caches.open('media')).put('/1.mp3?a', new Response('a'))
    const request = indexedDB.open('pod')
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('rows')
      for (const key of ['a', 7, ['x', 1], new Date(day)]) store.put({}, key)
      request.result.createObjectStore('empty')
    }
    await new Promise((resolve) => request.addEventListener('success', resolve))
    request.result.close()
    const root = await navigator.storage.getDirectory()
    const parts = await root.getDirectoryHandle('parts', { create: true })
    await parts.getFileHandle('a.part', { create: true })
    for (const storage of [localStorage, sessionStorage]) storage.setItem('key', '')
  }, day.getTime())
  const row = (key: IDBValidKey, store = 'rows', database = 'pod'): Check => {
    return { kind: 'row', names: { database, store, key: keyText(key) } }
  }
  const entry = (url: string, method = 'GET', cache = 'media'): Check => {
    return { kind: 'cache-entry', names: { cache, url: new URL(url, bench.demo.url).href, method } }
  }
  const named = (kind: Check['kind'], names: Check['names']): Check => ({ kind, names })
  const there: Check[] = [
    ...['a', 7, ['x', 1], day].map((key) => row(key)),
    entry('/1.mp3?a'),
    named('cache', { name: 'media' }),
    named('database', { name: 'pod' }),
    named('object-store', { database: 'pod', name: 'empty' }),
    named('file', { path: 'parts/a.part' }),
    named('directory', { path: 'parts' }),
    named('local-storage', { key: 'key' }),
    named('session-storage', { key: 'key' }),
  ]
  const gone: Check[] = [
    ...['b', 8, ['x', 2], ['a']].map((key) => row(key)),
    row('a', 'other'),
    row('a', 'rows', 'other'),
    entry('/1.mp3'),
    entry('/1.mp3?a', 'HEAD'),
    entry('/1.mp3?a', 'GET', 'other'),
    named('cache', { name: 'other' }),
    named('database', { name: 'other' }),
    named('object-store', { database: 'pod', name: 'other' }),
    named('object-store', { database: 'other', name: 'empty' }),
    named('file', { path: 'parts/b.part' }),
    named('file', { path: 'parts' }),
    named('directory', { path: 'parts/a.part' }),
    named('directory', { path: 'other/a' }),
    named('local-storage', { key: 'other' }),
    named('session-storage', { key: 'other' }),
  ]
  const flat = (checks: readonly Check[]) => checks.map(({ kind, names }) => ({ kind, ...names }))
  const find = (checks: readonly Check[]) =>
    page.evaluate(`(async (items) => { ${lookingFor(checks)} })(${JSON.stringify(flat(checks))})`)
  expect(await find([...gone, ...there])).toEqual(flat(there))
  expect(await find([row('a'), row('b')])).toEqual(flat([row('a')]))
  expect(await page.evaluate(() => caches.keys())).toEqual(['media'])
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([
    'pod',
  ])
})

inFullRun('what was stored before the abort is found when the page starts the fetch', async () => {
  const { page, devtools, panel } = await bench.openTab(new URL('/?handler=forget-rows', site.url).href)
  await waitForRecorded(panel, 'storage-baseline')
  await page.locator('[aria-label="Download The Night Ferry"]').click()
  await waitForRecorded(panel, 'storage-snapshot')
  await pressAbort(panel, 'night-ferry')
  expect((await waitForVerdict(panel, 'night-ferry')).name).toBe('verdict: left')
  const script = await copied(devtools, panel, 'night-ferry')
  expect((await runScript(script)).code).toBe(2)
  const selector = '[aria-label="Download The Night Ferry"]'
  const set = script.replace("const START = ''", `const START = '${selector}'`)
  const { code, output } = await runScript(set)
  expect(output).toMatch(/"key":"night-ferry"[\s\S]*"path":"parts\/night-ferry\.part"/)
  expect(code).toBe(1)
})

inFullRun(
  'an abort that leaves something is copied as a test, which fails until the handler is fixed',
  async () => {
    const { page, devtools, panel } = await bench.openTab(new URL('/?handler=between', site.url).href)
    await setTrace(panel, true)
    await waitForWorker(panel)
    await waitForRecorded(panel, 'storage-baseline')
    await press(panel, 'Abort next fetch at…')
    await panel.locator('dialog[open] input[required]').fill('trip')
    await panel.locator('dialog[open] [aria-label="responses"]').click()
    await panel.locator('dialog[open] label::-p-text(Stop its service worker)').click()
    await press(panel, 'Plan abort')
    await waitForText(panel, /Next fetch “trip”/)
    await startFetch(page, 'trip', [media('one', { size: 1000, rate: 0 }), media('two'), media('three')])
    expect((await waitForVerdict(panel, 'trip')).name).toBe('verdict: left')
    const script = await copied(devtools, panel, 'trip')
    expect(script).toContain(
      `// Handler of backgroundfetchabort: added at ${site.url}handlers/between.js:11:`,
    )
    expect(script).toContain("'ServiceWorker.stopAllWorkers'")
    expect(script).toContain('const RESPONSES = 1\n')
    const broken = await runScript(script)
    expect(broken.output).toMatch(/^Left after the abort: .*"store":"downloads","key":"trip"/)
    expect(broken.code).toBe(1)
    fixed = true
    expect(await runScript(script)).toEqual({
      code: 0,
      output: 'Passed: none of it is stored after the abort.\n',
    })
  },
)
