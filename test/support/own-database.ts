import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { dist } from '../../scripts/browser/launch'
import { inExtension } from './trace'

/** The id that Chromium gives to an extension of this folder. */
const idOf = (folder: string): string =>
  [...createHash('sha256').update(folder).digest('hex').slice(0, 32)]
    .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
    .join('')

/** A page of the extension that runs none of its scripts. */
export async function openExtensionPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`chrome-extension://${idOf(dist)}/manifest.json`)
  return page
}

/** Puts a file where the folder of the extension's databases should be. */
export async function putFileForFolder(profile: string): Promise<void> {
  const folder = join(profile, 'Default', 'IndexedDB')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `chrome-extension_${idOf(dist)}_0.indexeddb.leveldb`), 'not a folder')
}

/** A database that can't be used, until it is made whole again. */
export interface Broken {
  heal(): Promise<void>
}

const evaluate = async (page: Page, script: string): Promise<void> => {
  await page.evaluate(`new Promise((resolve, reject) => {
    const done = (request) => { request.onsuccess = resolve; request.onerror = () => reject(request.error) }
    ${script}
  })`)
}

const closePage = (page: Page): Broken => ({ heal: () => page.close() })

/** Makes the database anew as an earlier version had it; the upgrade's function stays open for more. */
const CREATE_EARLIER_VERSION = `indexedDB.deleteDatabase('sessions')
      const opening = indexedDB.open('sessions', 2)
      opening.onupgradeneeded = () => {
        const store = opening.result.createObjectStore('batches', { autoIncrement: true })
        store.createIndex('tabId', 'tabId')
        for (const name of ['keeps', 'kept', 'keptPages']) opening.result.createObjectStore(name)`

/** Ways in which the extension's own database fails, and how it comes to work again. */
export const breaks = {
  async 'a newer version is on disk'(page: Page): Promise<Broken> {
    await evaluate(
      page,
      `indexedDB.open('sessions', 99).onsuccess = ({ target }) => (target.result.close(), resolve())`,
    )
    return {
      heal: () => evaluate(page, `done(indexedDB.deleteDatabase('sessions'))`),
    }
  },
  async 'an older version is held open by another page'(page: Page): Promise<Broken> {
    await evaluate(
      page,
      `${CREATE_EARLIER_VERSION}
      }
      opening.onsuccess = () => { globalThis.held = opening.result; resolve() }`,
    )
    return closePage(page)
  },
  async 'an upgrade never ends'(page: Page): Promise<Broken> {
    await evaluate(
      page,
      `${CREATE_EARLIER_VERSION}
        const again = () => { store.get(1).onsuccess = again }
        again()
        resolve()
      }`,
    )
    return closePage(page)
  },
  async 'a transaction never ends'(page: Page): Promise<Broken> {
    await evaluate(
      page,
      `const opening = indexedDB.open('sessions')
      opening.onsuccess = () => {
        const names = [...opening.result.objectStoreNames]
        const store = opening.result.transaction(names, 'readwrite').objectStore('batches')
        const again = () => { store.get(1).onsuccess = again }
        again()
        resolve()
      }`,
    )
    return closePage(page)
  },
} as const

/**
 * Lets every write of the extension's worker fail as on a full disk. It is put in the worker's own place, as Chromium
 * counts no quota against an extension.
 */
export async function refuseWrites(browser: Browser): Promise<Broken> {
  await inExtension(
    browser,
    `{
      const { add, put } = IDBObjectStore.prototype
      const full = () => { throw new DOMException('The disk is full.', 'QuotaExceededError') }
      globalThis.works = () => void Object.assign(IDBObjectStore.prototype, { add, put })
      Object.assign(IDBObjectStore.prototype, { add: full, put: full })
    }`,
  )
  return {
    async heal() {
      await inExtension(browser, 'globalThis.works()')
    },
  }
}
