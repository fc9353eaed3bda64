import { expect, test } from 'vitest'
import { atScale } from '../support/full'
import { useBench } from '../support/harness'
import { openTraced } from '../support/open-fetch'
import { abortInPage, startFetch } from '../support/page'
import { untilSeen, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { rowsLike } from '../support/rows'
import { inWorker } from '../support/trace'

const bench = useBench()

/** What a handler does so often that more is sent than anybody can take in at once. */
const floods = {
  'console messages': `for (let i = 0; i < ${atScale(5000, 20_000)}; i++) console.log('row', i)`,
  'calls of waitUntil()': `for (let i = 0; i < 10_000; i++) event.waitUntil(Promise.resolve(i))`,
  'changes of a cache': `event.waitUntil((async () => {
    const cache = await caches.open('flood')
    for (let i = 0; i < 500; i++) await cache.put('/flood?' + i, new Response(''))
    await caches.delete('flood')
  })())`,
} as const

test.each(Object.entries(floods).slice(0, atScale(1, 3)))(
  'a flood of %s hides no end, and the next fetch is followed',
  async (_, flood) => {
    const { page, panel } = await openTraced(bench)
    await inWorker(
      bench.browser,
      bench.demo.url,
      `self.addEventListener('backgroundfetchabort', (event) => {
        if (event.registration.id !== 'flood') return
        ${flood}
      })`,
    )
    await startFetch(page, 'flood')
    await waitForLive(panel, 'flood')
    await pressAbort(panel, 'flood')
    await startFetch(page, 'next')
    await waitForLive(panel, 'next')
    await untilSeen(panel, async () => {
      const [done] = await rowsLike(panel, { fetch: 'flood', name: 'backgroundfetchabort done' })
      expect(done).toBeDefined()
    })
    await abortInPage(page, 'next')
    await waitForRow(panel, { fetch: 'next', name: 'backgroundfetchabort done' })
    await waitForRow(panel, { fetch: 'next', name: /^verdict: (?!.*so far)/ })
    // What the flood had already answered is not said.
    expect(await rowsLike(panel, { name: /^still running$|not traced$/ })).toEqual([])
  },
)
