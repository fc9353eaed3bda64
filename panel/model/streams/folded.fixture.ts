import type { SessionEvent } from '../../../protocol/events'
import { describe } from '../describe/describe'
import { createModel, type Model } from '../session/fold'
import type { Row } from '../session/view'
import { describePhase, describeTrack } from '../timeline/describe-track'
import { trackOf } from '../timeline/timeline'

const { PROPERTY_RUNS = '100', PROPERTY_SEED } = process.env
/** A longer search: `PROPERTY_RUNS=5000 npx vitest run --project unit panel/model/streams/invariants.test.ts`. */
export const RUNS = {
  numRuns: Number(PROPERTY_RUNS),
  ...(PROPERTY_SEED ? { seed: Number(PROPERTY_SEED) } : {}),
}

/** A view of events that come in pieces. */
export const fold = (...batches: readonly (readonly SessionEvent[])[]): Model => {
  const model = createModel()
  for (const batch of batches) model.apply(batch)
  return model
}

/** Folds one event after the other, and calls back after each. */
export function follow(events: readonly SessionEvent[], look: (model: Model) => void): Model {
  const model = createModel()
  for (const event of events) {
    model.apply([event])
    look(model)
  }
  return model
}

/** The cause of a failure may be reported when its row is there. */
export const mayGetCause = ({ event: { body } }: Row): boolean =>
  body.type === 'settled' && /^(?:fetch-error|bad-status)$/.test(body.attributes.failureReason)

/** Everything that is said in words of what was folded. */
export function words(model: Model): string[] {
  return [
    ...model.rows.map((row) => Object.values(describe(row)).join(' ')),
    ...model.fetches.flatMap((fetch) => {
      const track = trackOf(fetch, 2_000_000)
      return [describeTrack(track), ...track.phases.map((phase) => describePhase(phase, track))]
    }),
  ]
}
