/*
 * What runs in the inspected page by `chrome.devtools.inspectedWindow.eval()`, as text: nothing from outside of a function can
 * be used in it. The answer of `eval()` does not wait for promises, so each leaves what it found for the next reading.
 */

interface Fetch {
  readonly id: string
  readonly uploaded: number
  readonly uploadTotal: number
  readonly downloaded: number
  readonly downloadTotal: number
  abort(): Promise<boolean>
}

interface Registration {
  readonly scope: string
  readonly backgroundFetch?: {
    getIds(): Promise<readonly string[]>
    get(id: string): Promise<Fetch | undefined>
  }
}

/**
 * Takes what was read before, as JSON or '', and reads the page's active background fetches anew.
 *
 * @param name where what was read is left: the property of a symbol, which is there for a second at a time
 */
export function readFetches(name: string): string {
  const key = Symbol.for(name)
  const before = Object.getOwnPropertyDescriptor(globalThis, key)?.value
  Reflect.deleteProperty(globalThis, key)
  const leave = (answer: object) =>
    Object.defineProperty(globalThis, key, { value: JSON.stringify(answer), configurable: true })
  const read = async () => {
    const registrations: readonly Registration[] = isSecureContext
      ? ((await navigator.serviceWorker?.getRegistrations()) ?? [])
      : []
    const fetches: object[] = []
    for (const { scope, backgroundFetch } of registrations) {
      for (const id of (await backgroundFetch?.getIds()) ?? []) {
        // An ID that the browser can't encode is listed as '', which `get()` does not take.
        if (id === '') continue
        const found = await backgroundFetch?.get(id)
        if (!found) continue
        const { uploaded, uploadTotal, downloaded, downloadTotal } = found
        fetches.push({ scope, id, uploaded, uploadTotal, downloaded, downloadTotal })
      }
    }
    return { url: location.href, fetches }
  }
  read().then(leave, (error) => leave({ error: String(error) }))
  return typeof before === 'string' ? before : ''
}

/**
 * Aborts a background fetch of the page. What `abort()` answers is left for `takeAnswers()`.
 *
 * @param name where it is left
 */
export function abortFetch(name: string, scope: string, id: string): void {
  const key = Symbol.for(name)
  const leave = (answer: string) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, key)?.value
    const answers = typeof before === 'string' ? JSON.parse(before) : []
    const value = JSON.stringify([...answers, { scope, id, answer }])
    Object.defineProperty(globalThis, key, { value, configurable: true })
  }
  const abort = async () => {
    const registrations: readonly Registration[] = await navigator.serviceWorker.getRegistrations()
    const registration = registrations.find((one) => one.scope === scope)
    const found = await registration?.backgroundFetch?.get(id)
    return found ? found.abort() : false
  }
  abort().then(
    (aborted) => leave(String(aborted)),
    (error) => leave(`rejected: ${error}`),
  )
}

/**
 * Takes what the calls of `abort()` have answered since the last time, as JSON or ''.
 *
 * @param name where they were left
 */
export function takeAnswers(name: string): string {
  const key = Symbol.for(name)
  const before = Object.getOwnPropertyDescriptor(globalThis, key)?.value
  Reflect.deleteProperty(globalThis, key)
  return typeof before === 'string' ? before : ''
}
