import type { Handle } from '../../../protocol/handle'
import type { Began, PageBody } from '../../../protocol/page-events'
import { MAX_TEXT } from '../../../protocol/page-events'
import { now } from '../../../wire/clock'
import type { BackgroundFetchRegistration, Registration } from '../platform'
import { cut, snapshot } from '../snapshot'
import { watchProgress } from './no-progress'

/** How often `recordsAvailable` is read once a fetch has settled, in milliseconds; reading it costs no IPC. */
const RELEASE_POLL = 5

/** No end was seen: its worker was unregistered, or the browser lists it no longer. */
type Vanished = 'unregistered' | 'not-listed'

/** A stage in the lifecycle of a fetch: seen first, settled, and the worker's event over; or what came instead of an end. */
export type Stage = 'seen' | 'settled' | 'over' | Vanished

export interface Follow {
  readonly handle: Handle
  /** The registration of the service worker that it belongs to. */
  readonly owner: Registration
  readonly scope: string
  readonly id: string
  readonly registration: BackgroundFetchRegistration
  /** Its end was seen. */
  readonly settled: boolean
  /**
   * It is over, and its object was never notified of the end: it ended between the answer of `get()` and the
   * subscription that the browser makes for the object. Such an object has no result for ever, and still hears that its
   * records are released.
   */
  readonly endUnheard: boolean
  /** Nothing more will be reported. */
  readonly stopped: boolean
  /** Reports, once, that it is not listed any more and that no end was seen. */
  vanish(reason: Vanished): void
  stop(): void
}

/** When a fetch began, as far as that is known of one that is found. */
export interface Found {
  /** It ran before it was looked for. */
  readonly already: boolean
  readonly began: Began
}

/** Who hears of what becomes of a fetch, and who knows of its worker. */
export interface FollowContext {
  emit(body: PageBody, at?: number): void
  reached?(stage: Stage, followed: Follow, already: boolean): void
  /** Whether its worker is still registered; without it nothing is said of that. */
  isRegistered?(): Promise<boolean>
  /** `navigator.onLine` now. */
  online?(): boolean
}

/**
 * Follows one fetch by its live object: each `progress` event, the one that carries the result, and the
 * moment its records are released, which is when the service worker's event for the end is over. The object is held
 * until then: the browser lets an object that only has a listener go, and its events with it.
 */
export function follow(
  registration: BackgroundFetchRegistration,
  owner: Registration,
  handle: Handle,
  { already, began }: Found,
  { emit, reached = () => {}, isRegistered = async () => true, online = () => true }: FollowContext,
): Follow {
  let settled = false
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** When its records were available for certain for the last time. */
  let available = now()

  const stop = () => {
    stopped = true
    clearTimeout(timer)
    watched.stop()
    registration.removeEventListener('progress', onProgress)
  }

  const checkRelease = () => {
    if (stopped) return
    const at = now()
    if (registration.recordsAvailable) {
      available = at
      timer = setTimeout(checkRelease, RELEASE_POLL)
      return
    }
    void released(at)
  }

  /** The browser releases the records of an unregistered worker too, whose event it may never have fired. */
  const released = async (at: number) => {
    const registered = await isRegistered().catch(() => true)
    if (stopped) return
    const event = { type: 'event-over', handle, uncertainty: at - available } as const
    emit(registered ? event : { ...event, unregistered: true }, at)
    stop()
    reached('over', followed, already)
  }

  const settle = () => {
    if (settled) return
    settled = true
    watched.stop()
    const at = now()
    emit({ type: 'settled', handle, attributes: snapshot(registration) }, at)
    reached('settled', followed, already)
    checkRelease()
  }

  const onProgress = () => {
    if (registration.result !== '') return settle()
    available = now()
    emit({ type: 'progress', handle, attributes: snapshot(registration) })
    watched.progress()
  }

  const followed: Follow = {
    handle,
    owner,
    scope: owner.scope,
    id: registration.id,
    registration,
    get settled() {
      return settled
    },
    get endUnheard() {
      return !settled && registration.result === '' && !registration.recordsAvailable
    },
    get stopped() {
      return stopped
    },
    vanish(reason) {
      if (stopped) return
      if (!settled && registration.result !== '') settle()
      if (settled) return
      emit({ type: 'fetch-gone', handle, reason })
      stop()
      reached(reason, followed, already)
    },
    stop,
  }

  const watched = watchProgress(registration, () => emit({ type: 'no-progress', handle, online: online() }))
  registration.addEventListener('progress', onProgress)
  emit({
    type: 'fetch-seen',
    handle,
    scope: cut(owner.scope, MAX_TEXT),
    id: cut(registration.id, MAX_TEXT),
    attributes: snapshot(registration),
    already,
    began,
  })
  reached('seen', followed, already)
  // The end may have come between get() and the listener.
  if (registration.result !== '') settle()
  return followed
}
