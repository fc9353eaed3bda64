// The Background Fetch API as the specification has it; TypeScript's own libraries lack it.

type BackgroundFetchFailureReason =
  | ''
  | 'aborted'
  | 'bad-status'
  | 'fetch-error'
  | 'quota-exceeded'
  | 'download-total-exceeded'

interface BackgroundFetchOptions {
  title?: string
  icons?: { src: string; sizes?: string; type?: string; label?: string }[]
  downloadTotal?: number
}

interface BackgroundFetchManager {
  fetch(
    id: string,
    requests: RequestInfo | RequestInfo[],
    options?: BackgroundFetchOptions,
  ): Promise<BackgroundFetchRegistration>
  get(id: string): Promise<BackgroundFetchRegistration | undefined>
  getIds(): Promise<string[]>
}

interface BackgroundFetchRecord {
  readonly request: Request
  readonly responseReady: Promise<Response>
}

interface BackgroundFetchRegistration extends EventTarget {
  readonly id: string
  readonly uploadTotal: number
  readonly uploaded: number
  readonly downloadTotal: number
  readonly downloaded: number
  readonly result: '' | 'success' | 'failure'
  readonly failureReason: BackgroundFetchFailureReason
  readonly recordsAvailable: boolean
  abort(): Promise<boolean>
  match(request: RequestInfo): Promise<BackgroundFetchRecord | undefined>
  matchAll(request?: RequestInfo): Promise<BackgroundFetchRecord[]>
}

interface BackgroundFetchEvent extends ExtendableEvent {
  readonly registration: BackgroundFetchRegistration
}

interface BackgroundFetchUpdateUIEvent extends BackgroundFetchEvent {
  updateUI(options: { title?: string; icons?: { src: string }[] }): Promise<void>
}

interface ServiceWorkerRegistration {
  readonly backgroundFetch: BackgroundFetchManager
}

interface ServiceWorkerGlobalScopeEventMap {
  backgroundfetchabort: BackgroundFetchEvent
  backgroundfetchclick: BackgroundFetchEvent
  backgroundfetchfail: BackgroundFetchUpdateUIEvent
  backgroundfetchsuccess: BackgroundFetchUpdateUIEvent
}

interface ServiceWorkerGlobalScope {
  onbackgroundfetchabort: ((event: BackgroundFetchEvent) => unknown) | null
  readonly serviceWorker: ServiceWorker
}
