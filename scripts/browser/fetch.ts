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

/** Starts a background fetch of one paced file of the demo, in the page and as the page itself would. */
export async function startFetch(page: Page, { id, bytes, rate, file = id }: NewFetch): Promise<void> {
  await page.evaluate(
    async (id, url, downloadTotal) => {
      const registration: unknown = await navigator.serviceWorker.ready
      const { backgroundFetch } = registration as { backgroundFetch: Manager }
      await backgroundFetch.fetch(id, [url], { downloadTotal })
    },
    id,
    `/media/${file}.wav?size=${bytes}&rate=${rate}`,
    bytes,
  )
}
