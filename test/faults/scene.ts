import type { Browser, Frame, Page } from 'puppeteer-core'
import type { Tab } from '../support/harness'
import { addFrame, registerWorker } from '../support/page'
import { waitForRow } from '../support/panel'
import { type Site, startSite } from '../support/site'
import { waitForWorker } from '../support/trace'
import { startWitness, type Witness } from './witness'

/** Where faults happen: the tests' common browser, or one that a fault may end. */
export interface Host {
  readonly browser: Browser
  openPage(url: string): Promise<Page>
  openTab(url: string): Promise<Tab>
  openNewTab(url: string): Promise<Tab>
  reopen(tab: Tab): Promise<Tab>
  /** Ends it, where no other test uses it. */
  close?(): Promise<void>
}

/** A site with fetches, a tab with the panel on it, and what a fault may replace of them. */
export interface Scene {
  host: Host
  site: Site
  readonly witness: Witness
  tab: Tab
  /** The document whose fetches they are: the tab's page, or a frame in it. */
  document: Page | Frame
  /** Another page of the site, which no panel is open on; it acts where the tab's page can't. */
  other: Page
  /** Ended when the case is over. */
  readonly leftovers: (() => Promise<unknown>)[]
}

/** High enough for the rows of five traced fetches. */
const WINDOW = { width: 1300, height: 4500 }

/** Registers the worker of test/fixtures/faults.js, in the version that is named, and waits until it is active. */
export const registerSite = (page: Page | Frame, witness: Witness, version = 1): Promise<void> =>
  registerWorker(page, { script: '/faults.js', handler: parametersOf(witness, version) })

/** Where its handlers report to, and what makes it another script than the version before. */
export const parametersOf = (witness: Witness, version: number): string =>
  `${encodeURIComponent(witness.url)}&version=${version}`

/** Shows the whole log of the tab. */
export const showAll = (tab: Tab): Promise<void> => tab.devtools.setViewport(WINDOW)

export interface SceneOptions {
  /** The site is in a frame of another one. */
  readonly framed?: boolean
  /** No other test may get this tab. */
  readonly newTab?: boolean
  /** Runs before the tab is opened. */
  readonly before?: (host: Host) => Promise<unknown>
}

/** Opens a tab with the panel on a site whose worker is traced and whose storage is known. */
export async function openScene(host: Host, options: SceneOptions = {}): Promise<Scene> {
  const { framed = false, newTab = false, before } = options
  const [site, witness] = [await startSite(), await startWitness()]
  const leftovers = [() => site.close(), () => witness.close()]
  await before?.(host)
  let around: Site | undefined
  if (framed) {
    around = await startSite()
    leftovers.push(around.close)
  }
  const tab = await (newTab ? host.openNewTab : host.openTab)((around ?? site).url)
  await showAll(tab)
  const document = framed ? await addFrame(tab.page, site.url) : tab.page
  await registerSite(document, witness)
  await waitForWorker(tab.panel)
  await waitForRow(tab.panel, { source: 'storage', name: 'Storage baseline taken' })
  const other = await host.openPage(site.url)
  return { host, site, witness, tab, document, other, leftovers }
}

/** Starts a fetch as a site does that writes a row about it first. */
export async function startWithRow(document: Page | Frame, id: string): Promise<void> {
  await document.evaluate(async (id) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('notes')
      opening.onupgradeneeded = () => opening.result.createObjectStore('fetches', { keyPath: 'id' })
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    await new Promise((resolve, reject) => {
      const tx = db.transaction('fetches', 'readwrite')
      tx.objectStore('fetches').put({ id })
      tx.oncomplete = resolve
      tx.onerror = reject
    })
    db.close()
    // `ready` stays what it was when all registrations were taken away.
    const registration = await navigator.serviceWorker.getRegistration()
    await registration?.backgroundFetch.fetch(id, ['/endless'])
  }, id)
}
