import { deletableOf } from '../../../protocol/deletions'
import type { StorageItem } from '../../../protocol/storage-items'
import { withoutHash } from '../audit/evidence/complete'
import { identityOf, placeOf } from '../audit/evidence/items'
import { recordsOf } from '../audit/evidence/outcomes'
import type { Finding } from '../audit/finding'
import type { Verdict } from '../audit/verdict'
import type { DeletedItem } from '../session/plans/abort-series'
import type { Fetch } from '../session/view'

/** All that a verdict reports of the fetch. */
export const findingsOf = ({ wrong, left, unmatched }: Verdict): readonly Finding[] => [
  ...wrong,
  ...left,
  ...unmatched,
]

/** It was stored as it is before the fetch began: another fetch has left it. */
const isFromBefore = ({ stored }: Finding): boolean => stored?.change === 'same'

/** What a fetch itself has left or done wrong, as far as that can be distinguished from what was there. */
export const ownFindings = (verdict: Verdict): readonly Finding[] =>
  findingsOf(verdict).filter((finding) => !isFromBefore(finding))

const lastSnapshot = ({ snapshots }: Fetch) => snapshots.final ?? snapshots['event-ended']

/**
 * An item that a repetition would leave in the same place: it is not called after the ID of the fetch that left it, or is the
 * response to a request that all of them have.
 */
function isShared(item: StorageItem, { id }: { readonly id: string }, urls: ReadonlySet<string>): boolean {
  if (item.kind === 'cache-entry' && urls.has(withoutHash(item.url))) return true
  return !identityOf(item).includes(JSON.stringify(id).slice(1, -1))
}

export interface Leftovers {
  /** Items that are there since before a fetch began and would hide that it left the same: where they are, a comparison finds nothing new. */
  hiding(fetch: Fetch, deleted: readonly DeletedItem[]): readonly StorageItem[]
  /** It is a complete response that an earlier fetch has stored: no leftover. */
  isResponse(item: StorageItem): boolean
  /** Takes in what a fetch has left, and what is gone since. */
  add(fetch: Fetch, verdict: Verdict): void
}

/** What fetches that ran one after the other have left, which the next ones begin with. */
export function createLeftovers(): Leftovers {
  const present = new Map<string, { readonly item: StorageItem; readonly since: number }>()
  const responses = new Set<string>()
  return {
    isResponse: (item) => responses.has(identityOf(item)),
    hiding(fetch, deleted) {
      const baselineAt = lastSnapshot(fetch)?.body.baselineAt ?? fetch.seenAt
      const removed = new Set(
        lastSnapshot(fetch)?.body.removed.map(({ kind, container, name }) =>
          JSON.stringify([kind, container, name]),
        ),
      )
      const isDeleted = (item: StorageItem, since: number) => {
        const name = JSON.stringify(deletableOf(item))
        return deleted.some(
          (one) => one.at > since && one.at < baselineAt && JSON.stringify(one.item) === name,
        )
      }
      return [...present.values()].flatMap(({ item, since }) => {
        const { container, name } = placeOf(item)
        const isGone = isDeleted(item, since) || removed.has(JSON.stringify([item.kind, container, name]))
        return isGone ? [] : [item]
      })
    },
    add(fetch, verdict) {
      for (const { kind, container, name } of lastSnapshot(fetch)?.body.removed ?? [])
        for (const [identity, { item }] of present) {
          const place = placeOf(item)
          if (item.kind === kind && place.container === container && place.name === name)
            present.delete(identity)
        }
      const urls = new Set(recordsOf(fetch).map(({ url }) => withoutHash(url)))
      for (const item of verdict.storedItems) responses.add(identityOf(item))
      for (const { stored } of findingsOf(verdict)) {
        if (!stored || responses.has(identityOf(stored)) || !isShared(stored, fetch, urls)) continue
        present.set(identityOf(stored), { item: stored, since: fetch.seenAt })
      }
    },
  }
}
