import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession } from 'puppeteer-core'
import { afterAll, beforeAll } from 'vitest'
import type { Bench } from '../support/harness'

export interface Downloads {
  /** Where they are put; it is removed at the end. */
  readonly folder: string
  /** Waits for the next one: what the browser would call it, and where it is. */
  next(): Promise<{ name: string; path: string }>
}

/** The files that the tests of a file download. */
export function useDownloads(bench: Bench): Downloads {
  let folder = ''
  let cdp: CDPSession | undefined
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'downloads-'))
    cdp = await bench.browser.target().createCDPSession()
    await cdp.send('Browser.setDownloadBehavior', {
      behavior: 'allowAndName',
      downloadPath: folder,
      eventsEnabled: true,
    })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  return {
    get folder() {
      return folder
    },
    next: () =>
      new Promise((resolve) => {
        let [guid, name] = ['', '']
        const begin = (download: { guid: string; suggestedFilename: string }) => {
          guid = download.guid
          name = download.suggestedFilename
        }
        const progress = (download: { guid: string; state: string }) => {
          if (download.guid !== guid || download.state !== 'completed') return
          cdp?.off('Browser.downloadWillBegin', begin)
          cdp?.off('Browser.downloadProgress', progress)
          resolve({ name, path: join(folder, guid) })
        }
        cdp?.on('Browser.downloadWillBegin', begin)
        cdp?.on('Browser.downloadProgress', progress)
      }),
  }
}
