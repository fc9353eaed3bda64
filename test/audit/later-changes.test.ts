import { expect, test } from 'vitest'
import { openAudited, startAndAbort, verdictOf } from '../support/audit'
import { useBench } from '../support/harness'
import { waitForRow } from '../support/panel'

const bench = useBench()

test('a row that the page puts back after the verdict changes it, in a row of its own', async () => {
  const tab = await openAudited(bench, 'discard')
  await startAndAbort(tab, 'talk')
  expect((await verdictOf(tab.panel, 'talk')).verdict).toBe('clean: nothing new, nothing left')
  await tab.page.evaluate(`import('/shared/rows.js').then(({ putRow }) =>
    putRow({ id: 'talk', title: 'Talk', state: 'sending', episodes: [] }))`)
  await waitForRow(tab.panel, { fetch: 'talk', name: 'verdict changed: left' })
  await waitForRow(tab.panel, { fetch: 'talk', name: 'verdict: clean' })
  expect((await verdictOf(tab.panel, 'talk')).verdict).toMatch(/^left: 1 item names this fetch: longwave/)
})
