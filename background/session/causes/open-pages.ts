import { originOf } from '../../../protocol/origin'
import { now } from '../../../wire/clock'

/** What a page called as it went may have its effect so much later, in milliseconds. */
const RECENT = 1000
/** So many origins of a tab's documents are remembered, and so many that have gone. */
const MAX = 100

/** A document in a tab of the browser. */
export interface OpenPage {
  readonly tabId: number
  readonly frameId: number
  readonly url: string
}

/**
 * The origins of the documents in all tabs, those of incognito windows as well, as far as the extension may see them. Nothing of them is
 * known before somebody looks.
 */
export interface OpenPages {
  /** Looks for those that were there before this; once is enough. */
  look(): void
  /** A new document was committed in a frame. */
  committed(page: OpenPage): void
  /** A tab was closed. */
  removed(tabId: number): void
  /** The browser gave a tab another id. */
  replaced(added: number, removed: number): void
  /** Whether another tab shows a document of this origin, had it in a frame of the page that it shows, or did a moment ago. */
  inOtherTab(tabId: number, origin: string): boolean
}

/** @param list the documents in all tabs */
export function createOpenPages(list: () => Promise<readonly OpenPage[]>): OpenPages {
  const tabs = new Map<number, Set<string>>()
  let gone: readonly { readonly tabId: number; readonly origin: string; readonly at: number }[] = []
  let looked = false

  const add = ({ tabId, url }: OpenPage) => {
    const origins = tabs.get(tabId) ?? new Set()
    tabs.set(tabId, origins)
    if (origins.size < MAX) origins.add(originOf(url))
  }
  const removed = (tabId: number) => {
    const at = now()
    const left = [...(tabs.get(tabId) ?? [])].map((origin) => ({ tabId, origin, at }))
    gone = [...gone.filter((one) => one.at >= at - RECENT), ...left].slice(-MAX)
    tabs.delete(tabId)
  }

  return {
    async look() {
      if (looked) return
      looked = true
      try {
        for (const page of await list()) add(page)
      } catch {
        looked = false
      }
    },
    committed(page) {
      if (!looked) return
      // The frames of the page before have gone with it.
      if (page.frameId === 0) removed(page.tabId)
      add(page)
    },
    removed,
    replaced(added, before) {
      const origins = tabs.get(before)
      if (origins) tabs.set(added, origins)
      tabs.delete(before)
    },
    inOtherTab(tabId, origin) {
      const since = now() - RECENT
      return (
        [...tabs].some(([other, origins]) => other !== tabId && origins.has(origin)) ||
        gone.some((one) => one.tabId !== tabId && one.origin === origin && one.at >= since)
      )
    },
  }
}
