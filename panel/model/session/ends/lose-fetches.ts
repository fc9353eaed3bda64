import type { SessionEvent } from '../../../../protocol/events'
import type { AuditLost } from '../../audit/evidence/reasons'
import { LEAVING } from '../aborts/aborter'
import type { Fetches } from '../fetches'
import type { Rows } from '../rows'
import type { Storage } from '../storage'
import type { Fetch } from '../view'
import { lose } from './end-witness'

/** Notes that no page reports the fetches an event is about any more, and that their storage is not compared any more. */
export function loseFetches(
  event: SessionEvent,
  why: AuditLost,
  { fetches, rows, storage }: { fetches: Fetches; rows: Rows; storage: Storage },
): void {
  const all = fetches.concernedBy(event)
  // What is known of an event that is not over is judged as it is.
  storage.lost(event, why, all)
  for (const fetch of all) {
    const traced = lose(fetch)
    if (traced) rows.add(event, fetch, { kind: 'ended-unseen', note: traced.dispatched.name })
  }
  storage.lost(event, why, all)
}

/** Notes that a page was left, for the fetches of its origin that it may have aborted then. */
export function noteLeft({ at, storageKey }: SessionEvent, fetches: readonly Fetch[]): void {
  for (const fetch of fetches) {
    if (fetch.storageKey !== storageKey) continue
    if (fetch.settledAt === null || at - fetch.settledAt <= LEAVING) fetch.leftAt = at
  }
}
