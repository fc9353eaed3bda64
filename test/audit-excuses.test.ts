import { expect, test } from 'vitest'
import { openAudited, pressInCleanUp, startAndAbort, verdictOf, waitForShown } from './audit'
import { useBench } from './harness'
import { eventually, rowsLike, waitForRow } from './panel'

const bench = useBench()

test('what is expected here is not flagged, in the log neither, nor for the next fetch, and is remembered', async () => {
  const tab = await openAudited(bench, 'forget-rows')
  await startAndAbort(tab, 'talk')
  await verdictOf(tab.panel, 'talk')
  await pressInCleanUp(tab.panel, 'Expected here', 'longwave/downloads')
  await waitForShown(tab.panel, /^leftovers Still there: parts\/talk\.part, \d+ B$/)
  await pressInCleanUp(tab.panel, 'Expected here', 'parts/talk.part')
  await waitForShown(tab.panel, /^clean/)
  await waitForRow(tab.panel, { fetch: 'talk', name: 'verdict: clean' })

  await tab.devtools.close()
  const { panel } = await bench.reopen(tab)
  await waitForRow(panel, { fetch: 'talk', name: 'verdict: clean' })
  await eventually(() => rowsLike(panel, { name: 'storage looked at' })).toHaveLength(2)
  const again = { page: tab.page, panel }
  await startAndAbort(again, 'second')
  const shown = await verdictOf(panel, 'second')
  expect(shown.findings).toEqual([])
  await pressInCleanUp(panel, 'Flag again', 'parts/second.part')
  await waitForShown(panel, /^leftovers Still there: parts\/second\.part/)
})

test('a rule that is off finds nothing, and can be switched on again', async () => {
  const tab = await openAudited(bench, 'function')
  await startAndAbort(tab, 'talk')
  await verdictOf(tab.panel, 'talk')
  await pressInCleanUp(tab.panel, 'Rule off', 'a function is never called')
  await waitForShown(tab.panel, /^leftovers Still there/)
  await pressInCleanUp(tab.panel, 'Flag again', 'got a function')
  await waitForShown(tab.panel, /^suspicious waitUntil\(\) got/)
})
