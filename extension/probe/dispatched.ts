import type { FetchAttributes } from '../../protocol/attributes'
import type { BackgroundFetchEventName, ProbeBody } from '../../protocol/worker-events'
import type { Handlers } from './listeners'

/** https://wicg.github.io/background-fetch/#background-fetch-event */
export interface BackgroundFetchEvent extends Event {
  readonly type: BackgroundFetchEventName
  readonly registration: FetchAttributes & { readonly id: string }
}

/** What the event says of itself and of its fetch. */
export function describeEvent(event: BackgroundFetchEvent, number: number, handlers: Handlers): ProbeBody {
  const { registration } = event
  return {
    type: 'dispatched',
    worker: '',
    event: number,
    name: event.type,
    id: registration.id,
    attributes: {
      uploadTotal: registration.uploadTotal,
      uploaded: registration.uploaded,
      downloadTotal: registration.downloadTotal,
      downloaded: registration.downloaded,
      result: registration.result,
      failureReason: registration.failureReason,
      recordsAvailable: registration.recordsAvailable,
    },
    cancelable: event.cancelable,
    bubbles: event.bubbles,
    isTrusted: event.isTrusted,
    handlers: handlers.count,
    asynchronous: handlers.asynchronous,
    location: handlers.location,
  }
}
