import { afterEach, beforeEach, test } from 'vitest'
import { useBench } from '../support/harness'
import { startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { endedRows } from '../support/rows'
import { type Site, startSite } from '../support/site'
import { setTrace, waitForScripts } from '../support/trace'
import { register } from '../support/workers'

/** Whether a worker calls the browser's `abort()` by a function of its own, which is no call that is traced. */
const REPLACES = `
  const { prototype } = BackgroundFetchRegistration
  const { abort } = prototype
  prototype.abort = function () { return abort.call(this) }`

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite(0, ({ pathname, search }, _, response) => {
    if (pathname !== '/own.js') return false
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(search ? REPLACES : '')
    return true
  })
})
afterEach(() => site.close())

test.each([
  ['that is traced', '/own.js', 'aborted · app.js:3', /Aborted by the page; /],
  [
    'whose calls are not',
    '/own.js?replaces',
    'aborted · app.js:3?',
    /Aborted by the page, or by a service worker of its origin whose calls were not all traced; /,
  ],
])('an abort by the page beside a worker %s', async (_, script, outcome, text) => {
  const { page, panel } = await bench.openTab(site.url)
  await setTrace(panel, true)
  await register(page, script)
  await waitForScripts(panel)
  await startFetch(page, 'beside', ['/endless'])
  await waitForLive(panel, 'beside')
  await page.evaluate(`navigator.serviceWorker.ready
    .then(({ backgroundFetch }) => backgroundFetch.get('beside'))
    .then((one) => one.abort())
    //# sourceURL=${site.url}app.js`)
  await waitForRow(panel, { fetch: 'beside', name: /^settled/, text })
  await eventually(async () => (await endedRows(panel)).map((row) => row.outcome)).toEqual([outcome])
})
