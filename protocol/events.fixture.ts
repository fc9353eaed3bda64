import type { FetchAttributes } from './attributes'
import type { Body, BodyOf, SessionEvent } from './events'
import type { Handle } from './handle'

/** Attributes of a fetch of 100 bytes that has just begun. For tests. */
export const attributes: FetchAttributes = {
  uploadTotal: 0,
  uploaded: 0,
  downloadTotal: 100,
  downloaded: 0,
  result: '',
  failureReason: '',
  recordsAvailable: true,
}

export const seen = (handle: string): BodyOf<'fetch-seen'> => ({
  type: 'fetch-seen',
  handle: handle as Handle,
  scope: 'https://pod.example/',
  id: 'episode',
  attributes,
  already: false,
})

export const progress = (handle: string): Body => ({
  type: 'progress',
  handle: handle as Handle,
  attributes,
})

export const over = (handle: string): Body => ({
  type: 'event-over',
  handle: handle as Handle,
  uncertainty: 5,
})

/** Events of one producer, numbered from `from`. For tests. */
export const events = (producer: string, bodies: readonly Body[], from = 1): SessionEvent[] =>
  bodies.map((body, i) => ({
    producer,
    seq: from + i,
    at: 1000 + from + i,
    source: 'page',
    document: 'document-1',
    storageKey: 'https://pod.example',
    body,
  }))

/** As many progress events of one fetch as wanted. */
export const progresses = (producer: string, count: number, from = 1, handle = 'h'): SessionEvent[] =>
  events(
    producer,
    Array.from({ length: count }, () => progress(handle)),
    from,
  )

/** An event at a moment, of a page of this storage key. For tests. */
export const eventAt = (
  at: number,
  body: Body,
  storageKey: string | null = 'https://pod.example',
): SessionEvent => ({ producer: 'p', seq: 1, at, source: 'page', document: null, storageKey, body })

/** A page of the origin. For tests. */
export const frameOf = (some: Partial<BodyOf<'frame'>> = {}): BodyOf<'frame'> => ({
  type: 'frame',
  url: 'https://pod.example/',
  top: true,
  secure: true,
  supported: true,
  permission: 'granted',
  scopes: [],
  error: '',
  ...some,
})

/** An event of a worker for the end of a fetch, of an abort if nothing else is said. For tests. */
export const dispatchedOf = (some: Partial<BodyOf<'dispatched'>> = {}): BodyOf<'dispatched'> => ({
  type: 'dispatched',
  worker: 'w',
  event: 1,
  name: 'backgroundfetchabort',
  id: 'episode',
  attributes,
  cancelable: false,
  bubbles: false,
  isTrusted: true,
  handlers: 1,
  asynchronous: false,
  location: null,
  ...some,
})
