import { expect, test } from 'vitest'
import { afterInjections, countBridges, countWorlds } from '../support/bridges'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openFetch, openWithWorker } from '../support/open-fetch'
import { abortInPage, registerWorker, startFetch } from '../support/page'
import { eventually, waitForGone, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { logRows, rowsLike } from '../support/rows'

const bench = useBench()

test('after DevTools is closed and opened again the earlier log is there, with rows for the gap', async () => {
  const tab = await openWithWorker(bench)
  const { page, devtools, panel } = tab
  await startFetch(page, 'before')
  await waitForRow(panel, { fetch: 'before', name: 'fetch started' })
  await devtools.close()
  await eventually(() => countBridges(page)).toBe(0)

  const { panel: again } = await bench.reopen(tab)
  await waitForRow(again, { fetch: 'before', name: 'fetch started' })
  await waitForLive(again, 'before', ({ state }) => state === 'active')
  const names = (await logRows(again)).map(({ name }) => name)
  expect(names.filter((name) => name === 'panel closed')).toHaveLength(1)
  expect(names.indexOf('panel closed')).toBeGreaterThan(names.indexOf('fetch started'))
  expect(names.indexOf('panel closed')).toBeLessThan(names.lastIndexOf('panel opened'))
  expect(await rowsLike(again, { fetch: 'before', name: /^fetch/ })).toHaveLength(1)
  await pressAbort(again, 'before')
  await waitForRow(again, { fetch: 'before', name: 'records released' })
})

inFullRun(
  'a fetch that ended while DevTools was closed is reported with an end that was not observed',
  async () => {
    const tab = await openFetch(bench, 'in-the-gap')
    const { page, devtools } = tab
    await devtools.close()
    await eventually(() => countBridges(page)).toBe(0)
    await abortInPage(page, 'in-the-gap')
    const { panel: again } = await bench.reopen(tab)
    await waitForRow(again, { fetch: 'in-the-gap', name: 'end not observed' })
    await waitForGone(again, 'in-the-gap')
  },
)

test('the bridge is in the page while the panel is open, and gone with DevTools', async () => {
  const { page, devtools } = await bench.openTab('/blank.html')
  await eventually(() => countBridges(page)).toBe(1)
  await devtools.close()
  await eventually(() => countBridges(page)).toBe(0)
  await page.reload()
  await afterInjections(bench.browser, page)
  expect(await countBridges(page)).toBe(0)
})

inFullRun('a page without a panel never gets the bridge, not even beside one that has it', async () => {
  const { page } = await bench.openTab('/blank.html')
  const plain = await bench.openPage('/blank.html')
  await registerWorker(plain)
  await startFetch(plain, 'plain')
  await eventually(() => countBridges(page)).toBe(1)
  await afterInjections(bench.browser, plain)
  expect(await countWorlds(plain)).toBe(0)
})
