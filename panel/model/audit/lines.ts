import type { StorageItem } from '../../../protocol/storage-items'
import { type CountedKey, counted, t } from '../../i18n/i18n'
import { bytes, count, oneLine } from '../format'
import type { Evidence, Growth, JudgedItem } from './evidence/evidence'
import { placeOf, sizeOf } from './evidence/items'
import type { Finding } from './finding'
import { areaName } from './gaps-text'
import { othersText } from './item-findings'
import { sentencesOf } from './rules'

const newKeys: Record<StorageItem['kind'], CountedKey> = {
  'cache-entry': 'new_entry',
  row: 'new_row',
  file: 'new_file',
  directory: 'new_directory',
  cache: 'new_cache',
  database: 'new_database',
  'object-store': 'new_store',
  'local-storage': 'new_local',
  'session-storage': 'new_session',
  notification: 'new_notification',
}

/** Of what is known to hold nothing. */
const emptyKeys: Partial<Record<StorageItem['kind'], CountedKey>> = {
  directory: 'new_empty_directory',
  cache: 'new_empty_cache',
  database: 'new_empty_database',
  'object-store': 'new_empty_store',
}

const changedKeys: Record<StorageItem['kind'], CountedKey> = {
  'cache-entry': 'changed_entry',
  row: 'changed_row',
  file: 'changed_file',
  directory: 'changed_directory',
  cache: 'changed_cache',
  database: 'changed_database',
  'object-store': 'changed_object_store',
  'local-storage': 'changed_local',
  'session-storage': 'changed_session',
  notification: 'changed_notification',
}

/** How many names of a group, and how many groups, one line has. */
const NAMES = 3
const GROUPS = 3
/** How many characters the names of what is left have together, unless the first one has more. */
const MAX_LEFT = 150

const nameText = (item: StorageItem) => {
  const { name } = placeOf(item)
  const size = sizeOf(item)
  // What differs stands at the end of a URL.
  const shown = item.kind === 'cache-entry' ? (/[^/]+\/?$/.exec(name)?.[0] ?? name) : name
  const short = oneLine(shown, 60)
  return size !== null && size > 0 ? `${short}, ${bytes(size)}` : short
}

type NewItem = Pick<JudgedItem, 'item' | 'empty'>

/** "15 new rows in db/store (a, b, c and 12 more)". */
function groupText(group: readonly NewItem[]): string {
  const [{ item: first, empty } = {}] = group
  if (!first) return ''
  const items = group.map(({ item }) => item)
  const ofKind = (first.change === 'changed' ? changedKeys : newKeys)[first.kind]
  const key = (empty ? emptyKeys[first.kind] : undefined) ?? ofKind
  const { container } = placeOf(first)
  const what = t(counted(items.length, key), count(items.length))
  const where = container === '' ? what : t('item_in', what, oneLine(container, 80))
  const names = items
    .slice(0, NAMES)
    .map(nameText)
    .join(items.some((item) => (sizeOf(item) ?? 0) > 0) ? '; ' : ', ')
  const more = items.length - NAMES
  return `${where} (${more > 0 ? t('names_more', names, count(more)) : names})`
}

/** Items by kind, change, place and whether they hold anything, each group in a few words. */
function groupsText(items: readonly NewItem[]): readonly string[] {
  const groups = new Map<string, NewItem[]>()
  for (const one of items) {
    const { item, empty } = one
    const key = `${item.kind} ${item.change === 'changed'} ${empty} ${placeOf(item).container}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].map(groupText)
}

const listText = (parts: readonly string[]): string => {
  const more = parts.length - GROUPS
  const shown = parts.slice(0, GROUPS).join('; ')
  return more > 0 ? t('names_more', shown, count(more)) : shown
}

export const growthsText = (growth: readonly Growth[]): readonly string[] =>
  growth.map(({ area, bytes: grown }) => t('growth_in', bytes(grown), areaName[area]))

/** What is new and was not matched: "1 new row in db/store (movie-7, 8.4 MB), not matched to this fetch". */
export function newLine(
  items: readonly JudgedItem[],
  growth: readonly Growth[],
  otherIds: readonly string[],
): string {
  const late = items.filter((one) => one.late).length
  const parts = [...groupsText(items), ...growthsText(growth)]
  const [first] = items
  const others = othersText(first ? first.mayBeOf : otherIds)
  const line = [t('not_matched', listText(parts)), others].filter(Boolean).join('; ')
  return late > 0 ? `${line} (${t(counted(late, 'late'), count(late))})` : line
}

/** An item that names the fetch, with its age. */
function leftText({ item, note }: Finding): string {
  const name = oneLine(item, MAX_LEFT)
  return note ? `${name} (${note})` : name
}

const sized = (name: string, size: number) => (size > 0 ? `${name}, ${bytes(size)}` : name)

/** What names the fetch: as many as there is room for, and how many more there are. */
export function leftLine(left: readonly Finding[]): string {
  const [first] = left
  if (!first) return ''
  let length = 0
  const firstTooLong = left.slice(0, NAMES).findIndex((finding, index) => {
    length += leftText(finding).length
    return index > 0 && length > MAX_LEFT
  })
  const shown = left.slice(0, firstTooLong === -1 ? NAMES : firstTooLong)
  const more = left.length - shown.length
  // The bytes of one that is not shown are in the sum only.
  const what =
    more > 0
      ? sized(
          t(counted(more, 'left_more'), shown.map(leftText).join('; '), count(more)),
          left.reduce((sum, { bytes }) => sum + bytes, 0),
        )
      : shown.map((finding) => sized(leftText(finding), finding.bytes)).join('; ')
  return t(counted(left.length, 'left'), count(left.length), what)
}

/** Rules whose evidence says all that their sentence says. */
const SPEAKING: ReadonlySet<string> = new Set(['short-body', 'event-timeout', 'error-logged'])

const nameOfFinding = ({ item }: Finding): string => oneLine(item, 150)

/** What is wrong: the first with its evidence, and how many more there are. */
export function wrongLine(
  found: readonly Finding[],
  about: Pick<Evidence, 'success' | 'unregistered'>,
): string {
  const [worst] = found
  if (!worst) return ''
  const { wrong } = sentencesOf(worst, about)
  const same = found.filter(({ rule }) => rule === worst.rule)
  const items = listText(same.map(nameOfFinding).filter(Boolean))
  const line = SPEAKING.has(worst.rule) && items ? items : [wrong, items].filter(Boolean).join(' ')
  // What came late is what shows that the event had to wait.
  const late = worst.rule === 'wait-until-missing' ? found.filter(({ rule }) => rule === 'changed-after') : []
  const others = found.length - same.length - late.length
  const shown = late.length > 0 ? `${line} ${t('line_late', listText(late.map(nameOfFinding)))}` : line
  return others > 0 ? t('verdict_more', shown, count(others)) : shown
}
