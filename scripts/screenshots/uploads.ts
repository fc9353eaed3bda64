import type { Frame, Page } from 'puppeteer-core'
import { startRequests } from '../browser/fetch'
import type { Scene } from './scene'
import { home, said, select } from './steps'

/** Starts a fetch that sends so many bytes, and gets a file after that. */
const startUpload = (page: Page, id: string, url: string, bytes: number) =>
  page.evaluate(
    async (id, url, bytes) => {
      const registration: unknown = await navigator.serviceWorker.ready
      const { backgroundFetch } = registration as {
        backgroundFetch: { fetch(id: string, requests: readonly Request[]): Promise<unknown> }
      }
      const body = new Blob(['x'.repeat(bytes)])
      await backgroundFetch.fetch(id, [new Request(url, { method: 'POST', body })])
    },
    id,
    url,
    bytes,
  )

/** Chromium crashes when a fetch is aborted while its body is being sent; see docs/chromium.md. */
const untilAnswered = (panel: Frame) => said(panel, /success[\s\S]*answered/)

/** Fetches that send bodies, and one of whose requests has failed while another goes on. */
export const uploads: readonly Scene[] = [
  {
    name: 'upload-sending',
    url: home,
    async play(page, panel) {
      await startUpload(page, 'field-recording', '/upload?rate=3000000', 30_000_000)
      await said(panel, /uploading/)
      await select(panel, 'field-recording')
    },
    leave: untilAnswered,
  },
  {
    name: 'upload-response',
    url: home,
    async play(page, panel) {
      await startUpload(page, 'field-recording', '/upload?rate=40000', 400_000)
      await said(panel, /no response yet/)
      await select(panel, 'field-recording')
    },
    leave: untilAnswered,
  },
  {
    name: 'upload-ended',
    url: home,
    async play(page, panel) {
      await startUpload(page, 'field-recording', '/upload?rate=4000000', 2_000_000)
      await said(panel, /answered/)
      await select(panel, 'field-recording')
    },
  },
  {
    name: 'responses-failed',
    url: home,
    async play(page, panel) {
      const other = page.url().replace('localhost', '127.0.0.1')
      await startRequests(page, 'salt-roads', [
        `${other}media/chapter-2.wav?size=2000`,
        '/media/chapter-1.wav?size=9000000&rate=300000',
      ])
      await said(panel, /1 failed/)
      await select(panel, 'salt-roads')
    },
  },
  {
    name: 'fetch-error',
    url: home,
    async play(page, panel) {
      const other = page.url().replace('localhost', '127.0.0.1')
      await startRequests(page, 'salt-roads', [`${other}media/chapter-2.wav?size=2000`])
      await said(panel, /fetch-error/)
      await select(panel, 'salt-roads')
      await said(panel, /no response/)
    },
  },
]
