import { t } from '../../../i18n/i18n'
import { endEvent, isLive } from '../fetch-phase'
import type { Fetch, TracedEvent } from '../view'

/** It is for the end of a fetch, and the fetch has ended as it says. */
export const isEnd = ({ dispatched }: TracedEvent): boolean => {
  const { name, attributes } = dispatched
  return name !== 'backgroundfetchclick' && attributes.result !== '' && endEvent(attributes) === name
}

/** The event for a fetch's end that was traced in its worker, if any: the worker knows then how the fetch ended. */
export const tracedEnd = ({ events }: Fetch): TracedEvent | undefined => events.find(isEnd)

/** Gives a traced event to a fetch. A worker that got the event for its end was not unregistered before. */
export function addEvent(fetch: Fetch, traced: TracedEvent): void {
  if (!traced.dispatched.isTrusted) {
    fetch.untrusted.push(traced)
    return
  }
  fetch.events.push(traced)
  if (isEnd(traced)) fetch.unregisteredAt = null
}

/**
 * The records were released as the worker was unregistered, which says nothing of its event. Returns a note where that was traced, and ''
 * where it is not known whether it was fired.
 */
export function releasedUnregistered(fetch: Fetch, at: number): string {
  const traced = tracedEnd(fetch)
  if (!traced) fetch.unregisteredAt ??= at
  else fetch.isReleasedEarly = traced.doneAt === null && traced.cutAt === null
  return traced ? t('note_unregistered') : ''
}

/** The worker's event is over, where only the worker is left to say so. */
export function overByWorker(fetch: Fetch): void {
  const traced = tracedEnd(fetch)
  if (fetch.isReleasedEarly && fetch.overAt !== null && traced?.doneAt)
    fetch.overAt = Math.max(fetch.overAt, traced.doneAt)
  if (!traced || fetch.settledAt === null || fetch.overAt !== null) return
  // A page reports it yet.
  if (fetch.state === 'settled' && fetch.settledBy === 'page') return
  if (traced.doneAt === null && traced.cutAt === null) return
  fetch.state = 'over'
  if (traced.doneAt !== null) fetch.overAt = Math.max(traced.doneAt, fetch.settledAt)
}

/**
 * Takes from the worker how a fetch ended, because no page reports it.
 *
 * @returns the event that says so; undefined when none was traced
 */
export function endByWorker(fetch: Fetch): TracedEvent | undefined {
  const traced = tracedEnd(fetch)
  if (!traced || fetch.settledAt !== null) return undefined
  const { result, failureReason } = traced.dispatched.attributes
  fetch.attributes = { ...fetch.attributes, result, failureReason }
  fetch.settledAt = Math.max(traced.at, fetch.seenAt)
  fetch.settledBy = 'worker'
  fetch.state = fetch.overAt === null ? 'settled' : 'over'
  if (fetch.overAt !== null) fetch.overAt = Math.max(fetch.overAt, fetch.settledAt)
  overByWorker(fetch)
  return traced
}

/** The pages report no more of a fetch that has not ended for them. Returns the name of the event that its worker got. */
export function goneForPages(fetch: Fetch, at: number): string {
  const traced = endByWorker(fetch)
  if (!traced) {
    fetch.state = 'gone'
    fetch.goneAt = at
  }
  return traced?.dispatched.name ?? ''
}

/**
 * No page watches the fetch any more.
 *
 * @returns the event that says how it ended, where that is known from its worker only
 */
export function lose(fetch: Fetch): TracedEvent | undefined {
  if (isLive(fetch)) {
    const traced = endByWorker(fetch)
    if (!traced) fetch.state = 'unobserved'
    return traced
  }
  if (fetch.state === 'settled') {
    // Its end is known; no page will see when the worker's event is over.
    fetch.state = 'over'
    overByWorker(fetch)
  }
  return undefined
}
