import { areaOf, type Gap } from '../../../protocol/storage-gaps'
import type { RemovedItem } from '../../../protocol/storage-items'

/** Where an item stands. */
export interface Place {
  readonly kind: RemovedItem['kind']
  /** Cache or database; '' for what stands at the top. */
  readonly container: string
  /** Object store of a row; '' for anything else. */
  readonly store: string
}

/** A reading that was cut short in one kind of storage says nothing about what it did not come to. */
const COUNTED: Record<RemovedItem['kind'], readonly string[]> = {
  'cache-entry': ['caches'],
  cache: ['caches'],
  row: ['databases', 'object-stores'],
  database: ['databases'],
  'object-store': ['databases', 'object-stores'],
  file: ['files', 'directories'],
  directory: ['files', 'directories'],
  'local-storage': ['keys'],
  'session-storage': ['keys'],
  notification: ['notifications'],
}

/** Whether an item that is missing in a snapshot with these gaps was not there. */
export function covers(gaps: readonly Gap[], { kind, container, store }: Place): boolean {
  return !gaps.some((gap) => {
    switch (gap.kind) {
      case 'unreadable':
      case 'time-limit':
        return gap.area === areaOf[kind]
      case 'count-limit': {
        if (!COUNTED[kind].includes(gap.of)) return false
        if (gap.of === 'keys') return gap.container === kind
        return gap.container === '' || gap.container === container
      }
      case 'database-busy':
      case 'database-error':
        return kind !== 'database' && areaOf[kind] === 'indexeddb' && gap.database === container
      case 'store-large':
        return kind === 'row' && gap.database === container && gap.store === store
      case 'changed-while-read':
        return gap.area === areaOf[kind] && (gap.container === '' || gap.container === container)
      default:
        return false
    }
  })
}

/** The gaps of a snapshot that another one is compared with. */
export const asBaseline = (gaps: readonly Gap[]): Gap[] =>
  gaps
    // Buckets that are there no more hold nothing.
    .filter(({ kind }) => kind !== 'buckets-not-read')
    .map((gap) => ('side' in gap ? { ...gap, side: 'baseline' } : gap))

/** The same gap twice says no more than once. */
export function distinct<T extends object>(gaps: readonly T[]): T[] {
  return [...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).values()]
}
