import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contextOf } from '../../../protocol/context/context'
import type { SessionEvent } from '../../../protocol/events'
import { isReported } from '../session/fetch-phase'
import { createModel } from '../session/fold'
import type { View } from '../session/session-view'
import { streams } from './stream.fixture'

/**
 * What may differ when older events have gone. An abort that was planned for a fetch of which only its start is known goes
 * with it, and so do runs of workers and abort series that have ended.
 */
type MayDiffer = 'rows' | 'dropped' | 'workers' | 'unreachable' | 'plannedAborts' | 'abortSeries'

/** What a panel shows as there, running or not over, that received these events. */
const open = (stream: readonly SessionEvent[]) => {
  const model = createModel()
  model.apply(stream)
  const fetches = model.fetches
    .filter(isReported)
    .map(({ storageKey, scope, id, handle, state, attributes, seenAt, settledAt, aborts, responses }) => {
      return { storageKey, scope, id, handle, state, attributes, seenAt, settledAt, aborts, responses }
    })
  const byName = (a: string, b: string) => (a < b ? -1 : 1)
  return {
    fetches,
    frames: [...model.frames.keys()].sort(byName),
    offline: [...model.offline].sort(byName),
    watching: model.watching,
    recordingSince: model.recordingSince !== null,
    tracer: model.tracer,
    notSaved: model.notSaved,
    networkSince: model.networkSince !== null,
  } satisfies Record<Exclude<keyof View, MayDiffer>, unknown>
}

test('a panel shows the same fetches, whatever the journal dropped', () => {
  fc.assert(
    fc.property(streams(100), fc.nat(), (reported, at) => {
      // Of what workers say, only how a fetch ended matters here; see the tests of workers.
      const all = reported.filter(({ source }) => source !== 'worker')
      expect(open(contextOf(all, []))).toEqual(open(all))
      const cut = at % (all.length + 1)
      const [old, recent] = [all.slice(0, cut), all.slice(cut)]
      expect(open([...contextOf(old, recent), ...recent])).toEqual(open(all))
    }),
    { numRuns: 300 },
  )
}, 60_000)
