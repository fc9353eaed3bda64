import type { FetchAttributes } from '../../../protocol/attributes'
import type { BackgroundFetchEventName } from '../../../protocol/event-names'
import type { Phase } from '../../../protocol/lifecycle'
import type { Fetch } from './view'

/** It may still be running, as far as anybody knows. */
export const isLive = (fetch: Fetch): boolean =>
  fetch.state === 'queued' || fetch.state === 'active' || fetch.state === 'unobserved'

/** How far it is for the pages that report it. */
export const phaseOf = (fetch: Fetch): Phase => {
  if (isLive(fetch)) return 'live'
  return fetch.state === 'settled' ? 'settled' : 'over'
}

/** A page may report more of it. What a worker has reported the end of, no page reports. */
export const isReported = (fetch: Fetch): boolean =>
  isLive(fetch) || (fetch.state === 'settled' && fetch.settledBy === 'page')

/** The event that the browser fires in the worker for this end. https://wicg.github.io/background-fetch/ */
export function endEvent(attributes: FetchAttributes): BackgroundFetchEventName {
  if (attributes.result === 'success') return 'backgroundfetchsuccess'
  return attributes.failureReason === 'aborted' ? 'backgroundfetchabort' : 'backgroundfetchfail'
}
