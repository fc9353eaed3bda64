import type { Page } from 'puppeteer-core'

/** What a page and its worker saw, line by line. */
export interface Seen {
  readonly page: string[]
  readonly worker: string[]
}

/** Registers the worker, and starts a fetch. Runs in a page that has walk.js. */
export const begin = (page: Page, script: string, type: WorkerType): Promise<void> =>
  page.evaluate(
    async (script, type) => {
      const log: string[] = []
      Object.assign(globalThis, { log })
      for (const name of ['error', 'unhandledrejection', 'storage', 'securitypolicyviolation']) {
        addEventListener(name, (event) => log.push(event.type))
      }
      navigator.serviceWorker.addEventListener('controllerchange', () => log.push('controllerchange'))
      navigator.serviceWorker.addEventListener('message', () => log.push('message'))
      new PerformanceObserver((list) => {
        for (const { name } of list.getEntries()) log.push(`resource ${new URL(name).pathname}`)
      }).observe({ type: 'resource' })
      localStorage.setItem('own', '1')
      const registration = await navigator.serviceWorker.register(script, { type })
      registration.addEventListener('updatefound', () => log.push('updatefound'))
      await navigator.serviceWorker.ready
      const fetch = await registration.backgroundFetch.fetch('own', ['/endless'])
      Object.assign(globalThis, { fetch: undefined, own: fetch })
    },
    script,
    type,
  )

/** Aborts the fetch, and waits until the event for it is over. */
export const end = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { log, own } = globalThis as unknown as { log: string[]; own: BackgroundFetchRegistration }
    own.addEventListener('progress', () => {
      if (own.result) log.push(`progress ${own.result} ${own.failureReason} ${own.recordsAvailable}`)
    })
    log.push(`abort ${await own.abort()}`)
    while (own.recordsAvailable) await new Promise((resolve) => setTimeout(resolve, 10))
    log.push(`again ${await own.abort()}`)
  })

/** What they have seen, and what is there now. */
export const seenBy = (page: Page): Promise<Seen> =>
  page.evaluate(async () => {
    const { log, walk, stacks } = globalThis as unknown as {
      log: string[]
      walk(): string[]
      stacks(): string[]
    }
    const { active, backgroundFetch } = await navigator.serviceWorker.ready
    const { port1, port2 } = new MessageChannel()
    const worker = await new Promise<string[]>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data)
      active?.postMessage('look', [port2])
    })
    const directory = await navigator.storage.getDirectory()
    const files: string[] = []
    for await (const name of directory.keys()) files.push(name)
    const registrations = await navigator.serviceWorker.getRegistrations()
    const there = [
      ['fetches', await backgroundFetch.getIds()],
      ['caches', await caches.keys()],
      ['databases', (await indexedDB.databases()).map(({ name }) => name)],
      ['files', files],
      ['local', Object.keys(localStorage)],
      ['session', Object.keys(sessionStorage)],
      ['cookies', document.cookie],
      ['scopes', registrations.map(({ scope }) => new URL(scope).pathname)],
      ['frames', window.length],
      ['sheets', document.styleSheets.length + document.adoptedStyleSheets.length],
      ['html', document.documentElement.outerHTML],
      ['focus', document.activeElement?.localName],
      ['locks', JSON.stringify(await navigator.locks.query())],
    ].map((what) => what.join(' '))
    return { page: [...log, ...there, ...walk(), ...stacks()], worker }
  })
