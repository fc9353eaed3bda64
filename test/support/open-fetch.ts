import type { Bench } from './harness'
import { type FetchOptions, media, registerWorker, startFetch } from './page'
import { waitForLive, waitForRow } from './panel'
import { pressAbort } from './press'
import type { LiveRow } from './rows'
import type { Tab } from './tab'
import { setTrace, waitForWorker } from './trace'

interface Scene extends FetchOptions {
  /** How the demo's worker treats an abort; see demo/site/handlers. */
  readonly handler?: string
  readonly urls?: readonly string[]
  /** What the table has to say of the fetch before the test goes on. */
  readonly until?: (row: LiveRow) => boolean
}

/** Opens a page with a worker, and the panel on it. */
export async function openWithWorker(bench: Bench, handler = 'discard'): Promise<Tab> {
  const tab = await bench.openTab('/blank.html')
  await registerWorker(tab.page, { handler })
  return tab
}

/**
 * Opens a page with a worker, and the panel on it, starts a fetch there and waits until the table lists it.
 *
 * @returns the tab, and the fetch's row
 */
export async function openFetch(
  bench: Bench,
  id: string,
  { handler = 'discard', urls = [media('sound')], until, ...options }: Scene = {},
): Promise<Tab & { readonly row: LiveRow }> {
  const tab = await openWithWorker(bench, handler)
  await startFetch(tab.page, id, urls, options)
  return { ...tab, row: await waitForLive(tab.panel, id, until) }
}

/** The same with a fetch that was aborted in the panel. */
export async function openAborted(bench: Bench, id: string): Promise<Tab> {
  const tab = await openFetch(bench, id)
  await pressAbort(tab.panel, id)
  await waitForRow(tab.panel, { fetch: id, name: 'records released' })
  return tab
}

/** Opens a page with a worker, and the panel on it, and waits until the worker is traced. */
export async function openTraced(bench: Bench, handler = 'keep'): Promise<Tab> {
  const tab = await bench.openTab('/blank.html')
  await setTrace(tab.panel, true)
  await registerWorker(tab.page, { handler })
  await waitForWorker(tab.panel)
  return tab
}
