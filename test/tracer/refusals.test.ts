import { afterEach, beforeEach, expect } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { type Site, startSite } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite(0, ({ pathname }, _, response) => {
    if (pathname !== '/csp') return false
    const headers = { 'Content-Type': 'text/html', 'Content-Security-Policy': "connect-src 'none'" }
    response.writeHead(200, headers).end('<!doctype html>')
    return true
  })
})
afterEach(() => site.close())

const WHY: readonly (readonly [name: string, path: string, call: string, row: RegExp])[] = [
  [
    'no-cors',
    '',
    `backgroundFetch.fetch('$', [new Request('/small', { mode: 'no-cors' })])`,
    /must not be no-cors/,
  ],
  ['a bad URL', '', `backgroundFetch.fetch('$', ['http://'])`, /Failed to parse URL/],
  ['a scheme', '', `backgroundFetch.fetch('$', ['data:,x'])`, /only the https: scheme is allowed/],
  ['a port', '', `backgroundFetch.fetch('$', ['http://localhost:1/'])`, /that port is not allowed/],
  [
    'no room',
    '',
    `backgroundFetch.fetch('$', ['/small'], { downloadTotal: 1e15 })`,
    /may have been rejected with: no room/,
  ],
  ['CSP', 'csp', `backgroundFetch.fetch('$', ['/small'])`, /violates the Content Security Policy/],
  [
    'no active worker',
    '',
    `navigator.serviceWorker.register('/long.js', { scope: '/other/' })
      .then(({ backgroundFetch }) => backgroundFetch.fetch('$', ['/small']))`,
    /No active registration/,
  ],
]

async function openTraced() {
  const tab = await bench.openTab(site.url)
  await setTrace(tab.panel, true)
  await tab.page.evaluate(async () => {
    await navigator.serviceWorker.register('/calls.js')
    await navigator.serviceWorker.ready
  })
  await waitForWorker(tab.panel)
  return tab
}

inFullRun('a sixth fetch is refused, also where the page catches that, and the limit is said', async () => {
  const { page, panel } = await openTraced()
  for (const id of ['1', '2', '3', '4', '5']) {
    await startFetch(page, id, ['/endless'])
    await waitForLive(panel, id)
  }
  await page.evaluate(async () => {
    const { backgroundFetch } = await navigator.serviceWorker.ready
    await backgroundFetch.fetch('6', ['/small']).catch(() => {})
  })
  const { text } = await waitForRow(panel, { name: 'no fetch seen', text: /fetch\(“6”\)/ })
  expect(text).toMatch(/5 background fetches of this origin were active then, and the browser allows no more/)
})

inFullRun('a call that is refused and that the page does not catch says why', async () => {
  const { page, panel } = await openTraced()
  for (const [id, path, call, row] of WHY) {
    if (path) {
      await page.goto(site.url + path)
      // Calls in the first moments of a document may be missed.
      await waitForRow(panel, { name: 'watching', text: new RegExp(`${path}:`) })
    }
    await page.evaluate(`setTimeout(() => void navigator.serviceWorker.ready
      .then(({ backgroundFetch }) => ${call.replace('$', id)}))`)
    const { text } = await waitForRow(panel, {
      name: /^(no fetch seen|fetch\(\) rejected)$/,
      text: new RegExp(`fetch\\(“${id}”\\)`),
    })
    // It comes three seconds after its call: as far apart, the next call is not taken for this one.
    expect(text).toMatch(row)
  }
})
