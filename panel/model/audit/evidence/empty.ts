import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import { mayBeHidden } from './hidden'

/** What a snapshot would list of a container if it held something. */
function contentOf(item: StorageItem): StorageItem | null {
  const { change, mentions, firstSeen, mayBeOlder } = item
  const common = { change, mentions, firstSeen, mayBeOlder }
  const rowIn = (database: string, store: string): StorageItem => ({
    ...{ kind: 'row', database, store, key: '', value: '', size: null, bodies: [] },
    ...common,
  })
  switch (item.kind) {
    case 'database':
      return rowIn(item.name, '')
    case 'object-store':
      return rowIn(item.database, item.name)
    case 'directory':
      return { kind: 'file', path: `${item.path}/`, size: 0, digest: null, ...common }
    case 'cache': {
      const entry = { kind: 'cache-entry', cache: item.name, url: '', method: 'GET', status: 200 } as const
      return { ...entry, responseType: '', size: null, digest: null, contentLength: null, ...common }
    }
    default:
      return null
  }
}

/**
 * Whether a new container, in which nothing new was found, is known to hold nothing. Caches are not listed: one is known to be empty
 * only where the bytes that all of them use leave no room for an entry.
 */
export function isEmpty(item: StorageItem, body: StorageSnapshot): boolean {
  const content = contentOf(item)
  if (item.change !== 'added' || !content || mayBeHidden(body, content)) return false
  if (item.kind === 'cache') return body.usage !== null && !body.gaps.some(isOpen)
  if (item.kind !== 'object-store') return true
  const count = body.counts.find((one) => one.container === item.database && one.name === item.name)
  return count?.now === 0
}

const isOpen = ({ kind }: StorageSnapshot['gaps'][number]) =>
  kind === 'caches-not-listed' || kind === 'entries-not-compared'
