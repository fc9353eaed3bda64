import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch, Snapshot } from '../../session/view'
import { type Finding, findingOf } from '../finding'
import { hasChangedSinceReturn } from './after-return'
import { ofLongEvent } from './basis'
import { errorsStored, mayHaveCome, shortBodies } from './bodies'
import type { Outcome } from './evidence'
import { endFindings, handlerFindings, loggedFindings } from './handler'
import { lateFindings } from './late'
import { ownerOf, removedOfNext } from './others'
import { mayNameBoth, sameIdIn } from './same-id'
import { sharedEntry } from './shared-entries'

function storageFindings(
  fetch: Fetch,
  items: readonly StorageItem[],
  records: readonly FetchRecord[],
): Finding[] {
  const found = errorsStored(fetch, items, records)
  if (fetch.attributes.result === 'success') found.push(...shortBodies(fetch, items, records))
  return found
}

/** A success that nothing listened to: what arrived is dropped with it. */
function unheardFindings(fetch: Fetch, found: readonly Finding[], outcomes: readonly Outcome[]): Finding[] {
  const [unheard] = fetch.events.filter(({ dispatched }) => dispatched.name === 'backgroundfetchsuccess')
  if (unheard?.dispatched.handlers !== 0 || found.some(({ rule }) => rule === 'no-handler')) return []
  return outcomes.some(({ record }) => record.method === 'GET') ? [findingOf('no-handler')] : []
}

/** Something that arrived with a success is not stored as it came. */
const isMissing = ({ outcome }: Outcome) => outcome === 'dropped' || outcome === 'stored-short'

/** What changed after the event had ended, where the storage was read twice since. */
function findLate(fetch: Fetch, records: readonly FetchRecord[]): Finding[] {
  const { final } = fetch.snapshots
  const ended = fetch.snapshots['event-ended']
  // What a new page does when it is loaded is no work of the handler.
  if (!ended || !final || final.next || final.byAnotherPage) return []
  const isOther = (item: StorageItem) =>
    ownerOf(item, final.others, records) !== null ||
    [final, ended].some((snapshot) => sharedEntry(item, snapshot) !== null) ||
    (sameIdIn(fetch, final) !== undefined && mayNameBoth(item, records))
  const concerns = (item: StorageItem) => mayHaveCome(records, item) && !isOther(item)
  return lateFindings(fetch, ended.body, final.body, concerns)
}

/**
 * All that rules find wrong, and errors in the worker while the event was handled.
 *
 * @param somethingLeft something that the handler could have deleted names the fetch
 */
export function findWrong(
  fetch: Fetch,
  basis: Snapshot | undefined,
  records: readonly FetchRecord[],
  outcomes: readonly Outcome[],
  somethingLeft: boolean,
): Finding[] {
  const found: Finding[] = []
  const hasEvent = fetch.settledAt !== null
  const success = fetch.attributes.result === 'success'
  const late = findLate(fetch, records)
  if (hasEvent) {
    const isUndone = success ? outcomes.some(isMissing) : somethingLeft
    const hasWork = isUndone || late.length > 0 || hasChangedSinceReturn(fetch, records)
    const isLong = fetch.snapshots.final !== undefined || ofLongEvent(fetch) !== undefined
    const ofHandler = handlerFindings(fetch, somethingLeft && !success, hasWork)
    found.push(...endFindings(fetch, isLong), ...ofHandler)
    if (success) found.push(...unheardFindings(fetch, found, outcomes))
  }
  if (basis) found.push(...storageFindings(fetch, basis.body.items, records))
  found.push(...late, ...removedOfNext(fetch))
  if (hasEvent) found.push(...loggedFindings(fetch))
  return found
}
