import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch, Snapshot } from '../../session/view'
import { isError, mayHaveCome } from './bodies'
import type { StoredResponse } from './complete'
import { withoutHash } from './complete'
import type { JudgedItem } from './evidence'
import { placeOf } from './items'
import type { Reason } from './reasons'

/** What is not known of the requests. */
export function requestReasons({ requests }: Fetch): Reason[] {
  if (!requests || (requests.problem && requests.records.length === 0)) return [{ kind: 'requests' }]
  const { total, records } = requests
  return total > records.length ? [{ kind: 'requests-limit', unread: total - records.length, total }] : []
}

/** Why what was stored before the fetch is not known. */
function baselineReason({ body, baselineLost }: Snapshot, unlisted: boolean): Reason {
  const kind = body.baseline === 'none' ? 'no-baseline' : 'late-baseline'
  if (baselineLost) return { kind, why: 'lost' }
  return kind === 'late-baseline' && unlisted ? { kind, why: 'unlisted' } : { kind }
}

/** What the comparison of a snapshot leaves open, beside its gaps. */
export function storageReasons(
  snapshot: Snapshot,
  unlisted: boolean,
  judged: readonly JudgedItem[],
  records: readonly FetchRecord[],
  stored: ReadonlyMap<StorageItem, StoredResponse>,
): Reason[] {
  const { body, next, byAnotherPage } = snapshot
  const reasons: Reason[] = []
  const add = (
    kind:
      | 'item-age'
      | 'error-age'
      | 'stored-size'
      | 'record-unknown'
      | 'content-unknown'
      | 'encoding-unknown',
    items: number,
  ) => {
    if (items > 0) reasons.push({ kind, items })
  }
  if (body.baseline !== 'before') reasons.push(baselineReason(snapshot, unlisted))
  if (byAnotherPage) reasons.push({ kind: 'second-look' })
  if (next) reasons.push({ kind: 'id-reused' })
  const doubts = [...stored.values()]
  add(
    'item-age',
    next
      ? 0
      : judged.filter(
          ({ relation, item }) => relation === 'maybe-stored' || (relation === 'unsure' && !item.mentions),
        ).length,
  )
  add(
    'error-age',
    body.items.filter((item) => item.change === 'unknown' && isError(item) && mayHaveCome(records, item))
      .length,
  )
  const unread = new Set(body.gaps.map((gap) => (gap.kind === 'body-size' ? gap.name : '')))
  const sizes = doubts.filter(({ doubt, item }) => doubt === 'size' && !unread.has(placeOf(item).name))
  add('stored-size', sizes.length)
  add('record-unknown', doubts.filter(({ doubt }) => doubt === 'record').length)
  add('content-unknown', doubts.filter(({ doubt }) => doubt === 'content').length)
  add('encoding-unknown', doubts.filter(({ doubt }) => doubt === 'encoding').length)
  const shared = doubts.find(({ doubt }) => doubt === 'shared')
  if (shared?.item.kind === 'cache-entry') {
    const { url } = shared.item
    const count = records.filter((record) => withoutHash(record.url) === withoutHash(url)).length
    reasons.push({ kind: 'shared-url', url, count: Math.max(2, count) })
  }
  if ((!body.usage || !body.usageBefore) && !body.gaps.some((gap) => 'area' in gap && gap.area === 'usage')) {
    reasons.push({ kind: 'usage-unknown' })
  }
  return reasons
}
