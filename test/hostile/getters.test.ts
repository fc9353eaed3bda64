import { expect, test } from 'vitest'
import { useBench } from '../harness'
import { checkNext, readOutcome } from '../outcome'
import { eventually, pressAbort, rowsLike, waitForLive, waitForRow } from '../panel'
import { setTrace, waitForWorker } from '../trace'
import { logText, startEndless, useSite } from './site-of-test'

const bench = useBench()
const site = useSite()

for (const when of ['before', 'after'] as const) {
  test(`getters that throw wherever one looks, in a worker that starts ${when} tracing, hide no event`, async () => {
    const tab = await bench.openTab('/blank.html')
    await setTrace(tab.panel, when === 'after')
    const { page, panel } = await site.open(bench, 'getters')
    if (when === 'before') await setTrace(panel, true)
    await waitForWorker(panel)
    await startEndless(page, 'thrown-at')
    await waitForLive(panel, 'thrown-at')
    await pressAbort(panel, 'thrown-at')
    await waitForRow(panel, { fetch: 'thrown-at', name: /^verdict/ })
    const { dispatched, done, verdict } = await readOutcome(panel, 'thrown-at')
    expect([dispatched.length, done.length, verdict.length], await logText(tab)).toEqual([1, 1, 1])
    await checkNext(panel, (id) => startEndless(page, id))
  })
}
