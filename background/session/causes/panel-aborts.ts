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

/** The aborts that the panels of all tabs have asked for. */
export interface PanelAborts {
  add(abort: PanelAbort): void
  /** Whether the panel of another tab ended the fetch of this name that settled at this time. */
  byOther(tabId: number, name: string, settledAt: number): boolean
}

/** How far the clocks of two pages may be apart, in milliseconds, and how late one of them may hear of the end. */
const CLOCKS = 50
const LATE = 2000

export function createPanelAborts(): PanelAborts {
  let all: readonly PanelAbort[] = []
  return {
    add(abort) {
      all = [...all.filter(({ answeredAt }) => abort.answeredAt - answeredAt < REMEMBERED), abort]
    },
    byOther: (tabId, name, settledAt) =>
      all.some(
        (one) =>
          one.tabId !== tabId &&
          one.name === name &&
          settledAt >= one.askedAt - CLOCKS &&
          settledAt <= one.answeredAt + LATE,
      ),
  }
}
