import type { Deletable } from '../../protocol/deletions'
import type { Handle } from '../../protocol/handle'
import type { PageBody } from '../../protocol/page-events'
import type { SeenRequest } from '../../protocol/seen-requests'
import type { BackgroundFetchRegistration } from './platform'

/** The part of a registration that is used here; lib.dom does not know all of it. */
export interface Registration {
  readonly scope: string
  readonly active: { postMessage(message: unknown): void } | null
  readonly installing: unknown
  readonly waiting: unknown
  readonly backgroundFetch?: {
    getIds(): Promise<readonly string[]>
    fetch(
      id: string,
      requests: readonly (string | Request)[],
      options: { readonly title: string; readonly downloadTotal?: number },
    ): Promise<BackgroundFetchRegistration>
  }
  getNotifications?(): Promise<readonly { readonly tag: string; readonly title: string; close(): void }[]>
  update(): Promise<unknown>
  unregister(): Promise<boolean>
}

/** What is needed of the page. */
export interface Page {
  readonly url: string
  readonly origin: string
  registrations(): Promise<readonly Registration[]>
  /** The one whose scope the page is in. */
  registration(): Promise<Registration | undefined>
  fetch(url: string, init: RequestInit): Promise<Response>
  /** The requests of a fetch, where all of them were seen. */
  requestsOf(handle: Handle): readonly SeenRequest[] | undefined
  /** A fetch was started here. */
  started(scope: string, fetch: BackgroundFetchRegistration): Promise<void>
  /** Reports what a person has had done here. */
  report(body: PageBody): void
  /** Something was deleted from the storage: later fetches are to be compared with what is there now. */
  itemDeleted(item: Deletable): void
}

/** The page that this script was injected into. */
export const thisPage = (bridge: Pick<Page, 'requestsOf' | 'started' | 'report' | 'itemDeleted'>): Page => ({
  ...bridge,
  url: location.href,
  origin: globalThis.origin,
  registrations: () =>
    navigator.serviceWorker.getRegistrations() as Promise<unknown> as Promise<readonly Registration[]>,
  registration: () =>
    navigator.serviceWorker.getRegistration() as Promise<unknown> as Promise<Registration | undefined>,
  fetch: (url, init) => fetch(url, init),
})
