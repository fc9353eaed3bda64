import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { openTraced } from '../support/open-fetch'
import { registerWorker, startFetch } from '../support/page'
import { waitForLive, waitForRow, waitForText } from '../support/panel'
import { press } from '../support/press'
import { rowsLike } from '../support/rows'
import { story } from '../support/story'
import {
  HANDLED,
  inExtension,
  isDebugged,
  pressAbortNow,
  setTrace,
  tabIdOf,
  waitForWorker,
  workerStory,
} from '../support/trace'

const bench = useBench()

/** Opens two panels on tabs of one origin, whose worker both trace, and starts a fetch that both list. */
async function openTwo(id: string) {
  const first = await bench.openTab('/blank.html')
  await setTrace(first.panel, true)
  await registerWorker(first.page, { handler: 'keep' })
  const second = await bench.openTab('/blank.html?second')
  await setTrace(second.panel, true)
  const panels = [first.panel, second.panel]
  for (const panel of panels) await waitForWorker(panel)
  await startFetch(first.page, id)
  for (const panel of panels) await waitForLive(panel, id)
  return { first, second, panels }
}

/** Nobody can press Cancel in the browser's bar here: the connection is ended, and the browser's event made. */
async function cancel({ page, panel }: Tab): Promise<void> {
  const target = `{ tabId: ${await tabIdOf(bench.browser, page)} }`
  await inExtension(
    bench.browser,
    `chrome.debugger.detach(${target}).then(() => {
      chrome.debugger.onDetach.dispatch(${target}, 'canceled_by_user')
    })`,
  )
  await waitForText(panel, /Cancelled from the browser’s bar/)
}

test('with the switch off no debugger is attached, and the page’s side is all there', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, true)
  expect(await isDebugged(bench.browser, page)).toBe(true)
  await setTrace(panel, false)
  expect(await isDebugged(bench.browser, page)).toBe(false)
  await registerWorker(page)
  await startFetch(page, 'untraced')
  await waitForLive(panel, 'untraced')
  await pressAbortNow(panel, 'untraced')
  await waitForRow(panel, { fetch: 'untraced', name: 'records released' })
  const rows = (await story(panel, 'untraced')).filter((row) => !row.startsWith('storage'))
  expect(rows).toEqual([
    'page fetch started',
    'panel abort requested',
    'page abort() → true',
    'page settled: failure, aborted',
    'page records released',
  ])
  expect(await panel.$('[aria-label="Service workers"]')).toBeNull()
  expect(await isDebugged(bench.browser, page)).toBe(false)
  await setTrace(panel, true)
})

inFullRun('a panel that opens with the switch off attaches nothing', async () => {
  const tab = await bench.openTab('/blank.html')
  const { page, panel, devtools } = tab
  await setTrace(panel, false)
  await devtools.close()
  const again = await bench.reopen(tab)
  await waitForRow(again.panel, { name: 'tracing off' })
  expect(await isDebugged(bench.browser, page)).toBe(false)
  await setTrace(again.panel, true)
})

test('two panels on tabs of one origin each tell the whole story once', async () => {
  const { second, panels } = await openTwo('shared')
  await pressAbortNow(second.panel, 'shared')
  for (const panel of panels) {
    await waitForRow(panel, { fetch: 'shared', name: 'backgroundfetchabort done' })
    expect(await workerStory(panel, 'shared')).toEqual(HANDLED)
  }
})

inFullRun(
  'neither of two panels says that nothing listened in a worker that one of them stopped',
  async () => {
    const { first, panels } = await openTwo('stopped')
    await press(first.panel, 'Stop worker')
    for (const panel of panels) await waitForRow(panel, { name: 'worker stopped' })
    await pressAbortNow(first.panel, 'stopped')
    for (const panel of panels) {
      // By then all has been said; each of them may have come too late to know the handlers, whatever the other knows.
      await waitForRow(panel, { fetch: 'stopped', name: /^(backgroundfetchabort done$|verdict)/ })
      const eventRow = { fetch: 'stopped', name: /^backgroundfetchabort (dispatched|not traced)$/ }
      expect((await waitForRow(panel, eventRow)).text).toMatch(/one handler|handlers unknown|not traced/)
    }
  },
)

test('a new version of the worker in the middle of a fetch is reported, and the old one as redundant', async () => {
  const { page, panel } = await openTraced(bench)
  await startFetch(page, 'updated')
  await waitForLive(panel, 'updated')
  await registerWorker(page, { handler: 'discard&version=2' })
  await waitForRow(panel, { name: 'worker started', text: /handler=discard&version=2/ })
  // It hears that it is redundant only when the browser lets it live long enough.
  await waitForRow(panel, { name: /^worker (redundant|stopped)$/, text: /new version/ })
  await pressAbortNow(panel, 'updated')
  await waitForRow(panel, { fetch: 'updated', name: 'backgroundfetchabort done' })
  const { text } = await waitForRow(panel, { fetch: 'updated', name: 'backgroundfetchabort dispatched' })
  expect(text).toMatch(/one handler.*discard\.js/)
})

test('Cancel in the browser’s bar is said, stands, and can be taken back', async () => {
  const tab = await openTraced(bench)
  const { page, panel } = tab
  await cancel(tab)
  await waitForRow(panel, { name: 'worker no longer traced' })
  await page.reload()
  await waitForRow(panel, { name: 'reloaded' })
  await waitForText(panel, /Cancelled from the browser’s bar/)
  expect(await isDebugged(bench.browser, page)).toBe(false)
  await press(panel, 'Trace again')
  await waitForWorker(panel)
  expect(await rowsLike(panel, { name: 'tracing stopped' })).toHaveLength(1)
})

inFullRun('a Cancel stands when the panel is hidden and shown again', async () => {
  const tab = await bench.openTab('/blank.html')
  const { page, panel } = tab
  await setTrace(panel, true)
  await cancel(tab)
  await panel.evaluate(() => {
    dispatchEvent(new Event('panelhidden'))
    dispatchEvent(new Event('panelshown'))
  })
  await registerWorker(page)
  await startFetch(page, 'afterwards')
  await waitForLive(panel, 'afterwards')
  expect(await isDebugged(bench.browser, page)).toBe(false)
  // It stands for the tests to come as well.
  await press(panel, 'Trace again')
})

test('the tracer says that a page of the browser lets no debugger in, and comes back with the site', async () => {
  const { page, panel } = await openTraced(bench)
  await page.goto('chrome://version/')
  await waitForText(panel, /The browser does not allow debugging this page/)
  // That the page can't be observed at all is said instead of an offer to trace it again.
  await waitForText(panel, /Extensions can’t access pages of the browser/)
  expect(await panel.evaluate(() => document.body.textContent)).not.toContain('Trace again')
  await page.goto(new URL('/blank.html', bench.demo.url).href)
  await waitForWorker(panel)
})
