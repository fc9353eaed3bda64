import type { NewRow, Stock, StoredEntry, Usage } from '../../../protocol/storage-events'
import { say } from '../../words/words'
import { endEvent, type Fetch } from '../view'
import type { RuleId } from './rules'

/** Something that a rule found. */
export interface Finding {
  readonly rule: RuleId
  /** What it is about, named so that it can be looked up; '' when it is about the handler. */
  readonly item: string
  /** What "expected" remembers: the item without what differs from fetch to fetch. */
  readonly pattern: string
  readonly bytes: number
}

const rowName = ({ database, store, key }: NewRow) => `${database}/${store}: ${key}`
/** Whether two looks speak of one row. */
export const sameRow = (a: NewRow) => (b: NewRow) =>
  a.database === b.database && a.store === b.store && a.key === b.key

type Item = { readonly atFirstSight: boolean }

/** It may have been there before the fetch. A page that was loaded anew knows less than the one before. */
const isOld = (seen: Stock, now: Item, then: Item): boolean =>
  seen.baseline === 'before' ? then.atFirstSight : now.atFirstSight || then.atFirstSight

/** Whether a notification speaks of the fetch: by its tag, or by a word in its title. */
const speaksOf = (notification: string, id: string): boolean => {
  const [tag, ...words] = notification.split(/\s/)
  return tag === id || (id.length > 2 && words.includes(id))
}

/** What the storage tells: everything that was written for the fetch and has outlived it. */
export function leftovers(fetch: Fetch, seen: Stock, after: Stock): Finding[] {
  const findings: Finding[] = []
  const general = (text: string) => text.replaceAll(fetch.id, '{id}')
  for (const row of after.rows) {
    const then = seen.rows.find(sameRow(row))
    // A row that somebody changed since was not forgotten.
    if (!row.related || !then || isOld(seen, row, then) || then.value !== row.value) continue
    findings.push({
      rule: 'row-left',
      item: rowName(row),
      pattern: `row ${row.database}/${row.store}`,
      bytes: 0,
    })
  }
  for (const file of after.files) {
    const then = seen.files.find(({ path }) => path === file.path)
    if (!file.related || !then || isOld(seen, file, then) || then.size !== file.size) continue
    findings.push({
      rule: 'file-left',
      item: file.path,
      pattern: `file ${general(file.path)}`,
      bytes: file.size,
    })
  }
  for (const notification of after.notifications) {
    if (!speaksOf(notification, fetch.id) || !seen.notifications.includes(notification)) continue
    findings.push({
      rule: 'notification-left',
      item: notification,
      pattern: `notification ${general(notification)}`,
      bytes: 0,
    })
  }
  return findings
}

/** What is stored may be what this fetch brought: the response came, and with this status. */
const mayCome = ({ fates }: Fetch, { url, status }: StoredEntry): boolean =>
  !fates?.records.length ||
  fates.records.some(
    (one) => one.url === url && (one.state === 'unknown' || (one.state === 'ready' && one.status === status)),
  )

/** An error, as the server said it. Opaque responses and redirects can't be told from good ones. */
export const isError = ({ status }: StoredEntry): boolean => status >= 400

/** Responses that are stored and should not be. */
export function badEntries(fetch: Fetch, after: Stock): Finding[] {
  return after.entries
    .filter((entry) => entry.before === false && isError(entry) && mayCome(fetch, entry))
    .map((entry) => ({
      rule: 'error-stored',
      item: `${entry.cache}: ${entry.status} ${entry.url}`,
      pattern: `entry ${entry.cache} ${entry.status}`,
      bytes: entry.size ?? 0,
    }))
}

/** Growth below this, in bytes, is bookkeeping of the browser. */
const NOTICEABLE = 200_000

/** Bytes of the given kinds. The total also counts what a background fetch holds while it runs. */
export const bytesOf = ({ details }: Usage, ...kinds: readonly string[]): number =>
  kinds.reduce((sum, kind) => sum + (details[kind] ?? 0), 0)

/** Bytes that appeared although no entry, row or file did. */
export function invisibleBytes(fetch: Fetch, after: Stock): Finding[] {
  const { usage, usageBefore } = after
  if (!usage || !usageBefore || after.cuts.length > 0) return []
  const visible =
    after.entries.some(({ before }) => before !== true) || after.rows.length > 0 || after.files.length > 0
  const counted = [...after.caches, ...after.stores].every(({ count, before }) => count === before)
  if (visible || !counted) return []
  // IndexedDB counts what was deleted until the browser tidies up: its growth says nothing.
  const kinds = ['caches', 'fileSystem']
  const grown = bytesOf(usage, ...kinds) - bytesOf(usageBefore, ...kinds)
  if (grown < Math.max(NOTICEABLE, fetch.arrived / 2)) return []
  // A response that came whole may be kept, in a row or file that was there before.
  const whole = (fetch.fates?.records ?? []).filter(({ state }) => state === 'ready' || state === 'unknown')
  const keepable = whole.reduce((sum, { size }) => sum + (size ?? Number.POSITIVE_INFINITY), 0)
  if (grown < keepable + NOTICEABLE) return []
  return [{ rule: 'bytes-grew', item: '', pattern: 'bytes-grew', bytes: grown }]
}

/** What changed between the end of the event and a quiet moment later. */
export function lateChanges(fetch: Fetch, over: Stock, later: Stock): Finding[] {
  const names: string[] = []
  // Where a look was cut short, what is missing in it may be there all the same.
  const came = over.cuts.length === 0
  const went = later.cuts.length === 0
  for (const row of later.rows) {
    const then = over.rows.find(sameRow(row))
    if (row.related && (then ? then.value !== row.value : came)) names.push(rowName(row))
  }
  for (const row of over.rows) {
    if (went && row.related && !later.rows.some(sameRow(row))) names.push(rowName(row))
  }
  for (const file of later.files) {
    const then = over.files.find(({ path }) => path === file.path)
    if (file.related && (then ? then.size !== file.size : came)) names.push(file.path)
  }
  for (const entry of later.entries) {
    const { cache, url, status } = entry
    const known = over.entries.some((one) => one.cache === cache && one.url === url && one.status === status)
    if (!known && came && entry.before === false && mayCome(fetch, entry)) names.push(`${cache}: ${url}`)
  }
  return names.map((item) => ({
    rule: 'changed-after',
    item,
    pattern: `late ${item.replaceAll(fetch.id, '{id}')}`,
    bytes: 0,
  }))
}

/** What the handler itself did wrong, as far as it was traced. */
export function handlerFindings(fetch: Fetch, somethingLeft: boolean): Finding[] {
  const traced = fetch.events.find(({ dispatched }) => dispatched.name === endEvent(fetch.attributes))
  if (!traced) return []
  const findings: Finding[] = []
  const add = (rule: RuleId, item = '') => findings.push({ rule, item, pattern: rule, bytes: 0 })
  if (traced.threw) add('handler-threw')
  for (const { given, error, n } of traced.waited) {
    if (error) add('handler-rejected', say('found_rejected', n, error.message))
    // A value alone may be a handler that had nothing to wait for.
    if (given === 'function' || (given === 'value' && somethingLeft))
      add('not-a-promise', say('found_given', n, given))
  }
  if (traced.refused > 0) add('wait-until-late')
  else if (traced.dispatched.asynchronous && traced.waited.length === 0 && traced.doneAt !== null) {
    add('wait-until-missing')
  }
  if (traced.dispatched.handlers === 0 && somethingLeft) add('no-handler')
  return findings
}
