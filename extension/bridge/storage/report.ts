import type { DeletedCaches, StorageSnapshot } from '../../../protocol/storage-events'
import type { Gap } from '../../../protocol/storage-gaps'
import type { RemovedItem, StorageItem } from '../../../protocol/storage-items'
import { now } from '../../../wire/clock'
import { errorText } from '../snapshot'
import { otherBytes, unexplainedGrowth } from './accounting'
import { type Compared, compare, listed, rowCounts, type Subject } from './compare'
import { cacheBytes, compareEntries, entryKey, type FirstLook } from './entries'
import { asBaseline, distinct } from './gaps'
import { type GoneCache, goneCaches, noteEntries, type SeenEntries } from './gone-caches'
import { createBudget } from './reading/budget'
import { type FoundEntry, isComplete, type LookUp, lookUp } from './reading/caches'
import { digestOf } from './reading/digest'
import { openFile } from './reading/files'
import type { KnownEntries } from './reading/known-entries'
import { readUsage } from './snapshot'
import type { Snapshot } from './stored'

/** The longest text in a report. */
const MAX_TEXT = 4000

/** Requests beside whose URLs the id is looked up. */
const MAX_BASES = 10

/** What is known of the storage around one fetch. */
export interface AuditedFetch extends Subject {
  readonly scope: string
  baseline: Snapshot | null
  baselineKind: StorageSnapshot['baseline']
  /** All entries of the caches at the baseline; null where they are not known. */
  readonly knownEntries: KnownEntries | null
  /** The first time that its URLs were looked up in the caches; set by the first report. */
  firstLook: FirstLook | null
  /** What the caches held when the URLs were last looked up in them. */
  readonly seenEntries: SeenEntries
}

/** All entries that were known at the baseline are what stood in the caches before the fetch. */
export const lookOf = (known: KnownEntries | null): FirstLook | null =>
  known && {
    at: known.at,
    entries: new Map(known.entries.map((entry) => [entryKey(entry), entry])),
    complete: true,
    asBaseline: true,
  }

/** Cuts all texts to what an event may hold; the browser's names have no bound. */
function bounded<T>(value: T): T {
  const text = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' && inner.length > MAX_TEXT ? inner.slice(0, MAX_TEXT) : inner,
  )
  return JSON.parse(text)
}

/**
 * URLs under which something of the fetch may be stored: its own, those without a query, its id as a part of the URL of
 * the page, of the worker's scope, and of the first requests, and those of all entries where they are known.
 */
function candidates({ names: { id, urls }, scope, knownEntries }: AuditedFetch): string[] {
  const all = new Set(urls)
  for (const url of urls) all.add(url.replace(/[?#].*$/, ''))
  for (const url of [scope, location.href, ...[...urls].slice(0, MAX_BASES)]) {
    const base = url.replace(/[?#].*$/, '')
    for (const one of [base, `${base}/`]) if (URL.canParse(id, one)) all.add(new URL(id, one).href)
  }
  for (const { url } of knownEntries?.entries ?? []) all.add(url)
  return [...all].filter((url) => URL.canParse(url))
}

const cacheNames = (present: Snapshot): string[] =>
  [...present.items.values()].flatMap(({ item }) => (item.kind === 'cache' ? [item.name] : []))

/** Looks up the URLs of the fetch, and compares what is there with the first time. */
async function readEntries(present: Snapshot, subject: AuditedFetch) {
  const gaps: Gap[] = []
  const { baseline } = subject
  const names = cacheNames(present)
  const at = now()
  let found: LookUp
  try {
    found = await lookUp(names, candidates(subject), createBudget())
  } catch (error) {
    gaps.push({ kind: 'unreadable', area: 'cache-storage', side: 'now', detail: errorText(error) })
    return { compared: [], removed: [], gaps, deletedCaches: undefined }
  }
  // Read once more: an entry may have come since the snapshot.
  const after = cacheBytes({ usage: await readUsage().catch(() => null) })
  const bytesNow = after === cacheBytes(present) ? after : null
  const first = subject.firstLook
  const compared = compareEntries(found, baseline, first, bytesNow, at, subject)
  subject.firstLook ??= firstLook(found, at, subject, bytesNow)
  const gone = goneSince(first, found)
  gaps.push(...lookUpGaps(found))
  const deleted = goneCaches(subject.seenEntries, names, baseline, first)
  noteEntries(subject.seenEntries, names, found)
  const inExisting = gone.filter(({ cache }) => names.includes(cache))
  let deletedCaches: DeletedCaches | undefined
  if (names.length === 0 && after) {
    // There is no cache that it can be in.
    const grown = Math.max(0, after - (cacheBytes(baseline) ?? 0))
    deletedCaches = { names: deleted.map(({ name }) => name), bytes: after, grown, alone: true }
  }
  if (names.length > 0) {
    const { grown, counted } = unexplainedGrowth({
      bytesBefore: cacheBytes(baseline),
      bytesNow: after,
      added: found.entries.filter((_, i) => compared[i]?.change !== 'same'),
      removed: first?.asBaseline ? [...inExisting, ...overwritten(first, found)] : [],
      deleted,
    })
    const still = counted.flatMap(({ before, added, removed }) => [
      ...before.filter((entry) => !removed.includes(entry)),
      ...added,
    ])
    const bytes = otherBytes(after, [...found.entries, ...still])
    if (counted.length > 0) deletedCaches = deletedOf(counted, still)
    if (grown !== undefined) gaps.push({ kind: 'caches-not-listed', grown })
    else if (bytes !== undefined) gaps.push({ kind: 'entries-not-compared', bytes })
  }
  return { compared, removed: removedEntries(first?.asBaseline ? gone : [], subject), gaps, deletedCaches }
}

/** Deleted caches that the browser still counts, and by how much their bytes are more than before the fetch. */
function deletedOf(counted: readonly GoneCache[], still: readonly FoundEntry[]): DeletedCaches {
  const sum = (entries: readonly FoundEntry[]) => entries.reduce((all, { bytes }) => all + (bytes ?? 0), 0)
  const added = sum(counted.flatMap((one) => one.added))
  const removed = sum(counted.flatMap((one) => one.removed))
  return { names: counted.map(({ name }) => name), bytes: sum(still), grown: Math.max(0, added - removed) }
}

/** Entries that were found the first time and are not there any more. */
const goneSince = (first: FirstLook | null, found: LookUp): FoundEntry[] =>
  [...(first?.entries.values() ?? [])].filter(
    (entry) => isComplete(found) && !found.entries.some((one) => entryKey(one) === entryKey(entry)),
  )

/** What stood where there is another response now. */
const overwritten = (first: FirstLook, found: LookUp): FoundEntry[] =>
  found.entries.flatMap((entry) => {
    const old = first.entries.get(entryKey(entry))
    return old && old.mark !== entry.mark ? [old] : []
  })

function firstLook(
  found: LookUp,
  at: number,
  { baseline, baselineKind, names }: AuditedFetch,
  bytesNow: number | null,
): FirstLook | null {
  // The requests could not be read: nothing was looked up for them.
  if (names.urls.size === 0) return null
  return {
    at,
    entries: new Map(found.entries.map((entry) => [entryKey(entry), entry])),
    complete: isComplete(found),
    asBaseline: baselineKind === 'first-seen' || (bytesNow !== null && bytesNow === cacheBytes(baseline)),
  }
}

const removedEntries = (gone: readonly FoundEntry[], { names }: Subject): RemovedItem[] =>
  gone.map(({ cache, url }) => ({
    kind: 'cache-entry',
    container: cache,
    name: url,
    mentions: names.urls.has(url),
  }))

function lookUpGaps({ entries, unreadUrls, unreadCaches, stoppedAfter }: LookUp): Gap[] {
  const gaps: Gap[] = []
  if (unreadUrls > 0) gaps.push({ kind: 'urls-limit', unread: unreadUrls })
  if (unreadCaches > 0) {
    gaps.push({ kind: 'count-limit', side: 'now', of: 'caches', container: '', unread: unreadCaches })
  }
  if (stoppedAfter !== null) {
    gaps.push({ kind: 'time-limit', side: 'now', area: 'cache-storage', read: stoppedAfter })
  }
  for (const { cache, url, size, responseType } of entries) {
    if (size !== null || responseType === 'opaque') continue
    gaps.push({ kind: 'body-size', area: 'cache-storage', container: cache, name: url })
  }
  return gaps
}

/** Reads the contents of files that are new or changed: one may be a response of the fetch, which only its bytes show. */
async function withDigests(items: readonly StorageItem[]): Promise<StorageItem[]> {
  const budget = createBudget()
  const read: StorageItem[] = []
  for (const item of items) {
    const file =
      item.kind === 'file' && item.change !== 'same' && !budget.over ? await openFile(item.path) : null
    const isSame = file !== null && item.kind === 'file' && file.size === item.size
    read.push(isSame ? { ...item, digest: await digestOf(file, budget) } : item)
  }
  return read
}

/** Compares a snapshot with the baseline of a fetch. Rejects never: what can't be read is a gap. */
export async function createReport(
  when: StorageSnapshot['when'],
  present: Snapshot,
  subject: AuditedFetch,
): Promise<StorageSnapshot> {
  const { baseline } = subject
  const { compared, removed: removedFromCaches, gaps, deletedCaches } = await readEntries(present, subject)
  const storage = compare(baseline, present, subject)
  const entries: { items: Compared['item'][]; gaps: Gap[] } = listed(
    compared.filter(({ change, mentions }) => mentions || change !== 'same'),
  )
  // While the fetch runs or is handled nothing is judged, and its handler is not to be held up.
  const isJudged = when === 'event-ended' || when === 'final' || when === 'later'
  const items = isJudged ? await withDigests(storage.items) : storage.items
  return bounded({
    type: 'storage-snapshot',
    handle: subject.handle,
    when,
    baseline: subject.baselineKind,
    baselineAt: baseline?.at ?? null,
    items: [...items, ...entries.items],
    removed: [...storage.removed, ...removedFromCaches],
    counts: rowCounts(baseline, present),
    usage: present.usage,
    usageBefore: baseline?.usage ?? null,
    ...(deletedCaches ? { deletedCaches } : {}),
    gaps: distinct([
      ...present.gaps,
      ...asBaseline(baseline?.gaps ?? []),
      ...gaps,
      ...storage.gaps,
      ...entries.gaps,
    ]),
    took: now() - present.at,
  } satisfies StorageSnapshot)
}
