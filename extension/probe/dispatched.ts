import type { FetchAttributes } from '../../protocol/attributes'
import type { BackgroundFetchEventName } from '../../protocol/event-names'
import type { ProbeBody } from '../../protocol/probe-events'
import type { Handlers } from './listeners'
import { found } from './natives'
import { attributeOf, bare, list, typeOf, uncurry } from './primordials'
import { underlying } from './wrap'

const scope = globalThis as {
  BackgroundFetchEvent?: { prototype: object }
  BackgroundFetchRegistration?: { prototype: object }
}
let readRegistration: ((event: object) => unknown) | undefined
/**
 * Takes the browser's getter before this probe wraps it.
 *
 * @throws `REPLACED` where the script has put one of its own in its place
 */
export function findRegistration(): void {
  if (found.registration) {
    readRegistration = uncurry(found.registration)
    return
  }
  readRegistration = attributeOf(scope.BackgroundFetchEvent?.prototype, 'registration', (getter) =>
    underlying(getter, 'get registration'),
  )
}
/** The fetch that an event is about. Throws for what is no `BackgroundFetchEvent`. */
export function registrationOf(event: object): unknown {
  if (!readRegistration) findRegistration()
  return readRegistration?.(event)
}
const cancelableOf = attributeOf(Event.prototype, 'cancelable')
const bubblesOf = attributeOf(Event.prototype, 'bubbles')
const names = [
  'uploadTotal',
  'uploaded',
  'downloadTotal',
  'downloaded',
  'result',
  'failureReason',
  'recordsAvailable',
] as const
/** '' while the fetch runs. */
export const resultOf = attributeOf(scope.BackgroundFetchRegistration?.prototype, 'result')
const idOf = attributeOf(scope.BackgroundFetchRegistration?.prototype, 'id')
const readers = list<(self: object) => unknown>()
for (let i = 0; i < names.length; i++) {
  readers[i] = attributeOf(scope.BackgroundFetchRegistration?.prototype, names[i] ?? '')
}

/**
 * The event's attributes and those of its fetch. https://wicg.github.io/background-fetch/#background-fetch-event
 *
 * @param late its listeners have returned
 */
export function describeEvent(
  event: Event,
  number: number,
  handlers: Handlers,
  { synthetic, late }: { readonly synthetic: boolean; readonly late: boolean },
): ProbeBody {
  const registration = registrationOf(event) as object
  const attributes = bare({}) as Record<string, unknown>
  for (let i = 0; i < names.length; i++) attributes[names[i] ?? ''] = readers[i]?.(registration)
  return {
    type: 'dispatched',
    worker: '',
    event: number,
    name: typeOf(event) as BackgroundFetchEventName,
    id: idOf(registration) as string,
    attributes: attributes as FetchAttributes,
    cancelable: cancelableOf(event) as boolean,
    bubbles: bubblesOf(event) as boolean,
    // The script can't redefine it.
    isTrusted: event.isTrusted,
    ...(synthetic ? { synthetic } : null),
    ...(late ? { late } : null),
    handlers: handlers.count,
    asynchronous: handlers.asynchronous,
    location: handlers.location,
  }
}
