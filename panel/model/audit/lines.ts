import type { StorageItem } from '../../../protocol/storage-items'
import { counted, type Key, say } from '../../words/words'
import { bytes, count, oneLine } from '../format'
import type { Evidence } from './evidence'
import type { Finding } from './finding'
import { areaName } from './gaps-text'
import type { Growth } from './growth'
import { placeOf, sizeOf } from './items'
import type { JudgedItem } from './relations'
import { sentencesOf } from './rules'

const newKeys: Record<StorageItem['kind'], readonly [Key, Key]> = {
  'cache-entry': ['new_entry_one', 'new_entry_many'],
  row: ['new_row_one', 'new_row_many'],
  file: ['new_file_one', 'new_file_many'],
  directory: ['new_directory_one', 'new_directory_many'],
  cache: ['new_cache_one', 'new_cache_many'],
  database: ['new_database_one', 'new_database_many'],
  'object-store': ['new_store_one', 'new_store_many'],
  'local-storage': ['new_local_one', 'new_local_many'],
  'session-storage': ['new_session_one', 'new_session_many'],
  notification: ['new_notification_one', 'new_notification_many'],
}

const changedKeys: Record<StorageItem['kind'], readonly [Key, Key]> = {
  'cache-entry': ['changed_entry_one', 'changed_entry_many'],
  row: ['changed_row_one', 'changed_row_many'],
  file: ['changed_file_one', 'changed_file_many'],
  directory: ['changed_directory_one', 'changed_directory_many'],
  cache: ['changed_cache_one', 'changed_cache_many'],
  database: ['changed_database_one', 'changed_database_many'],
  'object-store': ['changed_object_store_one', 'changed_object_store_many'],
  'local-storage': ['changed_local_one', 'changed_local_many'],
  'session-storage': ['changed_session_one', 'changed_session_many'],
  notification: ['changed_notification_one', 'changed_notification_many'],
}

/** How many names of a group, and how many groups, one line has. */
const NAMES = 3
const GROUPS = 3

const nameText = (item: StorageItem) => {
  const { name } = placeOf(item)
  const size = sizeOf(item)
  // What differs stands at the end of a URL.
  const shown = item.kind === 'cache-entry' ? (/[^/]+\/?$/.exec(name)?.[0] ?? name) : name
  const short = oneLine(shown, 60)
  return size !== null && size > 0 ? `${short}, ${bytes(size)}` : short
}

/** "15 new rows in db/store (a, b, c and 12 more)". */
function groupText(items: readonly StorageItem[]): string {
  const [first] = items
  if (!first) return ''
  const [one, many] = (first.change === 'changed' ? changedKeys : newKeys)[first.kind]
  const { container } = placeOf(first)
  const what = say(counted(items.length, one, many), count(items.length))
  const where = container === '' ? what : say('item_in', what, oneLine(container, 80))
  const names = items
    .slice(0, NAMES)
    .map(nameText)
    .join(items.some((item) => (sizeOf(item) ?? 0) > 0) ? '; ' : ', ')
  const more = items.length - NAMES
  return `${where} (${more > 0 ? say('names_more', names, count(more)) : names})`
}

/** Items by kind, change and place, each group in a few words. */
export function groupsText(items: readonly StorageItem[]): readonly string[] {
  const groups = new Map<string, StorageItem[]>()
  for (const item of items) {
    const key = `${item.kind} ${item.change === 'changed'} ${placeOf(item).container}`
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups.values()].map(groupText)
}

const listText = (parts: readonly string[]): string => {
  const more = parts.length - GROUPS
  const shown = parts.slice(0, GROUPS).join('; ')
  return more > 0 ? say('names_more', shown, count(more)) : shown
}

export const growthsText = (growth: readonly Growth[]): readonly string[] =>
  growth.map(({ area, bytes: grown }) => say('growth_in', bytes(grown), areaName[area]))

/** What is new and was not matched: "1 new row in db/store (movie-7, 8.4 MB), not matched to this fetch". */
export function newLine(items: readonly JudgedItem[], growth: readonly Growth[]): string {
  const late = items.filter((one) => one.late).length
  const parts = [...groupsText(items.map(({ item }) => item)), ...growthsText(growth)]
  const line = say('not_matched', listText(parts))
  return late > 0 ? `${line} (${say(counted(late, 'late_one', 'late_many'), count(late))})` : line
}

/** What names the fetch: the first with its age, and how many more there are. */
export function leftLine(left: readonly Finding[]): string {
  const [first] = left
  if (!first) return ''
  const total = left.reduce((sum, { bytes }) => sum + bytes, 0)
  const item = oneLine(first.item, 150)
  const named = first.note ? `${item} (${first.note})` : item
  const more = left.length - 1
  const all = more > 0 ? say(counted(more, 'left_more_one', 'left_more_many'), named, count(more)) : named
  const what = total > 0 ? `${all}, ${bytes(total)}` : all
  return say(counted(left.length, 'left_one', 'left_many'), count(left.length), what)
}

/** Rules whose evidence says all that their sentence says. */
const SPEAKING: ReadonlySet<string> = new Set(['short-body', 'event-timeout', 'error-logged'])

/** What is wrong: the first with its evidence, and how many more there are. */
export function wrongLine(
  found: readonly Finding[],
  about: Pick<Evidence, 'success' | 'unregistered'>,
): string {
  const [worst] = found
  if (!worst) return ''
  const { wrong } = sentencesOf(worst.rule, about)
  const same = found.filter(({ rule }) => rule === worst.rule)
  const items = listText(same.map(({ item }) => oneLine(item, 150)).filter(Boolean))
  const line = SPEAKING.has(worst.rule) && items ? items : [wrong, items].filter(Boolean).join(' ')
  const others = found.length - same.length
  return others > 0 ? say('verdict_more', line, count(others)) : line
}
