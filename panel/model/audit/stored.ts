import type { StorageItem } from '../../../protocol/storage-items'
import { counted, t } from '../../i18n/i18n'
import { bytes, count, oneLine } from '../format'
import { responseSize } from './evidence/complete'
import type { Evidence, Outcome } from './evidence/evidence'
import { labelOf, sizeOf } from './evidence/items'
import { isByUrl, whereText } from './evidence/outcomes'
import type { Reason } from './evidence/reasons'
import { isTooSmall } from './evidence/room'

export type StoredKind = 'stored' | 'not-stored' | 'answered' | 'unknown'

/** Whether what a successful fetch brought is stored. */
export interface Stored {
  readonly kind: StoredKind
  readonly line: string
  readonly reasons: readonly Reason[]
}

/** A row whose whole value is shown and short, with no Blob or buffer in it, holds no response. */
const isNote = (item: StorageItem): boolean =>
  item.kind === 'row' &&
  item.size !== null &&
  item.bodies.length === 0 &&
  item.value.length < 300 &&
  !/…/.test(item.value)

/** A response may be in it, in a form or of a size that can't be recognized. */
function mayHold(item: StorageItem): boolean {
  switch (item.kind) {
    case 'cache-entry':
      return item.status < 400
    case 'file':
      return item.size > 0
    case 'row':
      return !isNote(item)
    case 'local-storage':
    case 'session-storage':
      return item.length >= 300
    default:
      return false
  }
}

const total = (items: readonly StorageItem[]) => items.reduce((sum, item) => sum + (sizeOf(item) ?? 0), 0)

/** Where responses are, each place once: "OPFS movie.bin", "media and 2 more". */
function places(items: readonly StorageItem[]): string {
  const names = [...new Set(items.map(whereText))]
  const first = oneLine(names[0] ?? '', 100)
  const more = names.length - 1
  return more > 0 ? t(counted(more, 'left_more'), first, more) : first
}

function storedText(found: readonly Outcome[], all: number): string {
  const items = [...new Set(found.flatMap(({ items }) => items))]
  const size = total(items)
  const where = places(items)
  const number = t(counted(all, 'stored_of'), count(found.length), count(all))
  return size > 0 ? t('stored_size', number, bytes(size), where) : t('stored_in', number, where)
}

function missingText(missing: readonly Outcome[], all: number): string {
  const size = missing.reduce((sum, { record }) => sum + (responseSize(record) ?? 0), 0)
  const number = t(counted(all, 'stored_of'), count(missing.length), count(all))
  return size > 0 ? `${number} (${bytes(size)})` : number
}

/**
 * Judges a success: are its responses in storage? `not-stored` is said only where everything was compared and nothing
 * that is new or changed may hold one.
 */
export function judgeStored({ outcomes, items, growth, reasons, compared }: Evidence): Stored {
  const answered = outcomes.filter(({ outcome }) => outcome === 'answered')
  const wanted = outcomes.filter((one) => one.outcome !== 'answered')
  const incomplete = reasons.some(({ kind }) => kind === 'requests' || kind === 'requests-limit')
  if (wanted.length === 0 && answered.length > 0 && !incomplete) {
    const line = t(counted(answered.length, 'answered'), count(answered.length))
    return { kind: 'answered', line, reasons }
  }
  const all = wanted.length
  const stored = wanted.filter(({ outcome }) => outcome === 'stored')
  const doubtful = reasons.some(
    ({ kind }) =>
      kind === 'stored-size' ||
      kind === 'record-unknown' ||
      kind === 'body-size' ||
      kind === 'encoding-unknown',
  )
  if (all > 0 && stored.length === all && !incomplete && !doubtful) {
    const line = storedText(stored, all)
    const bySize = reasons.some(({ kind }) => kind === 'content-unknown')
    const bound = bySize ? 'stored_by_size' : stored.some(isByUrl) ? 'stored_by_url' : null
    return { kind: 'stored', line: bound ? t(bound, line) : line, reasons }
  }
  const before = wanted.filter(({ outcome }) => outcome === 'stored-before').length
  const cutShort = wanted.filter(({ outcome }) => outcome === 'stored-short')
  const known = new Set(cutShort.flatMap(({ items }) => items))
  const missing = wanted.filter(({ outcome }) => outcome !== 'stored' && outcome !== 'stored-short')
  const records = missing.map(({ record }) => record)
  const holders = items.filter(
    ({ relation, item, fromBefore, ofOther }) =>
      relation !== 'stored' &&
      !ofOther &&
      item.change !== 'same' &&
      !known.has(item) &&
      mayHold(item) &&
      !isTooSmall(item, records, fromBefore),
  )
  const more: Reason[] = [...reasons]
  for (const { record, outcome, sharing } of wanted) {
    if (outcome !== 'shared' || more.some(({ kind }) => kind === 'shared-url')) continue
    more.push({ kind: 'shared-url', url: record.url, count: sharing })
  }
  if (before > 0) more.push({ kind: 'stored-before', items: before })
  const [holder] = holders
  if (holder) more.push({ kind: 'may-hold', items: holders.length, first: labelOf(holder.item) })
  else {
    const [grown] = growth
    if (grown) more.push({ kind: 'may-hold', items: 1, first: growthText(grown.bytes) })
  }
  const parts: string[] = []
  if (cutShort.length > 0) parts.push(t('stored_short', storedText(cutShort, all)))
  if (stored.length > 0) parts.push(t('stored_part', storedText(stored, all)))
  // An entry that was there under another URL is not found anyway. What also names another fetch is among the items.
  const isComplete = more.every(
    ({ kind }) =>
      HANDLERS.has(kind) ||
      kind === 'entries-not-compared' ||
      kind === 'changed-unread' ||
      kind === 'id-shared' ||
      kind === 'id-shared-gone',
  )
  if (compared && isComplete && missing.length > 0) {
    const line = [t('not_found', missingText(missing, all)), ...parts]
    return { kind: 'not-stored', line: line.join('; '), reasons: more }
  }
  return { kind: 'unknown', line: parts.join('; '), reasons: more }
}

/** Reasons that concern the handler, and not what is stored. */
const HANDLERS: ReadonlySet<Reason['kind']> = new Set([
  'log-incomplete',
  'may-have-thrown',
  'may-have-logged',
])

const growthText = (grown: number) => t('growth_bytes', bytes(grown))
