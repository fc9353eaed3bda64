import { afterEach, beforeEach, expect, test } from 'vitest'
import { verdictOf } from '../support/audit'
import { FULL } from '../support/full'
import { useBench } from '../support/harness'
import type { Site } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'
import { register, startVerdictSite, waitForBaseline } from './run'
import { startRequests } from './site-tab'

const bench = useBench()
let site: Site
let other: Site
beforeEach(async () => {
  site = await startVerdictSite()
  other = await startVerdictSite()
})
afterEach(async () => {
  await site.close()
  await other.close()
})

const range = { headers: { Range: 'bytes=0-20' } }
const EMPTY = /^wrong: The fetch succeeded, but a body is empty: .* answers Range with 200\. .*range/

const ALWAYS = [
  ['Range, which another origin answers with 200', 'slow', 'other', 'range?length=21', range, EMPTY],
] as const
const AT_TIMES = [
  [
    'another origin that answers compressed with more bytes than the body has',
    ...(['put-entries', 'other', 'random?size=1000', {}] as const),
    /^unknown: .*CORS hides Content-Encoding.*Stored: 1 of 1 responses, 1\.0 kB in media$/,
  ],
  ['Range, answered with 200', 'slow', 'own', 'range', range, EMPTY],
  ['Range, answered with 200, and stored', 'put-entries', 'own', 'range?length=21', range, EMPTY],
  [
    'Range, which another origin answers with 206',
    ...(['slow', 'other', 'range?status=206&length=21', range] as const),
    /^not stored: Not found in storage: 1 of 1 responses \(21 B\)$/,
  ],
] as const

test.each([...ALWAYS, ...(FULL ? AT_TIMES : [])])(
  'a request with %s has a verdict that is true',
  async (_, handler, of, path, init, verdict) => {
    const { page, panel } = await bench.openTab(site.url)
    await setTrace(panel, true)
    await register(page, handler)
    await waitForWorker(panel)
    await waitForBaseline(panel)
    await startRequests(page, 'part', [{ url: (of === 'own' ? site : other).url + path, init }])
    expect((await verdictOf(panel, 'part')).verdict).toMatch(verdict)
  },
)
