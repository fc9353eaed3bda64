import type { PlannedRun } from '../../../protocol/abort-series'
import { MAX_RUNS } from '../../../protocol/abort-series'
import type { AbortMoment } from '../../../protocol/planned-aborts'
import { numbered } from '../new-fetch/id-template'
import { nextId } from '../repeat'

/** After so many responses at most is a fetch aborted unless a person asks for more. */
const MAX_RESPONSES = 10

/** A moment of a plan, and with which state of the worker it is tried; with neither it is off. */
export interface PlannedMoment {
  readonly moment: AbortMoment
  /** With the worker as it is: it runs. */
  readonly warm: boolean
  /** With the worker stopped first. */
  readonly cold: boolean
}

/** What a plan follows from. */
interface PlanFor {
  /** How many requests the fetch has. */
  readonly requests: number
  /** 0 for none. */
  readonly downloadTotal: number
  /** Workers are traced: one can be stopped. */
  readonly traced: boolean
}

/**
 * The moments at which a fetch is aborted unless a person chooses others: at once, at the first byte, after each response but the
 * last, which ends it, and at two shares of its bytes, where it says how many they are.
 */
export function defaultPlan({ requests, downloadTotal, traced }: PlanFor): readonly PlannedMoment[] {
  const responses = Math.min(MAX_RESPONSES, Math.max(0, requests - 1))
  const moments: AbortMoment[] = [
    { kind: 'time', ms: 0 },
    { kind: 'first-byte' },
    ...Array.from({ length: responses }, (_, i) => ({ kind: 'responses', count: i + 1 }) as const),
    ...(downloadTotal > 0 ? [50, 99].map((percent) => ({ kind: 'percent', percent }) as const) : []),
  ]
  return moments.map((moment) => ({ moment, warm: true, cold: traced }))
}

const isSame = (a: AbortMoment, b: AbortMoment) => JSON.stringify(a) === JSON.stringify(b)

/** The plan with one more moment; one that it has is switched on. */
export function withMoment(
  plan: readonly PlannedMoment[],
  moment: AbortMoment,
  traced: boolean,
): readonly PlannedMoment[] {
  const added: PlannedMoment = { moment, warm: true, cold: traced }
  return plan.some((one) => isSame(one.moment, moment))
    ? plan.map((one) => (isSame(one.moment, moment) ? added : one))
    : [...plan, added]
}

/** The runs of a plan, in their order: each moment with the worker running, then with the worker stopped. */
export const runsOf = (plan: readonly PlannedMoment[]): readonly PlannedRun[] =>
  plan
    .flatMap(({ moment, warm, cold }): PlannedRun[] => [
      ...(warm ? [{ moment, cold: false }] : []),
      ...(cold ? [{ moment, cold: true }] : []),
    ])
    .slice(0, MAX_RUNS)

/** Stands for the number of a run in the template of the IDs. */
export const NUMBER = '*'

/** The template that a fetch's ID leads to: `episode-*` after `episode`. */
export function templateOf(id: string, used: ReadonlySet<string>): string {
  // The star is the number's place, and a pattern's for any text.
  const plain = id.replaceAll(NUMBER, '-').slice(0, MAX_TEMPLATE - 20)
  return nextId(plain, new Set([...used, plain])).replace(/\d+$/, NUMBER)
}

/** The longest template, in characters: an ID that follows from it fits into a pattern. */
export const MAX_TEMPLATE = 900

/** Whether each run gets an ID of its own, which can be planned for. */
export const isTemplate = (template: string): boolean =>
  template.includes(NUMBER) && template.replaceAll(NUMBER, '000000').length <= MAX_TEMPLATE

/** The next ID that follows from a template and that no fetch has had. */
export const idFrom = (template: string, used: ReadonlySet<string>): string =>
  numbered(template, NUMBER, used)
