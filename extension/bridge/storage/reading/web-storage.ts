import type { Draft } from '../stored'
import type { Budget } from './budget'
import { digestOf } from './digest'

const MAX_KEYS = 1000
const MAX_VALUE = 500

/** Reads the keys of localStorage and of this page's sessionStorage, with an extract of each value. */
export async function readWebStorage(
  kind: 'local-storage' | 'session-storage',
  draft: Draft,
  budget: Budget,
): Promise<void> {
  const storage = kind === 'local-storage' ? localStorage : sessionStorage
  const keys = Array.from({ length: Math.min(storage.length, MAX_KEYS) }, (_, i) => storage.key(i))
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
