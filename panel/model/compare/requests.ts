import type { FetchRecord } from '../../../protocol/attributes'
import { isUnreadable, withoutHash } from '../audit/evidence/complete'
import type { Outcome } from '../audit/evidence/evidence'
import { recordsOf } from '../audit/evidence/outcomes'
import { audit } from '../audit/verdict'
import { isAborted, outcomeText, statusText } from '../describe/describe-request'
import { oneLine, pathIn } from '../format'
import { type Cell, none, notObserved, openCell } from './cell'
import { join } from './join'
import type { Group, Line } from './line'
import { withoutId } from './names'
import type { Side } from './side'

/** The requests of a fetch, with what became of them as far as that is known. */
function outcomesOf({ fetch, settings }: Side): readonly Outcome[] {
  const judged = audit(fetch, settings)?.outcomes ?? []
  if (judged.length > 0) return judged
  const records = recordsOf(fetch)
  return records.map((record) => ({ record, outcome: 'unknown', items: [], sharing: 1, equal: null }))
}

/** All of its requests are known. */
const areAllKnown = ({ fetch: { requests } }: Side): boolean =>
  requests !== null && requests.records.length > 0 && requests.records.length === requests.total

/** How a request was answered; null where that is not known. */
function answerOf(record: FetchRecord): string | null {
  switch (record.state) {
    case 'ready':
      return isUnreadable(record) ? 'none' : String(record.status)
    case 'no-response':
      return 'none'
    case 'failed':
      return 'failed'
    case 'pending':
    case 'unknown':
      return null
  }
}

const openOutcomes: ReadonlySet<Outcome['outcome']> = new Set([
  'unknown',
  'shared',
  'stored-before',
  'stored-undated',
])

/** What became of the response; null where that is not known, or what was there before may hide it. */
const becameOf = ({ outcome, equal }: Outcome): string | null =>
  equal || openOutcomes.has(outcome) ? null : outcome

function cellOfOutcome(outcome: Outcome, { fetch }: Side): Cell {
  const status = statusText(outcome.record, fetch.scope, '', isAborted(fetch))
  const became = outcomeText(outcome)
  return openCell(status === became || outcome.outcome === 'unknown' ? status : `${status} · ${became}`)
}

function groupOf(a: Outcome, b: Outcome): Group {
  const pairs = [
    [answerOf(a.record), answerOf(b.record)],
    [becameOf(a), becameOf(b)],
  ] as const
  if (pairs.some(([x, y]) => x !== null && y !== null && x !== y)) return 'differs'
  return pairs.some(([x, y]) => x === null || y === null) ? 'not-observed' : 'same'
}

const urlOf = ({ record }: Outcome) => `${record.method} ${withoutHash(record.url)}`

/** The requests of two fetches side by side, joined by method and URL. */
export function compareRequests(a: Side, b: Side): readonly Line[] {
  const sides = { a, b }
  const joined = join(outcomesOf(a), outcomesOf(b), (outcome, side) => [
    urlOf(outcome),
    withoutId(urlOf(outcome), sides[side]),
  ])
  return joined.map((one): Line => {
    const { record } = one.a ?? one.b
    const name = `${oneLine(record.method, 30)} ${oneLine(pathIn(record.url, (one.a ? a : b).fetch.storageKey), 300)}`
    const missing = (other: Side) => (areAllKnown(other) ? none : notObserved)
    const line = {
      name,
      a: one.a ? cellOfOutcome(one.a, a) : missing(a),
      b: one.b ? cellOfOutcome(one.b, b) : missing(b),
      difference: null,
    }
    if (one.a && one.b) return { ...line, group: groupOf(one.a, one.b) }
    if (one.a) return { ...line, group: areAllKnown(b) ? 'only-a' : 'not-observed' }
    return { ...line, group: areAllKnown(a) ? 'only-b' : 'not-observed' }
  })
}
