import type { RemovedItem, StorageItem } from '../../../../protocol/storage-items'
import { hasWord, valueHasId } from '../../../../protocol/words'

/** Where an item is kept, and what it is called there. */
export interface Place {
  /** Cache, `database/store`, or '' for what stands at the top. */
  readonly container: string
  readonly name: string
}

export function placeOf(item: StorageItem): Place {
  switch (item.kind) {
    case 'cache-entry':
      return { container: item.cache, name: item.url }
    case 'row':
      return { container: `${item.database}/${item.store}`, name: item.key }
    case 'object-store':
      return { container: item.database, name: item.name }
    case 'file':
    case 'directory':
      return { container: '', name: item.path }
    case 'cache':
    case 'database':
      return { container: '', name: item.name }
    case 'local-storage':
    case 'session-storage':
      return { container: '', name: item.key }
    case 'notification':
      return { container: '', name: `${item.tag} ${item.title}`.trim() }
  }
}

/** What an item is called, and the cache, store or database that it is in. */
export function namesOf(item: StorageItem | RemovedItem): readonly string[] {
  const { container, name } = 'container' in item ? item : placeOf(item)
  return [name, container].filter(Boolean)
}

/** An item in one line, so that it can be looked up. */
export function labelOf(item: StorageItem | RemovedItem): string {
  const { container, name } = 'container' in item ? item : placeOf(item)
  const status =
    item.kind === 'cache-entry' && 'status' in item && item.status >= 400 ? `${item.status} ` : ''
  return container === '' ? name : `${container}: ${status}${name}`
}

/** Names the same item in every snapshot. */
export const identityOf = (item: StorageItem): string => {
  const { container, name } = placeOf(item)
  const method = item.kind === 'cache-entry' ? item.method : ''
  return JSON.stringify([item.kind, container, name, method])
}

/** Not all of its bytes were read. */
export const isUnread = (item: StorageItem): boolean =>
  item.kind === 'row'
    ? item.bodies.some(({ digest }) => digest === null)
    : (item.kind === 'file' || item.kind === 'cache-entry') && item.digest === null

/** What two snapshots of an item are compared by: other content gives another text. */
function contentOf(item: StorageItem, bySize: boolean): string {
  switch (item.kind) {
    case 'cache-entry':
      return JSON.stringify([item.status, item.size, item.contentLength, bySize || item.digest])
    case 'row':
      return bySize
        ? JSON.stringify([item.size, item.bodies.map(({ size }) => size)])
        : JSON.stringify([item.value, item.size, item.bodies])
    case 'file':
      return JSON.stringify([item.size, bySize || item.digest])
    case 'local-storage':
    case 'session-storage':
      return JSON.stringify([item.value, item.length])
    case 'database':
      return String(item.version)
    default:
      return ''
  }
}

/** Whether an item is not as it was in an earlier snapshot, as far as its bytes were read in both. */
export function isChanged(before: StorageItem, after: StorageItem): boolean {
  if (after.change === 'changed' && before.change === 'same') return true
  const bySize = isUnread(before) || isUnread(after)
  return contentOf(before, bySize) !== contentOf(after, bySize)
}

/** Bytes of an item; null where they are not known or it has none. */
export const sizeOf = (item: StorageItem): number | null =>
  item.kind === 'cache-entry' || item.kind === 'row' || item.kind === 'file' ? item.size : null

/** Only pages have access to it: a worker can neither write nor delete it. */
export const isOfPages = ({ kind }: StorageItem): boolean =>
  kind === 'local-storage' || kind === 'session-storage'

/** It holds other items. */
export const isContainer = ({ kind }: StorageItem): boolean =>
  kind === 'cache' || kind === 'database' || kind === 'object-store' || kind === 'directory'

/** Whether an item is in a container. */
export function isWithin(item: StorageItem, outer: StorageItem): boolean {
  switch (outer.kind) {
    case 'cache':
      return item.kind === 'cache-entry' && item.cache === outer.name
    case 'database':
      return (item.kind === 'row' || item.kind === 'object-store') && item.database === outer.name
    case 'object-store':
      return item.kind === 'row' && item.database === outer.database && item.store === outer.name
    case 'directory':
      return (
        (item.kind === 'file' || item.kind === 'directory') &&
        item.path !== outer.path &&
        item.path.startsWith(`${outer.path.replace(/\/$/, '')}/`)
      )
    default:
      return false
  }
}

/** What "Ignore on this site" remembers of an item: it without what differs from fetch to fetch. */
export function patternOf(item: StorageItem | RemovedItem, id: string): string {
  const { container, name } = 'container' in item ? item : placeOf(item)
  if (item.kind === 'row') return `row ${container}`
  if (item.kind === 'cache-entry') return `entry ${container}`
  const general = id === '' ? name : name.replaceAll(id, '{id}')
  return `${item.kind} ${container ? `${container} ` : ''}${general}`
}

/** The same for an item that does not name the fetch: numbers in it stand for the part that differs. */
export const unmatchedPatternOf = (item: StorageItem, id: string): string =>
  `new ${patternOf(item, id).replace(/\d+/g, '#')}`

/** The same for an item that is gone and does not name the fetch. */
export const removedPatternOf = (item: RemovedItem, id: string): string =>
  `removed ${patternOf(item, id).replace(/\d+/g, '#')}`

/** Whether an item has an ID as a word, in its name or, where that is no plain number, in its value. */
export function hasId(item: StorageItem, id: string): boolean {
  switch (item.kind) {
    case 'row':
    case 'local-storage':
    case 'session-storage':
      return hasWord(placeOf(item).name, id) || valueHasId(item.value, id)
    case 'notification':
      return hasWord(item.tag, id) || hasWord(item.title, id)
    default:
      return hasWord(placeOf(item).name, id)
  }
}
