import type { ProbeBody } from '../../protocol/probe-events'
import { registrationOf } from './dispatched'
import { native } from './natives'
import { attributeOf, list, now, slice, toText, uncurry } from './primordials'

/** Requests, and headers of each, that a message lists at most. */
const MAX = 20

type MatchAll = (this: object) => Promise<readonly object[]>
const scope = globalThis as {
  BackgroundFetchRegistration?: { prototype: { matchAll: MatchAll } }
  BackgroundFetchRecord?: { prototype: object }
  Request?: { prototype: object }
  Headers?: { prototype: Headers }
}
const method = scope.BackgroundFetchRegistration?.prototype.matchAll
const matchAll = method && uncurry(native(method, 'matchAll'))
const requestOf = attributeOf(scope.BackgroundFetchRecord?.prototype, 'request')
const methodOf = attributeOf(scope.Request?.prototype, 'method')
const urlOf = attributeOf(scope.Request?.prototype, 'url')
const headersOf = attributeOf(scope.Request?.prototype, 'headers')
const forEach = scope.Headers && uncurry(native(scope.Headers.prototype.forEach, 'forEach'))

type Requests = Extract<ProbeBody, { type: 'event-requests' }>

/** A message of all of them is short enough to be taken. */
const cut = (value: unknown, length: number) => slice(toText(value), 0, length)

/** Values of headers may be secrets: of them only the type of the body is taken. */
function describe(request: object): Requests['requests'][number] {
  const headers = list<string>()
  let contentType = ''
  forEach?.(headersOf(request) as Headers, (value, name) => {
    if (headers.length < MAX) headers[headers.length] = cut(name, 60)
    if (name === 'content-type') contentType = cut(value, 200)
  })
  return { method: cut(methodOf(request), 60), url: cut(urlOf(request), 1000), headers, contentType }
}

/**
 * Reads the requests of a fetch that failed before anything moved, as no page had the time to list it. Each reading makes
 * records of its own, whose responses are not looked at: what the script gets is not touched.
 */
export async function sendRequests(
  dispatched: ProbeBody,
  seen: Event,
  send: (body: ProbeBody, at: number) => void,
): Promise<void> {
  if (dispatched.type !== 'dispatched' || dispatched.name !== 'backgroundfetchfail' || !matchAll) return
  const { failureReason, downloaded, uploaded } = dispatched.attributes
  // An event that the script made may be dispatched any number of times.
  if (!dispatched.isTrusted || failureReason !== 'fetch-error' || downloaded > 0 || uploaded > 0) return
  try {
    const records = await matchAll(registrationOf(seen) as object)
    // Each fetch has a request: the event was over before they were read.
    if (records.length === 0) return
    const requests = list<Requests['requests'][number]>()
    for (let i = 0; i < records.length && i < MAX; i++) {
      const record = records[i]
      if (record) requests[i] = describe(requestOf(record) as object)
    }
    const { worker, event } = dispatched
    send({ type: 'event-requests', worker, event, total: records.length, requests }, now())
  } catch {
    // The event was over before they were read.
  }
}
