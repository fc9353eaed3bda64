import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch, Snapshot } from '../../session/view'
import { type Finding, findingOf } from '../finding'
import { hasChangedSinceReturn } from './after-return'
import { ofLongEvent } from './basis'
import { errorsStored, shortBodies } from './bodies'
import type { Outcome } from './evidence'
import { endFindings, handlerFindings, loggedFindings } from './handler'
import { type LateItem, lateFindings } from './late'
import { removedOfNext } from './others'

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

/**
 * All that rules find wrong, and errors in the worker while the event was handled.
 *
 * @param lateItems what changed after the event had ended, and is of this fetch
 * @param somethingLeft something that the handler could have deleted names the fetch
 */
export function findWrong(
  fetch: Fetch,
  basis: Snapshot | undefined,
  records: readonly FetchRecord[],
  outcomes: readonly Outcome[],
  lateItems: readonly LateItem[],
  somethingLeft: boolean,
): Finding[] {
  const found: Finding[] = []
  const hasEvent = fetch.settledAt !== null
  const success = fetch.attributes.result === 'success'
  const late = lateFindings(fetch, lateItems)
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
