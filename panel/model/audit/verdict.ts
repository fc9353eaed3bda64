import type { StorageItem } from '../../../protocol/storage-items'
import { t } from '../../i18n/i18n'
import { count, oneLine } from '../format'
import type { Fetch } from '../session/view'
import { cleanLine, keptLine, keptOf, type StoredCount } from './clean-line'
import type { Evidence, JudgedItem, Outcome } from './evidence/evidence'
import { identityOf } from './evidence/items'
import { isCalled, keysOf } from './evidence/matching'
import type { Reason } from './evidence/reasons'
import { type Finding, findingOf } from './finding'
import { reasonText } from './gaps-text'
import { leftFinding, newFinding, othersText, removedFindings } from './item-findings'
import { growthsText, leftLine, newLine, wrongLine } from './lines'
import { rules, type Severity } from './rules'
import { isSuppressed, noSettings, type SiteSettings } from './site-settings'
import { judgeStored } from './stored'

/**
 * `wrong`: a rule is broken. `left`: something names the fetch. `unmatched`: something is new and was not matched to it.
 * `errors`: an error came in the worker while its event was handled. `clean`: all was compared, and nothing is new but complete responses of it.
 * For a success: `stored`, `not-stored`, `answered` (uploads). `unknown`: not all was compared, and nothing was found.
 */
export type VerdictKind =
  | 'wrong'
  | 'left'
  | 'unmatched'
  | 'errors'
  | 'unknown'
  | 'clean'
  | 'stored'
  | 'not-stored'
  | 'answered'

export interface Verdict {
  readonly kind: VerdictKind
  /** The whole verdict in one line. */
  readonly line: string
  /** The storage was compared a quiet time after the end; before, the verdict is what is known so far. */
  readonly final: boolean
  /** How old the storage was that it was compared with when the fetch was found, in milliseconds; negative where it was read later. */
  readonly baselineAge: number | null
  /** How long after the end of the event the storage was read, in milliseconds; null where that is not known. */
  readonly readAfter: number | null
  /** How long after that end a change was seen that the storage was read again for; null where it was not. */
  readonly changedAfter: number | null
  /** What a rule found: what is wrong, what names the fetch, and what is new and not matched to it. */
  readonly wrong: readonly Finding[]
  readonly left: readonly Finding[]
  readonly unmatched: readonly Finding[]
  /** What was there before, is gone, and was not matched to it. */
  readonly removed: readonly Finding[]
  /** Findings that are ignored on this site, or whose rule is disabled. */
  readonly suppressed: readonly Finding[]
  readonly outcomes: readonly Outcome[]
  /** Complete responses that are new in storage, and items that name another fetch. */
  readonly storedItems: readonly StorageItem[]
  /** Where it is clean, and complete responses are stored all the same: how many, of all its requests. */
  readonly kept: StoredCount | null
  readonly others: readonly JudgedItem[]
  /** What was not compared, and why, in words. */
  readonly gaps: readonly string[]
  readonly success: boolean
  readonly unregistered: boolean
}

/** The first of them, and how many more there are. */
const firstOf = (reasons: readonly Reason[], length: number): string => {
  const [first] = reasons
  if (!first) return ''
  const line = oneLine(reasonText(first), length)
  return reasons.length > 1 ? t('verdict_more', line, count(reasons.length - 1)) : line
}

/** Why the comparison is not complete, and what was seen to change that it does not show. */
const gapLine = (reasons: readonly Reason[]): string => {
  const isChange = ({ kind }: Reason) => kind === 'changed-unread'
  const lines = [
    firstOf(
      reasons.filter((reason) => !isChange(reason)),
      300,
    ),
    firstOf(reasons.filter(isChange), 200),
  ]
  return lines.filter(Boolean).join('; ')
}

/** Of a storage that was not read before the fetch, or not after it, nothing was compared. */
function unknownLine({ compared, items }: Evidence, reasons: readonly Reason[]): string {
  if (!compared) return t('verdict_not_compared', gapLine(reasons))
  const isFirst = ({ kind }: Reason) => kind === 'no-baseline'
  const first = reasons.find(isFirst)
  if (!first) return t('verdict_gap', gapLine(reasons))
  const unnamed = items.some(({ item }) => item.mentions) ? '' : t('verdict_not_named')
  const others = gapLine(reasons.filter((reason) => !isFirst(reason)))
  return [t('verdict_not_compared', reasonText(first)), unnamed, others].filter(Boolean).join('; ')
}

/** A new item that a matching rule matches to another fetch of that time. */
function asOther(one: JudgedItem, matching: SiteSettings['matching']): readonly JudgedItem[] {
  if (one.relation !== 'new') return []
  const owner = one.mayBeOf.find((id) => isCalled(one.item, keysOf(id, matching)))
  return owner === undefined ? [] : [{ ...one, relation: 'other', owner, mayBeOf: [] }]
}

function removedReasons(removed: readonly Finding[]): readonly Reason[] {
  const [first] = removed
  return first ? [{ kind: 'removed-unmatched', items: removed.length, first: first.item }] : []
}

/** Judges the evidence under the settings of the site. The same evidence and settings always give the same verdict. */
export function conclude(evidence: Evidence, settings: SiteSettings = noSettings): Verdict {
  const { success, growth, outcomes, final, unregistered } = evidence
  const keys = keysOf(evidence.id, settings.matching)
  const isLeft = ({ relation, item }: JudgedItem) =>
    relation === 'left' || ((relation === 'new' || relation === 'unsure') && isCalled(item, keys))
  // What a rule finds wrong is not said twice.
  const judged = new Set(evidence.wrong.map(({ stored }) => stored && identityOf(stored)))
  const open = evidence.items.filter(
    (one) => !judged.has(identityOf(one.item)) && (one.isDeleted || !(one.gone || one.reverted)),
  )
  const calledOthers = open.flatMap((one) => (isLeft(one) ? [] : asOther(one, settings.matching)))
  const others = [...evidence.items.filter(({ relation }) => relation === 'other'), ...calledOthers]
  const ofOthers = new Set(others.map(({ item }) => item))
  const leftItems = open.filter(isLeft)
  const newItems = open.filter((one) => one.relation === 'new' && !isLeft(one) && !ofOthers.has(one.item))
  const grown = growth.map((one) =>
    findingOf('bytes-grew', {
      item: growthsText([one]).join(),
      note: othersText(evidence.otherIds),
      pattern: `bytes ${one.area}`,
      mayBeOf: evidence.otherIds,
    }),
  )
  const found = [
    ...evidence.wrong,
    ...leftItems.map((one) => leftFinding(one, evidence)),
    ...newItems.map((one) => newFinding(one, evidence)),
    ...grown,
    ...removedFindings(evidence, keys),
  ]
  const reported = found.filter((finding) => !isSuppressed(finding, settings))
  const of = (severity: Severity) => reported.filter(({ rule }) => rules[rule].severity === severity)
  const wrong = of('wrong')
  const logged = of('logged')
  const left = of('left')
  const unmatched = of('new')
  const removed = of('removed')
  const reasons = [...removedReasons(removed), ...evidence.reasons]
  const shown = new Set(unmatched.map(({ stored }) => stored))
  const unmatchedLine = newLine(
    newItems.filter(({ item }) => shown.has(item)),
    growth.filter(({ area }) => unmatched.some(({ pattern }) => pattern === `bytes ${area}`)),
    evidence.otherIds,
  )
  const stored = success ? judgeStored(evidence) : null
  const missing = stored?.kind === 'not-stored' ? [findingOf('nothing-stored', { item: stored.line })] : []
  const missed = missing.filter((finding) => !isSuppressed(finding, settings))
  const suppressed = [...found, ...missing].filter((finding) => isSuppressed(finding, settings))
  const storedItems = evidence.items.filter(({ relation }) => relation === 'stored').map(({ item }) => item)
  const make = (kind: VerdictKind, ...lines: readonly string[]): Verdict => ({
    kind,
    line: lines.filter(Boolean).join('. '),
    final,
    baselineAge: evidence.baselineAge,
    readAfter: evidence.readAfter,
    changedAfter: evidence.changedAfter,
    wrong: [...wrong, ...logged, ...missed],
    left,
    unmatched,
    removed,
    suppressed,
    outcomes,
    storedItems,
    kept: kind === 'clean' ? keptOf(evidence) : null,
    others,
    gaps: [...new Set((stored?.reasons ?? reasons).map(reasonText))],
    success,
    unregistered,
  })
  const storedLine = stored?.kind === 'stored' ? t('line_stored', stored.line) : (stored?.line ?? '')
  const newText = unmatched.length > 0 ? unmatchedLine : ''
  const goneText = firstOf(removedReasons(removed), 300)
  const keptText = success ? '' : keptLine(evidence)
  const rest = success ? [storedLine] : [leftLine(left), newText, goneText, keptText]
  const errors = logged.length > 0 ? wrongLine(logged, evidence) : ''
  const wrongText = wrongLine(wrong, evidence).replace(/\.$/, '')
  if (wrong.length > 0) return make('wrong', wrongText, errors, ...rest)
  if (stored) {
    if (logged.length > 0) return make('errors', errors, storedLine)
    if (stored.kind === 'unknown')
      return make(
        'unknown',
        stored.reasons.length > 0 ? t('stored_unknown', gapLine(stored.reasons)) : '',
        stored.line,
      )
    if (stored.kind === 'not-stored' && missed.length === 0) return make('unknown', stored.line)
    return make(stored.kind, stored.line)
  }
  if (left.length > 0) return make('left', leftLine(left), errors, newText, goneText, keptText)
  if (unmatched.length > 0) return make('unmatched', newText, errors, goneText, keptText)
  if (logged.length > 0) return make('errors', errors, goneText, keptText)
  if (reasons.length > 0) return make('unknown', unknownLine(evidence, reasons), keptText)
  return make('clean', cleanLine(evidence, others, suppressed.length))
}

/** Lists and the timeline ask for a verdict again and again. */
const concluded = new WeakMap<Evidence, { readonly settings: SiteSettings; readonly verdict: Verdict }>()

const isSame = (a: SiteSettings, b: SiteSettings) =>
  a.disabled === b.disabled && a.ignored === b.ignored && a.matching === b.matching

/** The verdict on a fetch, as far as it is known; null as long as it has not ended and been compared. */
export function audit(
  { evidence }: Pick<Fetch, 'evidence'>,
  settings: SiteSettings = noSettings,
): Verdict | null {
  if (!evidence) return null
  const known = concluded.get(evidence)
  if (known && isSame(known.settings, settings)) return known.verdict
  const verdict = conclude(evidence, settings)
  concluded.set(evidence, { settings, verdict })
  return verdict
}
