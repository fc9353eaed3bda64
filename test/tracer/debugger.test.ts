import { afterEach, beforeEach, expect, test } from 'vitest'
import { selectPanel } from '../../scripts/browser/panel'
import { resume, stepOver, waitForPause } from '../support/debugger'
import { FULL } from '../support/full'
import { useBench } from '../support/harness'
import { startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { type Site, startSite } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

test.each(FULL ? ['page', 'worker'] : ['page'])(
  'where the %s calls abort(), `debugger` statements and steps go on as before',
  async (where) => {
    const { page, panel, devtools } = await bench.openTab(site.url)
    await setTrace(panel, true)
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/steps.js')
      await navigator.serviceWorker.ready
    })
    await waitForWorker(panel)
    await page.addScriptTag({ url: '/steps.js' })
    await startFetch(page, 'stepped', ['/endless'])
    await waitForLive(panel, 'stepped')
    await page.evaluate(async (where) => {
      const { active } = await navigator.serviceWorker.ready
      if (where === 'worker') active?.postMessage('stepped')
      else setTimeout(`abortStepwise('stepped')`)
    }, where)
    for (const line of [6, 7, 8]) {
      await waitForPause(devtools, `steps.js:${line}`)
      await stepOver(devtools)
    }
    await waitForPause(devtools, 'steps.js:9')
    await resume(devtools)
    await waitForPause(devtools, null)
    // DevTools has brought Sources to the front.
    await selectPanel(devtools)
    await waitForRow(panel, { fetch: 'stepped', name: 'abort() called', text: /abortStepwise.*steps\.js:7/ })
    const after = where === 'page' ? await page.evaluate('self.after') : true
    expect(after).toBe(true)
  },
)
