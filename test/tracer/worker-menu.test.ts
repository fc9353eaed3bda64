import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { holdTimers } from '../support/held-timers'
import { chooseEntry, menuEntries } from '../support/menu'
import { openTraced } from '../support/open-fetch'
import { registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { press } from '../support/press'
import { startSite } from '../support/site'
import { inExtension, pressAbortNow, pressStop, setTrace, waitForWorker } from '../support/trace'
import {
  answered,
  chooseForWorker,
  handlers,
  openStartedBefore,
  openWorkerMenu,
  register,
} from '../support/workers'

const bench = useBench()

/** Of the worker that `openStartedBefore()` starts, once they were seen. */
const SEEN = ['abort –', 'success ✓', 'fail ✓']

/** How long a stop or a start may take to be reported, in milliseconds. */
const PATIENCE = 10_000

test('Restart and trace: what its script mentions gives way to what it does', async () => {
  const { panel } = await openStartedBefore(bench)
  await chooseForWorker(panel, 'Restart and trace')
  await handlers(panel).toEqual(SEEN)
  // Its state is named as the Application panel names it.
  await eventually(() =>
    panel.$$eval('[aria-label="Service workers"] span[title]', (all) =>
      all.map((it) => it.getAttribute('title')),
    ),
  ).toContain('activated and is running')
})

inFullRun(
  'Restart and trace: of a script that may have run before the tracer is there either is said',
  async () => {
    const site = await startSite(0, (url, _, response) => {
      if (url.pathname !== '/short.js') return false
      const script = "addEventListener('backgroundfetchsuccess', () => {})"
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script)
      return true
    })
    try {
      const { page, panel } = await bench.openTab(site.url)
      await setTrace(panel, false)
      await register(page, 'short.js')
      await setTrace(panel, true)
      await waitForWorker(panel)
      await chooseForWorker(panel, 'Restart and trace')
      await eventually(() =>
        panel.$eval('[aria-label="Service workers"]', (list) => {
          const said = list.querySelector('[role="status"]')?.textContent ?? ''
          const ticks = [...list.querySelectorAll('[data-listens]')].map(({ textContent }) => textContent)
          return said.startsWith('Restarted 3 times') || said + ticks.join()
        }),
      ).toSatisfy((it) => it === true || it === 'abort –,success ✓,fail –')
    } finally {
      await site.close()
    }
  },
)

test('what is advised after an event that was not traced shows the listeners, without another abort', async () => {
  const { page, panel } = await openStartedBefore(bench)
  await startFetch(page, 'missed')
  await waitForLive(panel, 'missed')
  await pressAbortNow(panel, 'missed')
  const { text } = await waitForRow(panel, { fetch: 'missed', name: 'backgroundfetchabort not traced' })
  const [, line = ''] = /“(.+)”/.exec(text) ?? []
  await chooseForWorker(panel, line)
  await handlers(panel).toEqual(SEEN)
})

inFullRun('Start and trace: a worker that has stopped shows its listeners without an event', async () => {
  const { panel } = await openStartedBefore(bench)
  await pressStop(panel)
  await openWorkerMenu(panel)
  await eventually(() => menuEntries(panel)).toContain('Start and trace')
  expect(await menuEntries(panel)).not.toContain('Restart and trace')
  await chooseEntry(panel, 'Start and trace')
  await waitForWorker(panel)
  await handlers(panel).toEqual(SEEN)
})

/** The browser is not asked to stop workers any more, and the extension takes it that it was; the result undoes that. */
async function withoutStops(): Promise<() => Promise<void>> {
  await inExtension(
    bench.browser,
    `{
      const { sendCommand } = chrome.debugger
      chrome.debugger.sendCommand = (target, method, ...params) =>
        method === 'Target.closeTarget' ? Promise.resolve({}) : sendCommand(target, method, ...params)
      globalThis.stopAgain = () => { chrome.debugger.sendCommand = sendCommand }
    }`,
  )
  return () => inExtension(bench.browser, 'stopAgain()')
}

test('a restart ends with the reason when no stop is reported', async () => {
  const { panel } = await openTraced(bench, 'discard')
  const timers = await holdTimers(panel, PATIENCE)
  const undo = await withoutStops()
  try {
    await chooseForWorker(panel, 'Restart and trace')
    await answered(panel).toBe('Restarting…')
    await eventually(timers.count).toBe(1)
    await timers.elapse()
    await answered(panel).toBe('Not restarted: the worker was not reported to have stopped within 10 s.')
  } finally {
    await undo()
  }
  // It starts nothing when the stop is reported later.
  await pressStop(panel)
  await answered(panel).toMatch(/^Not restarted/)
  expect(await timers.count()).toBe(0)
})

test('Update says whether there is a new script', async () => {
  let version = 1
  const site = await startSite(0, ({ pathname }, _, response) => {
    if (pathname !== '/versions.js') return false
    const script = version === 1 ? '' : 'self.addEventListener("backgroundfetchfail", () => {})'
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script)
    return true
  })
  try {
    const { page, panel } = await bench.openTab(site.url)
    await setTrace(panel, true)
    await register(page, 'versions.js')
    await waitForWorker(panel)
    await chooseForWorker(panel, 'Update')
    await answered(panel).toBe('The script has not changed')
    version = 2
    await chooseForWorker(panel, 'Update')
    // No page uses the first one, which the new one replaces at once.
    await handlers(panel).toEqual([
      expect.anything(),
      expect.anything(),
      expect.stringMatching(/^fail (✓|\(in script\))$/),
    ])
    await answered(panel).toBe('Update found a new script')
  } finally {
    await site.close()
  }
})

test('Unregister… unregisters it, once it was confirmed', async () => {
  const { page, devtools, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, true)
  await registerWorker(page)
  await waitForWorker(panel)
  const registered = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
  const focused = () => eventually(() => panel.evaluate(() => document.activeElement?.textContent))
  await chooseForWorker(panel, 'Unregister…')
  await focused().toBe('Cancel')
  await devtools.keyboard.press('Enter')
  await eventually(() => panel.$('[role="alertdialog"]')).toBe(null)
  await chooseForWorker(panel, 'Unregister…')
  await focused().toBe('Cancel')
  await devtools.keyboard.press('Escape')
  await eventually(() => panel.$('[role="alertdialog"]')).toBe(null)
  expect(await registered()).toBe(1)
  await chooseForWorker(panel, 'Unregister…')
  await press(panel, 'Unregister')
  await eventually(registered).toBe(0)
})
