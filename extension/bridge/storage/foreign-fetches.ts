import type { ForeignFetch } from '../../../protocol/commands'
import type { Handle } from '../../../protocol/handle'
import type { StorageSnapshot } from '../../../protocol/storage-events'
import type { Baselines } from './baselines'
import { type AuditedFetch, lookOf } from './report'

/** Fetches that this bridge does not follow, between their first and their last report. */
export interface ForeignFetches {
  /** The fetch as it is compared; after the last report nothing is remembered of it. */
  take(fetch: ForeignFetch, when: StorageSnapshot['when']): AuditedFetch
}

/** @param usedAt when the ID was in use for the last time, in epoch milliseconds; 0 where it never was */
export function createForeignFetches(
  baselines: Baselines,
  usedAt: (fetch: ForeignFetch) => number,
): ForeignFetches {
  const known = new Map<Handle, AuditedFetch>()

  /** It is compared with what was there before where that is known. */
  const subjectOf = (fetch: ForeignFetch): AuditedFetch => {
    const { handle, scope, id, urls, unlisted } = fetch
    const names = { id, urls: new Set(urls) }
    const before = baselines.before(usedAt(fetch)) ?? null
    const entries = before && baselines.knownEntries(before)
    const look = lookOf(entries)
    const seenEntries = new Map()
    // When an unlisted one began is not known: what was there before may have been written for it already.
    if (unlisted) {
      const baselineKind = before ? 'first-seen' : 'none'
      const firstLook = look
      return {
        handle,
        scope,
        names,
        baseline: before,
        baselineKind,
        knownEntries: entries,
        firstLook,
        seenEntries,
      }
    }
    // What another document had read is not known here, and what was there a moment ago may be the work of the handler.
    const firstLook = look && { ...look, asBaseline: false }
    const none = { baseline: null, baselineKind: 'none', knownEntries: null } as const
    return { handle, scope, names, ...none, earlier: before, firstLook, seenEntries }
  }

  return {
    take(fetch, when) {
      const subject = known.get(fetch.handle) ?? subjectOf(fetch)
      if (when === 'final') known.delete(fetch.handle)
      else known.set(fetch.handle, subject)
      return subject
    },
  }
}
