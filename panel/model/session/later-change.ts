import { LATER_CHANGES, type StorageChanged } from '../../../protocol/storage-events'
import { t } from '../../i18n/i18n'
import { endedAt } from '../audit/evidence/handler'
import { duration } from '../format'
import { isLive } from './fetch-phase'
import type { Fetch } from './view'

/** A fetch that begins this soon after a change may have made it, in milliseconds: the storage is not read then. */
const BEGINNING = 1500

/**
 * Notes that the storage changed at a moment, where that is after the last snapshot of a fetch and may still be judged. The
 * browser also reports the list of databases as changed with each change of what is in one.
 */
export function noteLaterChange(fetch: Fetch, at: number, kind: StorageChanged['kind']): void {
  if (kind === 'indexeddb-list') return
  const last = fetch.snapshots.later ?? fetch.snapshots.final
  const end = endedAt(fetch)
  if (!last || end === null || fetch.changedLaterAt !== null) return
  if (at > last.at && at <= end + LATER_CHANGES) fetch.changedLaterAt = at
}

/** Whether another fetch of the origin began, ran or ended between the last snapshot and a change that was not read. */
function isOfAnother(fetch: Fetch, all: readonly Fetch[], from: number, at: number): boolean {
  const within = (time: number | null) => time !== null && time > from && time <= at + BEGINNING
  return all.some((one) => {
    if (one === fetch || one.storageKey !== fetch.storageKey) return false
    const ran = isLive(one) && one.seenAt <= at
    return ran || within(one.seenAt) || within(one.settledAt) || within(endedAt(one))
  })
}

/** What is said of a change of the storage that came after the verdict and is not part of it; '' where there is none. */
export function laterChangeText(fetch: Fetch, all: readonly Fetch[]): string {
  const { changedLaterAt: at } = fetch
  const last = fetch.snapshots.later ?? fetch.snapshots.final
  const end = endedAt(fetch)
  if (at === null || !last || end === null) return ''
  const after = duration(Math.max(0, at - end))
  return t(isOfAnother(fetch, all, last.at, at) ? 'later_not_judged' : 'later_not_read', after)
}
