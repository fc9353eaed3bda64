import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { eventually, waitForRow } from '../support/panel'
import { press } from '../support/press'
import { startSite } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'

const bench = useBench()

test('what is wrong in a worker’s script is shown before any event, marked as read, and a rule can be disabled', async () => {
  const site = await startSite()
  try {
    const { page, panel } = await bench.openTab(site.url)
    await setTrace(panel, true)
    await page.evaluate(async () => void (await navigator.serviceWorker.register('mistakes.js')))
    await waitForWorker(panel)
    const findings = () => panel.$eval('[data-script-findings]', (list) => (list as HTMLElement).innerText)
    await eventually(findings).toBe('3 findings in its scripts')
    await panel.$eval('[data-script-findings] summary', (summary) => (summary as HTMLElement).click())
    const all = await findings()
    expect(all).toMatch(/Read in the script, not seen at run time\./)
    expect(all).toMatch(/No event of the browser has this name.*\s+mistakes\.js:3/)
    expect(all).toMatch(/waitUntil\(\) gets a function, and does not call it.*\s+mistakes\.js:5/)
    expect(all).toMatch(/updateUI\(\) is called, and the event waits for nothing.*\s+mistakes\.js:11/)
    const row = /waitUntil\(\) gets a function.*\(not seen at run time\).*mistakes\.js:5/
    await waitForRow(panel, { source: 'worker', name: 'read in the script', text: row })

    await press(panel, 'Disable rule')
    await eventually(findings).toMatch(/^2 findings in its scripts[\s\S]*Disabled: No event of the browser/)
    await press(panel, 'Enable rule')
    await eventually(findings).toMatch(/^3 findings in its scripts/)
  } finally {
    await site.close()
  }
})
