import { afterEach, beforeEach, expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { startFetch } from '../support/page'
import { waitForRow } from '../support/panel'
import { rowsLike } from '../support/rows'
import type { Site } from '../support/site'
import { register, startVerdictSite } from './run'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startVerdictSite()
})
afterEach(() => site.close())

test('a connection that is lost in the middle, and a stall before bytes come again, have rows of their own', async () => {
  const { page, panel } = await bench.openTab(site.url)
  await register(page, 'nothing')
  await startFetch(page, 'dl-7', ['/restart?wait=10500'])
  const { text } = await waitForRow(panel, { fetch: 'dl-7', name: 'restarted' })
  expect(text).toMatch(
    /^restarted The bytes that had arrived went back from \d+ kB to 0 B, .* after the last progress\.$/,
  )
  const still = await waitForRow(panel, { fetch: 'dl-7', name: 'no progress' })
  expect(still.text).toMatch(
    /^no progress No progress has been reported for 10 s, at 0 B\. Bytes had arrived and are gone/,
  )
  const stalled = await waitForRow(panel, { fetch: 'dl-7', name: 'stalled' })
  expect(stalled.text).toMatch(/^stalled No progress was reported for 1\d\.\d+ s; 0 B had arrived\.$/)
  await waitForRow(panel, { fetch: 'dl-7', name: 'settled: success' })
  const rows = await rowsLike(panel, { fetch: 'dl-7', name: /^(progress|restarted|stalled)$/ })
  expect(rows.map(({ name }) => name)).toEqual(['progress', 'restarted', 'progress', 'stalled', 'progress'])
})
