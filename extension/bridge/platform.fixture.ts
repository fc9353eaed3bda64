import { getEventListeners } from 'node:events'
import type { FetchAttributes } from '../../protocol/attributes'
import type { Permission } from '../../protocol/page-events'
import type { BackgroundFetchRecord, BackgroundFetchRegistration, Platform, Registration } from './platform'

/** One fetch as the browser keeps it, beside the objects that a page holds of it. For tests. */
export class FakeFetch {
  readonly objects: FakeRegistration[] = []
  /** It is in `getIds()`; over as soon as the fetch ends, which the objects hear later. */
  active = true
  unregistered = false
  attributes: FetchAttributes

  constructor(
    readonly id: string,
    readonly records: readonly BackgroundFetchRecord[],
    totals: Partial<Pick<FetchAttributes, 'downloadTotal' | 'uploadTotal'>>,
  ) {
    this.attributes = {
      uploadTotal: 0,
      uploaded: 0,
      downloadTotal: 0,
      downloaded: 0,
      result: '',
      failureReason: '',
      recordsAvailable: true,
      ...totals,
    }
  }

  /** A new live object, as `get()` makes one for each call. */
  object(): FakeRegistration {
    const object = new FakeRegistration(this)
    this.objects.push(object)
    return object
  }

  progress(downloaded: number, uploaded = this.attributes.uploaded): void {
    if (!this.active) throw new Error('An ended fetch makes no progress.')
    this.#change({ downloaded, uploaded })
  }

  /** @param late milliseconds until the objects hear of it */
  succeed(late = 0): void {
    this.#end({ result: 'success', downloaded: this.attributes.downloadTotal }, late)
  }

  fail(failureReason: FetchAttributes['failureReason'], late = 0): void {
    this.#end({ result: 'failure', failureReason }, late)
  }

  async abort(): Promise<boolean> {
    if (!this.active) return false
    this.active = false
    // The answer comes first, then the event.
    queueMicrotask(() =>
      setTimeout(() => this.#change({ result: 'failure', failureReason: 'aborted', downloaded: 0 }), 0),
    )
    return true
  }

  /** The worker's event for the end is over; no event reports. */
  release(): void {
    this.attributes = { ...this.attributes, recordsAvailable: false }
  }

  /** It ends before the browser notifies the objects that `get()` has just answered with: they never hear of it. */
  endUnheard(): void {
    this.active = false
  }

  /** Its service worker is unregistered: it ends, and nobody is ever notified. */
  unregister(): void {
    this.active = false
    this.unregistered = true
  }

  get listeners(): number {
    return this.objects.reduce((sum, object) => sum + getEventListeners(object, 'progress').length, 0)
  }

  #end(change: Partial<FetchAttributes>, late: number): void {
    if (!this.active) throw new Error('A fetch ends once.')
    this.active = false
    if (late === 0) this.#change(change)
    else setTimeout(() => this.#change(change), late)
  }

  #change(change: Partial<FetchAttributes>): void {
    if (this.unregistered) return
    this.attributes = { ...this.attributes, ...change }
    for (const object of this.objects) object.dispatchEvent(new Event('progress'))
  }
}

class FakeRegistration extends EventTarget implements BackgroundFetchRegistration {
  readonly #fetch: FakeFetch
  constructor(fetch: FakeFetch) {
    super()
    this.#fetch = fetch
  }
  get id() {
    return this.#fetch.id
  }
  get uploadTotal() {
    return this.#fetch.attributes.uploadTotal
  }
  get uploaded() {
    return this.#fetch.attributes.uploaded
  }
  get downloadTotal() {
    return this.#fetch.attributes.downloadTotal
  }
  get downloaded() {
    return this.#fetch.attributes.downloaded
  }
  get result() {
    return this.#fetch.attributes.result
  }
  get failureReason() {
    return this.#fetch.attributes.failureReason
  }
  get recordsAvailable() {
    return this.#fetch.attributes.recordsAvailable
  }
  abort() {
    return this.#fetch.abort()
  }
  async matchAll() {
    if (!this.recordsAvailable) {
      throw new DOMException(
        'The records associated with this background fetch are no longer available.',
        'InvalidStateError',
      )
    }
    return this.#fetch.records
  }
}

/** A frame with service worker registrations, whose browser the test plays. For tests. */
export class FakePlatform implements Platform {
  url = 'https://pod.example/'
  top = true
  secure = true
  supported = true
  online = true
  answer: Permission = 'granted'
  /** What `getRegistrations()` rejects with. */
  refuses: Error | undefined
  /** What `getRegistrations()` waits for. */
  hold: Promise<void> | undefined
  /** Something that happens after `get()` has found a fetch and before its caller gets it. */
  beforeGot: ((fetch: FakeFetch) => void) | undefined
  /** What `getIds()` and `get()` reject with. */
  fails: { readonly getIds?: () => Error; readonly get?: (id: string) => Error | undefined } = {}
  looks = 0
  /** Calls of `getIds()`. */
  listings = 0
  readonly #scopes = new Map<string, FakeFetch[]>()

  register(scope: string): void {
    this.#scopes.set(scope, [])
  }

  unregister(scope: string): void {
    for (const fetch of this.#scopes.get(scope) ?? []) if (fetch.active) fetch.unregister()
    this.#scopes.delete(scope)
  }

  start(
    scope: string,
    id: string,
    totals: Partial<Pick<FetchAttributes, 'downloadTotal' | 'uploadTotal'>> = {},
    records: readonly BackgroundFetchRecord[] = [],
  ): FakeFetch {
    const fetches = this.#scopes.get(scope)
    if (!fetches) throw new Error('No such scope.')
    if (fetches.some((fetch) => fetch.active && fetch.id === id)) throw new TypeError('The id is in use.')
    const fetch = new FakeFetch(id, records, totals)
    fetches.push(fetch)
    return fetch
  }

  async getRegistrations(): Promise<Registration[]> {
    this.looks++
    await this.hold
    if (this.refuses) throw this.refuses
    return [...this.#scopes].map(([scope, fetches]) => ({
      scope,
      backgroundFetch: {
        getIds: async () => {
          this.listings++
          if (this.fails.getIds) throw this.fails.getIds()
          return fetches.filter((fetch) => fetch.active).map((fetch) => fetch.id)
        },
        get: async (id: string) => {
          const problem = this.fails.get?.(id)
          if (problem) throw problem
          const fetch = fetches.find((fetch) => fetch.active && fetch.id === id)
          const object = fetch?.object()
          if (fetch) this.beforeGot?.(fetch)
          return object
        },
      },
    }))
  }

  async permission(): Promise<Permission> {
    return this.answer
  }

  /** Listeners on all objects of all fetches. */
  get fetchListeners(): number {
    return [...this.#scopes.values()].flat().reduce((sum, fetch) => sum + fetch.listeners, 0)
  }
}
