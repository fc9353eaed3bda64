import { expect, test } from 'vitest'
import { openAudited, pressInCleanUp, startAndAbort, verdictOf, waitForShown } from '../support/audit'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { waitForRow } from '../support/panel'
import { reloadPanel } from '../support/tab'

const bench = useBench()

test('what is ignored on this site is not reported, in the log neither, nor for the next fetch, and is remembered', async () => {
  const tab = await openAudited(bench, 'forget-rows')
  await startAndAbort(tab, 'talk')
  await verdictOf(tab.panel, 'talk')
  await pressInCleanUp(tab.panel, 'Ignore on this site', 'longwave/downloads')
  await waitForShown(tab.panel, /^left: 1 item names this fetch: parts\/talk\.part, \d+ B$/)
  await pressInCleanUp(tab.panel, 'Ignore on this site', 'parts/talk.part')
  await waitForShown(tab.panel, /^clean:/)
  await waitForRow(tab.panel, { fetch: 'talk', name: 'verdict: clean' })

  await reloadPanel(tab.panel)
  await waitForRow(tab.panel, { fetch: 'talk', name: 'verdict: clean' })
  await startAndAbort(tab, 'second')
  const shown = await verdictOf(tab.panel, 'second')
  expect(shown.findings).toEqual([])
  await pressInCleanUp(tab.panel, 'Stop ignoring', 'parts/second.part')
  await waitForShown(tab.panel, /^left: 1 item names this fetch: parts\/second\.part/)
})

inFullRun('a rule that is disabled finds nothing, and can be enabled again', async () => {
  const tab = await openAudited(bench, 'function')
  await startAndAbort(tab, 'talk')
  await verdictOf(tab.panel, 'talk')
  await pressInCleanUp(tab.panel, 'Disable rule', 'a function is never called')
  await waitForShown(tab.panel, /^left: 2 items name/)
  await pressInCleanUp(tab.panel, 'Enable rule', 'got a function')
  await waitForShown(tab.panel, /^wrong: waitUntil\(\) got/)
})
