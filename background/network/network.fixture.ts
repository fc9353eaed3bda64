import type { FetchRecord } from '../../protocol/attributes'
import { withoutResponse } from '../../protocol/attributes'
import { attributes, eventAt } from '../../protocol/events.fixture'
import type { Handle } from '../../protocol/handle'
import type { NetworkStep } from './network-step'

export const ORIGIN = 'https://pod.example'

type Response = Extract<NetworkStep, { kind: 'response' }>

/** Steps of a request, as the browser reports them. For tests. */
export const steps = {
  sent: (request: string, at: number, url = '/a.mp3', more: { method?: string; initiator?: string } = {}) =>
    ({
      kind: 'sent',
      request,
      at,
      initiator: ORIGIN,
      method: 'GET',
      url: new URL(url, ORIGIN).href,
      ...more,
    }) satisfies NetworkStep,
  response: (request: string, at: number, some: Partial<Response> = {}) =>
    ({
      kind: 'response',
      request,
      at,
      initiator: ORIGIN,
      url: `${ORIGIN}/a.mp3`,
      status: 200,
      redirect: '',
      origin: null,
      allowOrigin: null,
      allowCredentials: null,
      contentLength: null,
      encoded: false,
      ...some,
    }) satisfies NetworkStep,
  end: (request: string, at: number, error = '') =>
    ({ kind: 'end', request, at, initiator: ORIGIN, error }) satisfies NetworkStep,
}

/** What pages report of fetches. */
export const fetchSeen = (handle: string, at: number, id = handle, already = false, storageKey = ORIGIN) =>
  eventAt(
    at,
    { type: 'fetch-seen', handle: handle as Handle, scope: `${ORIGIN}/`, id, already, attributes },
    storageKey,
  )

export const fetchSettled = (handle: string, at: number) =>
  eventAt(at, {
    type: 'settled',
    handle: handle as Handle,
    attributes: { ...attributes, result: 'failure', failureReason: 'fetch-error' },
  })

/** Records of requests for these URLs. */
export const recordsOf = (...urls: readonly string[]): FetchRecord[] =>
  urls.map((url, index) =>
    withoutResponse({
      index,
      method: 'GET',
      url: new URL(url, ORIGIN).href,
      state: 'pending',
      needsPreflight: null,
    }),
  )
