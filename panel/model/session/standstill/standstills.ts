import type { BodyOf, SessionEvent } from '../../../../protocol/events'
import { isLive } from '../fetch-phase'
import type { Rows } from '../rows'
import type { View } from '../session-view'
import type { Fetch } from '../view'
import { standstillRow } from './standstill'

/** What is known of why fetches stand still, and its rows of the log. */
export interface Standstills {
  /** Storage keys whose page reported that it is offline. */
  readonly offline: ReadonlySet<string>
  /** Another page of the storage key looks from now on. */
  looking(storageKey: string | null): void
  connectivity(event: SessionEvent, body: BodyOf<'connectivity'>): void
  noProgress(event: SessionEvent, fetch: Fetch, all: readonly Fetch[]): void
}

/** Adds one row for each time that a fetch stands still; it says what was known at that moment, and never changes. */
export function createStandstills(rows: Rows, frames: View['frames']): Standstills {
  const offline = new Set<string>()
  /** Of each fetch that has a row, the time of its last progress. */
  const reported = new WeakMap<Fetch, number>()

  return {
    offline,
    looking: (storageKey) => void offline.delete(storageKey ?? ''),
    connectivity(event, { online }) {
      const storageKey = event.storageKey ?? ''
      if (online === !offline.has(storageKey)) return
      if (online) offline.delete(storageKey)
      else offline.add(storageKey)
      rows.add(event, null)
    },
    noProgress(event, fetch, all) {
      // The next page that follows the fetch reports it once more.
      if (!isLive(fetch) || event.at < fetch.movedAt || reported.get(fetch) === fetch.movedAt) return
      reported.set(fetch, fetch.movedAt)
      const body = event.body.type === 'no-progress' ? event.body : null
      const isOffline = body ? !body.online : offline.has(fetch.storageKey)
      const around = { frames, fetches: all, offline: new Set(isOffline ? [fetch.storageKey] : []) }
      const { text, waits } = standstillRow(fetch, around, event.at)
      rows.add(event, fetch, waits ? { kind: 'waits', note: text } : { note: text })
    },
  }
}
