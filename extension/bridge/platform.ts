import type { FetchAttributes } from '../../protocol/attributes'
import type { Permission } from '../../protocol/page-events'

/** https://wicg.github.io/background-fetch/#background-fetch-record */
export interface BackgroundFetchRecord {
  readonly request: Request
  readonly responseReady: Promise<Response>
}

/** https://wicg.github.io/background-fetch/#background-fetch-registration */
export interface BackgroundFetchRegistration extends EventTarget, Readonly<FetchAttributes> {
  readonly id: string
  abort(): Promise<boolean>
  matchAll(): Promise<readonly BackgroundFetchRecord[]>
}

/** https://wicg.github.io/background-fetch/#background-fetch-manager */
export interface BackgroundFetchManager {
  get(id: string): Promise<BackgroundFetchRegistration | undefined>
  getIds(): Promise<readonly string[]>
}

/** The part of `ServiceWorkerRegistration` that the watcher reads. */
export interface Registration {
  readonly scope: string
  readonly backgroundFetch?: BackgroundFetchManager
  getNotifications?(): Promise<readonly { readonly tag: string; readonly title: string }[]>
}

/** What the watcher needs of the frame that it runs in. What is done there for a person needs `Page` (`page.ts`). */
export interface Platform {
  readonly url: string
  readonly top: boolean
  readonly secure: boolean
  readonly supported: boolean
  /** `navigator.onLine` */
  readonly online: boolean
  getRegistrations(): Promise<readonly Registration[]>
  /** Asks the browser each time. */
  permission(): Promise<Permission>
}

/** The frame that this script was injected into. */
export function framePlatform(): Platform {
  return {
    get url() {
      return location.href
    },
    top: window === window.top,
    // A sandboxed frame's location.origin is that of its address; this one is what the browser goes by.
    secure: isSecureContext && globalThis.origin !== 'null',
    supported: 'BackgroundFetchManager' in globalThis && 'serviceWorker' in navigator,
    get online() {
      return navigator.onLine
    },
    getRegistrations: () =>
      navigator.serviceWorker.getRegistrations() as Promise<readonly unknown[]> as Promise<
        readonly Registration[]
      >,
    async permission() {
      try {
        // A status of this permission keeps the state that it had when it was asked for. lib.dom does not know the name.
        const { state } = await navigator.permissions.query({ name: 'background-fetch' as PermissionName })
        return state
      } catch {
        return 'unknown'
      }
    },
  }
}
