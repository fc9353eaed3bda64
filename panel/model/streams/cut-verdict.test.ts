import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { contextOf } from '../../../protocol/context/context'
import type { Body, SessionEvent } from '../../../protocol/events'
import { isStale } from '../audit/evidence/basis'
import { audit } from '../audit/verdict'
import { isReported } from '../session/fetch-phase'
import { createModel, type Model } from '../session/fold'
import { handledStreams } from './handled.fixture'

const { PROPERTY_RUNS = '300', PROPERTY_SEED } = process.env
const RUNS = { numRuns: Number(PROPERTY_RUNS), ...(PROPERTY_SEED ? { seed: Number(PROPERTY_SEED) } : {}) }
vi.setConfig({ testTimeout: 3_600_000 })

/** A fetch that went with the cut is not named among those that something new may belong to. */
const MAY_BE_OF = /; may belong to the fetch .*?, which ran in that time too/g

/**
 * What is said of each fetch so far, by its handle. A verdict on storage that was read before the event was over stays as it was until
 * it is read again.
 */
const verdicts = (model: Model) =>
  new Map(
    model.fetches.map((fetch) => {
      const verdict = audit(fetch)
      return [fetch.handle, verdict && `${verdict.kind}: ${verdict.line.replaceAll(MAY_BE_OF, '')}`]
    }),
  )

/** The log was cleared, or cut. */
const cutBy = (body: Body, at: number): SessionEvent => ({
  ...{ producer: 'journal', seq: 1, at, source: 'panel', document: null, storageKey: null },
  body,
})

/** A log that is cleared, or the older part of which is dropped: what a panel received of it, and what one gets that begins anew. */
function cut(events: readonly SessionEvent[], where: number, kept: number, isCleared: boolean) {
  const at = where % (events.length + 1)
  const until = isCleared ? at : Math.min(events.length, at + 1 + (kept % (events.length - at + 1)))
  const [old, recent, later] = [events.slice(0, at), events.slice(at, until), events.slice(until)]
  const body: Body = isCleared ? { type: 'cleared' } : { type: 'journal-cut', dropped: 1, bound: 1000 }
  const after = [...recent, cutBy(body, events[until - 1]?.at ?? 0)]
  return { old, after, context: contextOf(old, recent), later }
}

test('a cut log gives the same verdict on a fetch that was not over, or unknown', () => {
  const logs = fc
    .tuple(handledStreams, fc.nat(), fc.nat(), fc.boolean())
    .map(([events, where, kept, isCleared]) => cut(events, where, kept, isCleared))
  fc.assert(
    fc.property(logs, ({ old, after, context, later }) => {
      const [live, anew] = [createModel(), createModel()]
      live.apply(old)
      const open = live.fetches.filter(isReported).map(({ handle }) => handle)
      live.apply(after)
      anew.apply([...context, ...after])
      for (const next of [[], ...later.map((event) => [event])]) {
        live.apply(next)
        anew.apply(next)
        const [said, again] = [verdicts(live), verdicts(anew)]
        const stale = new Set(live.fetches.filter(isStale).map(({ handle }) => handle))
        for (const handle of open) {
          if (stale.has(handle)) continue
          if (!again.get(handle)?.startsWith('unknown')) expect(again.get(handle)).toBe(said.get(handle))
        }
      }
    }),
    RUNS,
  )
})
