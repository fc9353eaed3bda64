import { expect } from 'vitest'
import { inEveryRunIf } from '../support/full'
import { useBench } from '../support/harness'
import { checkNext, readOutcome } from '../support/outcome'
import { abortEndless, logText, startEndless, useSite } from './site-of-test'

const bench = useBench()
const site = useSite(bench)

for (const tracer of ['first', 'later'] as const) {
  inEveryRunIf(tracer === 'first')(
    `getters that throw wherever one looks hide no event, with the tracer there ${tracer}`,
    async () => {
      const tab = await site.open('getters', { tracer })
      const { page, panel } = tab
      await abortEndless(tab, 'thrown-at')
      // What was passed to waitUntil() is a thenable besides, whose end can't be followed.
      const { dispatched, verdict } = await readOutcome(panel, 'thrown-at')
      expect([dispatched.length, verdict.length], await logText(tab)).toEqual([1, 1])
      await checkNext(panel, (id) => startEndless(page, id))
    },
  )
}
