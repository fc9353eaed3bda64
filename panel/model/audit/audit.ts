import type { FetchRecord } from '../../../protocol/attributes'
import type { NewRow, Stock } from '../../../protocol/storage-events'
import { told } from '../../words/told'
import { counted, say } from '../../words/words'
import { bytes } from '../format'
import type { Fetch } from '../view'
import {
  badEntries,
  bytesOf,
  type Finding,
  handlerFindings,
  invisibleBytes,
  isError,
  lateChanges,
  leftovers,
  sameRow,
} from './findings'
import { type RuleId, rules } from './rules'

export type VerdictKind = 'clean' | 'leftovers' | 'suspicious' | 'unknown'

/** What became of one request: did its response come, and did the handler store it? */
export interface Fate {
  readonly record: FetchRecord
  /** `stored`: found in a cache. `dropped`: complete, and found in none. `incomplete`: it never came whole. */
  readonly fate: 'stored' | 'kept-before' | 'dropped' | 'incomplete' | 'unknown'
  readonly caches: readonly string[]
}

export interface Verdict {
  readonly kind: VerdictKind
  /** The whole verdict in one line. */
  readonly line: string
  readonly findings: readonly Finding[]
  /** Findings that the developer marked as expected, or whose rule is off. */
  readonly excused: readonly Finding[]
  readonly fates: readonly Fate[]
  /** What was not compared, and why. */
  readonly gaps: readonly string[]
}

export interface Excuses {
  /** Ids of rules that are off. */
  readonly off: ReadonlySet<string>
  /** Patterns that are expected in this origin. */
  readonly expected: ReadonlySet<string>
}

export const noExcuses: Excuses = { off: new Set(), expected: new Set() }

function fates(fetch: Fetch, after: Stock | undefined): Fate[] {
  return (fetch.fates?.records ?? []).map((record) => {
    const { state } = record
    if (state === 'pending' || state === 'failed') return { record, fate: 'incomplete', caches: [] }
    if (!after) return { record, fate: 'unknown', caches: [] }
    const found = after.entries.filter(({ url }) => url === record.url)
    const caches = found.map(({ cache }) => cache)
    // The browser calls a response ready that it has just broken off.
    const cut = fetch.attributes.failureReason === 'download-total-exceeded'
    if (found.length === 0) return { record, fate: state === 'ready' && !cut ? 'dropped' : 'unknown', caches }
    return { record, fate: found.some(({ before }) => before !== true) ? 'stored' : 'kept-before', caches }
  })
}

/** What a row says in full, so short that no response is in it. */
const isNote = ({ value }: NewRow) => value.length < 500 && !/\bBlob \d|\d bytes|…\w+$/.test(value)

/** Rows and files in which a response may be kept: new since the fetch was seen, or large. */
function mayHold(seen: Stock | undefined, after: Stock): boolean {
  const row = after.rows.some((row) => !isNote(row) || !seen?.rows.some(sameRow(row)))
  return (
    row ||
    after.files.some(({ path, size }) => !seen?.files.some((then) => then.path === path && then.size >= size))
  )
}

/** Nothing of a success can be found: not in a cache, not as a row or a file, not in the bytes used. */
function storedNothing(fetch: Fetch, seen: Stock | undefined, after: Stock, all: readonly Fate[]): boolean {
  // The answer to an upload has done its work by arriving.
  const whole = all.filter(({ record }) => record.state === 'ready' && record.method === 'GET')
  if (whole.length === 0 || fetch.arrived < 10_000) return false
  if (whole.some(({ fate }) => fate !== 'dropped')) return false
  if (after.cuts.length > 0 || mayHold(seen, after)) return false
  const { usage, usageBefore } = after
  if (!usage || !usageBefore) return false
  // Where as much was stored before, it may have been replaced.
  const large = Object.values(usageBefore.details).some((size) => size >= fetch.arrived / 2)
  const kinds = ['caches', 'indexedDB', 'fileSystem']
  return !large && bytesOf(usage, ...kinds) - bytesOf(usageBefore, ...kinds) < fetch.arrived / 2
}

/** Why the storage was not compared. */
const lostGap: Record<NonNullable<Fetch['auditLost']>, string> = {
  page: say('gap_page_gone'),
  panel: say('gap_panel_closed'),
  recording: say('gap_recording_ended'),
}
/** Why it was not compared once more a moment later. */
const lostAgainGap: typeof lostGap = {
  page: say('gap_page_gone_later'),
  panel: say('gap_panel_closed_later'),
  recording: say('gap_recording_ended_later'),
}

function gapsOf(fetch: Fetch, seen: Stock | undefined, after: Stock | undefined): string[] {
  if (!after) return [fetch.auditLost ? lostGap[fetch.auditLost] : say('gap_no_look')]
  const gaps = after.cuts.map(told)
  if (!fetch.stocks.later && fetch.auditLost) gaps.push(lostAgainGap[fetch.auditLost])
  const { fates } = fetch
  if (!fates || fates.problem) gaps.push(say('gap_requests'))
  else if (fates.total > fates.records.length) {
    gaps.push(say('gap_requests_some', fates.total - fates.records.length, fates.total))
  }
  const unsure = after.entries.filter((entry) => entry.before === null && isError(entry)).length
  if (unsure > 0) gaps.push(say(counted(unsure, 'gap_error_one', 'gap_error_many'), unsure))
  if (!seen) gaps.push(say('gap_not_seen'))
  else if (seen.baseline !== 'before') {
    const items = [...after.rows, ...after.files].filter(
      ({ related, atFirstSight }) => related && atFirstSight,
    ).length
    if (items > 0) gaps.push(say(counted(items, 'gap_items_one', 'gap_items_many'), items))
  }
  return gaps
}

function leftoverLine(findings: readonly Finding[]): string {
  const left = findings.filter(({ rule }) => rules[rule].severity === 'leftover')
  const [first, ...others] = left
  if (!first) return ''
  const more = others.length
  const items =
    more > 0 ? say(counted(more, 'left_more_one', 'left_more_many'), first.item, more) : first.item
  const total = left.reduce((sum, finding) => sum + finding.bytes, 0)
  return say('left_first', total > 0 ? `${items}, ${bytes(total)}` : items)
}

/** What there is now that was not there before, where nothing of it is wrong. */
function keptLine(fetch: Fetch, after: Stock | undefined, excused: number): string {
  if (excused > 0) return say(counted(excused, 'kept_excused_one', 'kept_excused_many'), excused)
  const came = new Set(fetch.fates?.records.filter(({ state }) => state === 'ready').map(({ url }) => url))
  const kept = after?.entries.filter((entry) => entry.before === false && !isError(entry)) ?? []
  const whole = kept.filter(({ url }) => came.has(url)).length
  const others = kept.length - whole
  const rows = after?.rows.filter(({ related, atFirstSight }) => related && !atFirstSight).length ?? 0
  if (others + rows === 0) {
    return whole === 0 ? say('kept_nothing') : say(counted(whole, 'kept_one', 'kept_many'), whole)
  }
  return [
    whole > 0 ? say(counted(whole, 'kept_whole_one', 'kept_whole_many'), whole) : '',
    others > 0 ? say(counted(others, 'kept_others_one', 'kept_others_many'), others) : '',
    rows > 0 ? say(counted(rows, 'kept_rows_one', 'kept_rows_many'), rows) : '',
  ]
    .filter(Boolean)
    .join('; ')
}

/** A line that stands for several: the first, and how many more there are. */
const andMore = (line: string, all: readonly unknown[]): string =>
  all.length > 1 ? say('verdict_more', line, all.length - 1) : line

/** What to do about a finding, in words. */
export const fixOf = (fetch: Fetch, rule: RuleId): string =>
  fetch.unregisteredAt === null ? rules[rule].fix : say('fix_unregistered')

/** It has settled, or never will and has no handler any more: what is left of it is to be judged. */
export const isJudged = ({ settledAt, unregisteredAt }: Fetch): boolean =>
  settledAt !== null || unregisteredAt !== null

/** Judges what is left of a fetch. Returns null as long as it is not to be judged. */
export function audit(fetch: Fetch, { off, expected }: Excuses = noExcuses): Verdict | null {
  if (!isJudged(fetch)) return null
  const { seen, over, later } = fetch.stocks
  const after = later ?? over
  const success = fetch.attributes.result === 'success'
  const all = fates(fetch, after)
  const found: Finding[] = []
  const left = !success && seen && after ? leftovers(fetch, seen, after) : []
  if (fetch.settledAt !== null) found.push(...handlerFindings(fetch, left.length > 0))
  found.push(...left)
  if (after) found.push(...badEntries(fetch, after))
  if (after && !success) found.push(...invisibleBytes(fetch, after))
  if (later && fetch.settledAt !== null && fetch.overAt === null) {
    found.push({ rule: 'never-over', item: '', pattern: 'never-over', bytes: 0 })
  }
  if (over && later) found.push(...lateChanges(fetch, over, later))
  if (success && after && storedNothing(fetch, seen, after, all)) {
    found.push({ rule: 'nothing-stored', item: '', pattern: 'nothing-stored', bytes: 0 })
  }
  const isExcused = ({ rule, pattern }: Finding) => off.has(rule) || expected.has(pattern)
  const findings = found.filter((finding) => !isExcused(finding))
  const excused = found.filter(isExcused)
  const gaps = gapsOf(fetch, seen, after)
  const make = (kind: VerdictKind, line: string): Verdict => ({
    kind,
    line,
    findings,
    excused,
    fates: all,
    gaps,
  })

  const suspicious = findings.filter(({ rule }) => rules[rule].severity === 'suspicious')
  const [worst] = suspicious
  if (worst) {
    const line = andMore(rules[worst.rule].wrong, suspicious)
    return make('suspicious', [line, leftoverLine(findings)].filter(Boolean).join(' '))
  }
  if (findings.length > 0) return make('leftovers', leftoverLine(findings))
  const [gap] = gaps
  if (gap !== undefined) return make('unknown', andMore(say('verdict_gap', gap), gaps))
  return make('clean', keptLine(fetch, after, excused.length))
}
