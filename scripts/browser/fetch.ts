import type { Page } from 'puppeteer-core'

export interface NewFetch {
  readonly id: string
  readonly bytes: number
  /** Bytes per second that the demo sends. */
  readonly rate: number
  /** Name of the file, which is seen among the records. */
  readonly file?: string
}

/** What the page may do with a fetch; TypeScript's own libraries lack it. */
interface Manager {
  fetch(id: string, requests: readonly string[], options: { downloadTotal: number }): Promise<unknown>
}

/** Starts a background fetch in the page, as the page itself would. */
export async function startRequests(
  page: Page,
  id: string,
  urls: readonly string[],
  downloadTotal = 0,
): Promise<void> {
  await page.evaluate(
    async (id, urls, downloadTotal) => {
      const registration: unknown = await navigator.serviceWorker.ready
      const { backgroundFetch } = registration as { backgroundFetch: Manager }
      await backgroundFetch.fetch(id, urls, { downloadTotal })
    },
    id,
    urls,
    downloadTotal,
  )
}

/** Starts a background fetch of one paced file of the demo. */
export const startFetch = (page: Page, { id, bytes, rate, file = id }: NewFetch): Promise<void> =>
  startRequests(page, id, [`/media/${file}.wav?size=${bytes}&rate=${rate}`], bytes)
