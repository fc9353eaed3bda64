import type { Draft } from '../stored'
import type { Budget } from './budget'
import { digestOf, digestText } from './digest'

const MAX_KEYS = 1000
const MAX_VALUE = 500

/** Characters of values that are compared between two snapshots; of more only the keys and the lengths are. */
const MAX_COMPARED = 200_000

const storages = [
  ['local-storage', () => localStorage],
  ['session-storage', () => sessionStorage],
] as const

/**
 * Changes with the keys of localStorage and of this page's sessionStorage, and with their values as far as they are read; '' where
 * they can't be. The bytes that an origin uses don't count them.
 */
export function webStorageMark(): string {
  let hash = 0
  let compared = 0
  try {
    for (const [, get] of storages) {
      const storage = get()
      hash = digestText(String(storage.length), hash)
      for (const { key, value } of readKeys(storage)) {
        compared += value.length
        hash = digestText(`${key} ${value.length} ${compared <= MAX_COMPARED ? value : ''}`, hash)
      }
    }
    return String(hash)
  } catch {
    return ''
  }
}

/** The keys that both have at this moment; none where they can't be read. */
export function webStorageKeys(): {
  readonly kind: 'local-storage' | 'session-storage'
  readonly key: string
}[] {
  try {
    return storages.flatMap(([kind, get]) => readKeys(get()).map(({ key }) => ({ kind, key })))
  } catch {
    return []
  }
}

/** The first of its keys, up to a bound; null for one that is gone meanwhile. */
const keysOf = (storage: Storage): (string | null)[] =>
  Array.from({ length: Math.min(storage.length, MAX_KEYS) }, (_, i) => storage.key(i))

function readKeys(storage: Storage): { readonly key: string; readonly value: string }[] {
  return keysOf(storage).flatMap((key) => {
    const value = key === null ? null : storage.getItem(key)
    return key === null || value === null ? [] : [{ key, value }]
  })
}

/** Reads the keys of localStorage and of this page's sessionStorage, with an extract of each value. */
export async function readWebStorage(
  kind: 'local-storage' | 'session-storage',
  draft: Draft,
  budget: Budget,
): Promise<void> {
  const storage = kind === 'local-storage' ? localStorage : sessionStorage
  const keys = keysOf(storage)
  if (storage.length > MAX_KEYS) {
    const unread = storage.length - MAX_KEYS
    draft.gaps.push({ kind: 'count-limit', side: 'now', of: 'keys', container: kind, unread })
  }
  for (const [read, key] of keys.entries()) {
    await budget.turn()
    if (budget.over) {
      draft.gaps.push({ kind: 'time-limit', side: 'now', area: kind, read })
      return
    }
    const value = key === null ? null : storage.getItem(key)
    if (key === null || value === null) continue
    const { length } = value
    const digest = await digestOf(value, budget)
    if (digest === null) {
      draft.gaps.push({ kind: 'time-limit', side: 'now', area: kind, read })
      return
    }
    const mark = `${length} ${digest}`
    const rest = length > MAX_VALUE ? ` …${digest.toString(36)}` : ''
    const text = value.slice(0, MAX_VALUE) + rest
    draft.add(kind, '', key, { kind, key, value: text, length }, mark, draft.namesIn(value))
  }
}
