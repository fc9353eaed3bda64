import type { FetchRecord } from '../../../protocol/attributes'
import type { NewRow, Stock, StoredEntry } from '../../../protocol/storage-events'
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
import { rules } from './rules'

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
    if (record.state !== 'ready') return { record, fate: 'incomplete', caches: [] }
    if (!after) return { record, fate: 'unknown', caches: [] }
    const found = after.entries.filter(({ url }) => url === record.url)
    const caches = found.map(({ cache }) => cache)
    if (found.length === 0) return { record, fate: 'dropped', caches }
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

function gapsOf(fetch: Fetch, seen: Stock | undefined, after: Stock | undefined): string[] {
  if (!after) {
    return [
      fetch.auditLost
        ? 'the page went away before its storage could be compared'
        : 'the storage was not looked at after the end',
    ]
  }
  const gaps = [...after.cuts]
  const { fates } = fetch
  if (!fates || fates.problem) {
    gaps.push('the requests could not be read when it settled: their responses were not looked up')
  } else if (fates.total > fates.records.length) {
    gaps.push(`${fates.total - fates.records.length} of ${fates.total} requests were not looked up`)
  }
  const unsure = after.entries.filter((entry) => entry.before === null && isError(entry))
  if (unsure.length > 0) {
    gaps.push(
      `an error is stored under ${unsure.length === 1 ? 'a URL' : `${unsure.length} URLs`} of this fetch, and whether it was there before nobody saw`,
    )
  }
  if (!seen) gaps.push('the storage was not looked at while the fetch ran')
  else if (seen.baseline !== 'before') {
    const items = [...after.rows, ...after.files].filter(
      ({ related, atFirstSight }) => related && atFirstSight,
    )
    if (items.length > 0) {
      gaps.push(
        `${items.length} ${items.length === 1 ? 'item mentions' : 'items mention'} this fetch, and whether they were there before it nobody saw`,
      )
    }
  }
  return gaps
}

const plural = (count: number, one: string, many: string) => (count === 1 ? one : `${count} ${many}`)

function leftoverLine(findings: readonly Finding[]): string {
  const left = findings.filter(({ rule }) => rules[rule].severity === 'leftover')
  const [first] = left
  if (!first) return ''
  const total = left.reduce((sum, finding) => sum + finding.bytes, 0)
  const more = left.length > 1 ? ` and ${plural(left.length - 1, 'one more', 'more')}` : ''
  return `Still there: ${first.item}${more}${total > 0 ? `, ${bytes(total)}` : ''}`
}

function keptLine(entries: readonly StoredEntry[]): string {
  const kept = entries.filter((entry) => entry.before === false && !isError(entry))
  if (kept.length === 0) return 'nothing of it is left'
  return `${plural(kept.length, 'one whole response was', 'whole responses were')} kept, nothing else is left`
}

/** Judges what is left of a settled fetch. Returns null for one that has not settled. */
export function audit(fetch: Fetch, { off, expected }: Excuses = noExcuses): Verdict | null {
  if (fetch.settledAt === null) return null
  const { seen, over, later } = fetch.stocks
  const after = later ?? over
  const success = fetch.attributes.result === 'success'
  const all = fates(fetch, after)
  const found: Finding[] = []
  const left = !success && seen && after ? leftovers(fetch, seen, after) : []
  found.push(...handlerFindings(fetch, left.length > 0), ...left)
  if (after) found.push(...badEntries(fetch, after))
  if (after && !success) found.push(...invisibleBytes(fetch, after))
  if (later && fetch.overAt === null) {
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
    const more = suspicious.length > 1 ? ` (and ${suspicious.length - 1} more)` : ''
    const rest = leftoverLine(findings)
    return make('suspicious', `${rules[worst.rule].wrong}${more}${rest ? ` ${rest}` : ''}`)
  }
  if (findings.length > 0) return make('leftovers', leftoverLine(findings))
  if (gaps.length > 0) {
    const more = gaps.length > 1 ? ` (and ${gaps.length - 1} more)` : ''
    return make('unknown', `nothing wrong was found in what could be compared; ${gaps[0]}${more}`)
  }
  return make('clean', success && after ? keptLine(after.entries) : keptLine(after?.entries ?? []))
}
