import type { Frame } from 'puppeteer-core'

/** Timers of the panel that run when a test wants it. */
export interface HeldTimers {
  /** How many of them are set. */
  count(): Promise<number>
  /** Their time is over. */
  elapse(): Promise<void>
}

interface Holding {
  readonly heldTimers: Map<number, () => void>
}

/** From now on the panel's timers of exactly this length wait, until its document is loaded anew; others run as ever. */
export async function holdTimers(panel: Frame, length: number): Promise<HeldTimers> {
  await panel.evaluate((length) => {
    const heldTimers = new Map<number, () => void>()
    Object.assign(globalThis, { heldTimers })
    const { setTimeout, clearTimeout } = globalThis
    let last = -1
    Object.assign(globalThis, {
      setTimeout(run: () => void, after?: number, ...args: []) {
        if (after !== length) return setTimeout(run, after, ...args)
        heldTimers.set(--last, run)
        return last
      },
      clearTimeout(timer?: number) {
        if (timer === undefined || !heldTimers.delete(timer)) clearTimeout(timer)
      },
    })
  }, length)
  return {
    count: () => panel.evaluate(() => (globalThis as unknown as Holding).heldTimers.size),
    elapse: () =>
      panel.evaluate(() => {
        const { heldTimers } = globalThis as unknown as Holding
        const due = [...heldTimers.values()]
        heldTimers.clear()
        for (const run of due) run()
      }),
  }
}
