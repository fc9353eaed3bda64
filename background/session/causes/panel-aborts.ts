import type { Handle } from '../../../protocol/handle'

/** Aborts in panels are remembered for so long, in milliseconds: whoever sees the end of the fetch asks within seconds. */
const REMEMBERED = 60_000

/** An abort that a panel asked for, and that `abort()` answered with `true`. Times are in epoch milliseconds. */
interface PanelAbort {
  readonly tabId: number
  /** Names the fetch in all tabs. */
  readonly name: string
  readonly askedAt: number
  readonly answeredAt: number
}

/** A fetch that was aborted, as a page of a tab saw it. Times are in epoch milliseconds. */
export interface AbortedFetch {
  /** Names it in all tabs, and the next fetch of its ID as well. */
  readonly name: string
  readonly handle: Handle
  /** When the page saw it first: it had begun by then. */
  readonly seenAt: number
  readonly settledAt: number
}

/** The aborts that the panels of all tabs have asked for. */
export interface PanelAborts {
  add(abort: PanelAbort): void
  /** Whether the panel of another tab ended this fetch. In each tab, an abort has ended one fetch. */
  byOther(tabId: number, fetch: AbortedFetch): boolean
}

/** How far the clocks of two pages may be apart, in milliseconds, and how late one of them may hear of the end. */
const CLOCKS = 50
const LATE = 2000

export function createPanelAborts(): PanelAborts {
  let all: readonly PanelAbort[] = []
  /** The fetch that each abort has ended, as it was seen in each tab. */
  const ended = new WeakMap<PanelAbort, Map<number, Handle>>()

  return {
    add(abort) {
      all = [...all.filter(({ answeredAt }) => abort.answeredAt - answeredAt < REMEMBERED), abort]
    },
    byOther(tabId, { name, handle, seenAt, settledAt }) {
      const abort = all.find(
        (one) =>
          one.tabId !== tabId &&
          one.name === name &&
          // One that was seen later may have begun after it.
          seenAt <= one.askedAt &&
          settledAt >= one.askedAt - CLOCKS &&
          settledAt <= one.answeredAt + LATE &&
          (ended.get(one)?.get(tabId) ?? handle) === handle,
      )
      if (!abort) return false
      ended.set(abort, new Map(ended.get(abort)).set(tabId, handle))
      return true
    },
  }
}
