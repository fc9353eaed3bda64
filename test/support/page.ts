/// <reference path="../../demo/site/background-fetch.d.ts" />
import type { Frame, Page } from 'puppeteer-core'

interface WorkerOptions {
  /** How the demo's worker treats an abort; see demo/site/handlers. */
  readonly handler?: string
  readonly scope?: string
  readonly script?: string
}

/** Registers the demo's worker, as the demo's own page does, and waits until it is active. */
export async function registerWorker(page: Page | Frame, options: WorkerOptions = {}): Promise<void> {
  const { handler = 'discard', scope = '/', script = '/sw.js' } = options
  await page.evaluate(
    async (url, scope) => {
      const registration = await navigator.serviceWorker.register(url, { scope, type: 'module' })
      const worker = registration.installing ?? registration.waiting
      if (!worker) return
      await new Promise<void>((resolve) => {
        worker.addEventListener('statechange', () => worker.state === 'activated' && resolve())
        if (worker.state === 'activated') resolve()
      })
    },
    `${script}?handler=${handler}`,
    scope,
  )
}

/** Adds a frame to the page, and waits for it. */
export async function addFrame(page: Page, url: string): Promise<Frame> {
  await page.evaluate((url) => {
    const frame = document.createElement('iframe')
    frame.src = url
    document.body.append(frame)
  }, url)
  return page.waitForFrame((frame) => frame.url() === url)
}

export interface Media {
  /** Bytes. */
  readonly size?: number
  /** Bytes per second; 0 is as fast as it goes. */
  readonly rate?: number
  readonly [parameter: string]: number | undefined
}

/** The address of a sound of the demo. What is not said makes a fetch that outlasts every test. */
export function media(name: string, options: Media = {}): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries({ size: 60_000_000, rate: 300_000, ...options })) {
    query.set(key, String(value))
  }
  return `/media/${name}.wav?${query}`
}

export interface FetchOptions extends BackgroundFetchOptions {
  readonly scope?: string
}

/** Starts a fetch as a page does; rejects when the browser refuses it. */
export async function startFetch(
  page: Page | Frame,
  id: string,
  urls: readonly string[] = [media('sound')],
  options: FetchOptions = {},
): Promise<void> {
  const { scope = '/', ...rest } = options
  await page.evaluate(
    async (id, urls, scope, options) => {
      const all = await navigator.serviceWorker.getRegistrations()
      const registration = all.find((candidate) => new URL(candidate.scope).pathname === scope)
      await registration?.backgroundFetch.fetch(id, [...urls], options)
    },
    id,
    urls,
    scope,
    rest,
  )
}

/** Ends a fetch as a page does. */
export async function abortInPage(page: Page | Frame, id: string): Promise<void> {
  await page.evaluate(async (id) => {
    const registration = await navigator.serviceWorker.ready
    await (await registration.backgroundFetch.get(id))?.abort()
  }, id)
}

/**
 * Starts a fetch that may be over in a moment, and lets it begin only when `seen` has resolved: until then
 * it is queued behind a longer one of the same origin.
 */
export async function startWhenSeen(
  page: Page,
  id: string,
  urls: readonly string[],
  seen: () => Promise<unknown>,
  options: FetchOptions = {},
): Promise<void> {
  const front = `in front of ${id}`
  await startFetch(page, front)
  await startFetch(page, id, urls, options)
  await seen()
  await abortInPage(page, front)
}

/**
 * Takes the network from a page and sets its `navigator.onLine`, as DevTools' own Offline does. Puppeteer's `setOfflineMode()` does
 * nothing in a browser that was launched with `networkEnabled: false`.
 */
export async function onlineSwitch(page: Page): Promise<(online: boolean) => Promise<void>> {
  const cdp = await page.createCDPSession()
  await cdp.send('Network.enable')
  return (online) =>
    cdp.send('Network.emulateNetworkConditions', {
      offline: !online,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    })
}
