import { say } from '../words/words'
import { audit, type Excuses, type Fate, type Verdict } from './audit/audit'
import { rules } from './audit/rules'
import type { Fetch } from './view'

/**
 * What is said of a fetch's end in one word. `wrong`, `left`, `unmatched`, `unknown` and `clean` are about the
 * clean-up; `stored` and `not-stored` about what a success was for.
 */
export type VerdictCellKind = 'wrong' | 'left' | 'unmatched' | 'unknown' | 'clean' | 'stored' | 'not-stored'

/** The verdict as the table, the summary and the notices show it. */
export interface VerdictCell {
  readonly kind: VerdictCellKind
  /** The storage was read for the last time: it does not change any more. */
  readonly final: boolean
  /** How many items are left; 0 where nothing is, or nothing was counted. */
  readonly left: number
  /** All of it in one sentence. */
  readonly line: string
}

const countLeft = ({ findings }: Verdict): number =>
  findings.filter(({ rule, item }) => rules[rule].severity === 'leftover' && item !== '').length

/** Whether what arrived is stored: known only where each response was found in a cache. */
function storedCell(verdict: Verdict, final: boolean): VerdictCell {
  const base = { final, left: 0 }
  if (verdict.findings.some(({ rule }) => rule === 'nothing-stored')) {
    return { ...base, kind: 'not-stored', line: verdict.line }
  }
  const isStored = ({ fate }: Fate) => fate === 'stored' || fate === 'kept-before'
  const total = verdict.fates.length
  if (total > 0 && verdict.fates.every(isStored)) {
    return { ...base, kind: 'stored', line: say('stored_all', total) }
  }
  return { ...base, kind: 'unknown', line: say('stored_unknown') }
}

/**
 * The verdict on a fetch's end; null while the fetch is not to be judged, or its storage was not read yet.
 * Everything outside of the details reaches the audit through this.
 */
export function verdictCell(fetch: Fetch, excuses: Excuses): VerdictCell | null {
  const { stocks, auditLost, attributes } = fetch
  if (!stocks.later && !stocks.over && !auditLost) return null
  const verdict = audit(fetch, excuses)
  if (!verdict) return null
  const final = stocks.later !== undefined || auditLost
  const left = countLeft(verdict)
  if (verdict.kind === 'suspicious' && attributes.result !== 'success') {
    return { kind: 'wrong', final, left, line: verdict.line }
  }
  if (attributes.result === 'success') {
    const wrong = verdict.findings.some(({ rule }) => rule !== 'nothing-stored')
    return wrong ? { kind: 'wrong', final, left, line: verdict.line } : storedCell(verdict, final)
  }
  const kind = { clean: 'clean', leftovers: 'left', unknown: 'unknown', suspicious: 'wrong' } as const
  return { kind: kind[verdict.kind], final, left, line: verdict.line }
}

/** All that a verdict depends on and that may still change, for whoever keeps it: equal facts, equal verdict. */
export const verdictFacts = ({
  state,
  attributes,
  settledAt,
  overAt,
  unregisteredAt,
  abort,
  stocks,
  fates,
  auditLost,
  changes,
  events,
}: Fetch): readonly unknown[] => [
  state,
  attributes,
  settledAt,
  overAt,
  unregisteredAt,
  abort,
  stocks.seen,
  stocks.over,
  stocks.later,
  fates,
  auditLost,
  changes.length,
  ...events.flatMap(({ returnedAt, doneAt, cutAt, lost, threw, refused, waited }) => [
    returnedAt,
    doneAt,
    cutAt,
    lost,
    threw,
    refused,
    ...waited.flatMap(({ settledAt, error }) => [settledAt, error]),
  ]),
]

const name: Record<VerdictCellKind, string> = {
  wrong: say('cell_wrong'),
  left: say('cell_left'),
  unmatched: say('cell_unmatched'),
  unknown: say('cell_unknown'),
  clean: say('cell_clean'),
  stored: say('cell_stored'),
  'not-stored': say('cell_not_stored'),
}

/** The verdict in a word or two; one that may still change says so. */
export function verdictText({ kind, final, left }: VerdictCell): string {
  const word = kind === 'left' && left > 0 ? say('cell_left_count', left) : name[kind]
  return final ? word : say('cell_so_far', word)
}
