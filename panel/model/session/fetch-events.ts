import { type FetchAttributes, hasFailed } from '../../../protocol/attributes'
import type { BodyOf, SessionEvent } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import type { Workers } from '../workers/workers'
import { abortAnswered, abortRequested, effectiveAbort } from './aborts/requested-aborts'
import { tracedAborter } from './aborts/traced-aborts'
import { goneForPages, releasedUnregistered, tracedEnd } from './ends/end-witness'
import { endEvent, isLive } from './fetch-phase'
import type { Fetches } from './fetches'
import type { Rows } from './rows'
import { interruptionsOf } from './standstill/interruptions'
import type { Standstills } from './standstill/standstills'
import type { Storage } from './storage'
import { update } from './take-attributes'
import type { Fetch } from './view'

/** The parts of the session that it works with. */
interface Parts {
  readonly fetches: Fetches
  readonly rows: Rows
  readonly storage: Storage
  readonly workers: Workers
  readonly standstills: Standstills
}

/** The event that has ended with the release of the records: a page does not see whether it was fired. */
function endedEvent(fetch: Fetch): string {
  if (tracedEnd(fetch)) return endEvent(fetch.attributes)
  // How it ended may not be known yet.
  return t('event_if_fired', fetch.settledAt === null ? t('event_of_worker') : endEvent(fetch.attributes))
}

/** Of every fetch of the origin: what one has left, another one may name as well. */
function noteDeletion(
  all: readonly Fetch[],
  storageKey: string,
  { item, outcome }: BodyOf<'item-deleted'>,
): void {
  if (outcome.kind !== 'deleted' && outcome.kind !== 'emptied') return
  for (const fetch of all) {
    if (fetch.storageKey === storageKey)
      fetch.deletedInPanel = new Set([...(fetch.deletedInPanel ?? []), JSON.stringify(item)])
  }
}

/** Folds in what pages report of a fetch that is known, and adds its rows. */
export function createFetchEvents({
  fetches,
  rows,
  storage,
  workers,
  standstills,
}: Parts): (event: SessionEvent, fetch: Fetch) => void {
  const addInterruptions = (event: SessionEvent, fetch: Fetch, attributes: FetchAttributes) => {
    for (const interruption of interruptionsOf(fetch, attributes, event.at))
      rows.add(event, fetch, interruption)
  }

  return (event, fetch) => {
    const { body, at } = event
    const abort = effectiveAbort(fetch)
    switch (body.type) {
      case 'progress':
        // What was read before its end may arrive after it.
        if (!isLive(fetch)) return
        addInterruptions(event, fetch, body.attributes)
        update(fetch, body.attributes, at)
        return rows.add(event, fetch)
      case 'no-progress':
        return standstills.noProgress(event, fetch, fetches.all)
      case 'tabs-loading':
        fetch.loads ??= { own: body.own, other: body.other ?? '', loadedAt: null }
        return
      case 'tabs-loaded':
        if (fetch.loads?.loadedAt === null) fetch.loads = { ...fetch.loads, loadedAt: at }
        return
      case 'response-ready': {
        // Each page of the origin reports it.
        if (body.ready <= (fetch.responses?.ready ?? 0)) return
        const note = storage.answered(fetch, body.record)
        const { ready, total, failed = [...fetch.answered.values()].filter(hasFailed).length } = body
        fetch.responses = { ready, failed: Math.min(ready, failed), total }
        return rows.add(event, fetch, { note })
      }
      case 'settled': {
        if (fetch.settledBy === 'page') return
        addInterruptions(event, fetch, body.attributes)
        update(fetch, body.attributes, at)
        fetch.settledAt = Math.min(fetch.settledAt ?? at, at)
        fetch.settledBy = 'page'
        if (workers.contradicted(fetch)) fetch.overAt = null
        workers.match(fetch)
        if (fetch.overAt !== null) fetch.overAt = Math.max(fetch.overAt, fetch.settledAt)
        fetch.state = fetch.overAt === null ? 'settled' : 'over'
        return rows.add(event, fetch, { after: abort ? Math.max(0, at - abort.at) : null })
      }
      case 'event-over':
        if (fetch.overAt !== null) return
        fetch.attributes = { ...fetch.attributes, recordsAvailable: false }
        fetch.state = 'over'
        fetch.overAt = Math.max(at, fetch.settledAt ?? at)
        fetch.uncertainty = body.uncertainty
        rows.add(event, fetch, {
          after: fetch.settledAt === null ? null : fetch.overAt - fetch.settledAt,
          note: body.unregistered ? releasedUnregistered(fetch, at) : endedEvent(fetch),
        })
        workers.match(fetch)
        workers.over(event, fetch)
        return
      case 'fetch-gone': {
        // Its end is on record already.
        if (!isLive(fetch) || workers.joinWithEnded(fetch)) return
        const note = goneForPages(fetch, at)
        if (note === '' && body.reason === 'unregistered') fetch.unregisteredAt = at
        return rows.add(event, fetch, { note })
      }
      case 'abort-requested':
        // A background that was stopped half-way was asked once more.
        return abortRequested(fetch, at, body.command) ? rows.add(event, fetch) : undefined
      case 'item-deleted':
        noteDeletion(fetches.all, fetch.storageKey, body)
        return rows.add(event, fetch)
      case 'abort-cause':
        if (fetch.abortCause !== null || fetch.abort) return
        // A call that came late says more.
        if (body.cause === 'not-this-tab' && tracedAborter(fetch)) return
        fetch.abortCause = body.cause
        return rows.add(event, fetch)
      case 'abort-answered': {
        const asked = abortAnswered(fetch, at, body.command, body.outcome)
        return rows.add(event, fetch, { after: asked ? Math.max(0, at - asked.at) : null })
      }
    }
  }
}
