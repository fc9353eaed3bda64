import {
  type Forced,
  type ForcedBy,
  type ForcedEnding,
  forcedBy,
  forcedEndings,
} from '../../protocol/forced-endings'

/** How a repetition is to end: as it does, by `abort()`, or with a failure. */
export type EndingName = 'none' | 'abort' | ForcedEnding

/**
 * Why a choice can't be made. `tracing`: workers are not traced, so the debugger is not attached. `others`: another fetch of the origin
 * runs, which it would concern as well.
 */
export type EndingProblem = 'tracing' | 'others'

export interface EndingChoice {
  readonly ending: EndingName
  /** What is done for it; null where nothing is, or `abort()` is called. */
  readonly forced: Forced | null
  /** Null where it can be chosen. */
  readonly problem: EndingProblem | null
}

/** What the choices depend on. */
interface Around {
  readonly origin: string
  /** Of nothing that there is on a server. */
  readonly name: string
  /** The debugger is attached to the tab. */
  readonly traced: boolean
  /** Another fetch of the origin runs. */
  readonly otherRuns: boolean
}

function problemOf({ kind }: ForcedBy, { traced, otherRuns }: Around): EndingProblem | null {
  if (kind !== 'quota') return null
  if (!traced) return 'tracing'
  return otherRuns ? 'others' : null
}

/** How a repetition in an origin can be made to end. */
export function endingChoices(around: Around): readonly EndingChoice[] {
  const forced = forcedEndings.map((ending): EndingChoice => {
    const by = forcedBy(ending, around.origin, around.name)
    return { ending, forced: { ending, by }, problem: problemOf(by, around) }
  })
  return [
    { ending: 'none', forced: null, problem: null },
    { ending: 'abort', forced: null, problem: null },
    ...forced,
  ]
}
