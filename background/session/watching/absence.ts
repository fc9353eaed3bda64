/**
 * How long a tab is observed on after its last panel has gone, in milliseconds: a panel that is loaded anew comes
 * back sooner, and what is being observed is not cut in two.
 */
const RELOAD_GRACE = 3000

export interface Absence {
  /** The last panel has gone, and may be coming back. */
  readonly on: boolean
  /** @param over is called when no panel has come back */
  begin(over: () => void): void
  /** Returns whether it was on. */
  end(): boolean
}

/** Off at first. */
export function createAbsence(): Absence {
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = () => {
    const was = timer !== undefined
    clearTimeout(timer)
    timer = undefined
    return was
  }
  return {
    get on() {
      return timer !== undefined
    },
    begin(over) {
      timer ??= setTimeout(() => {
        timer = undefined
        over()
      }, RELOAD_GRACE)
    },
    end,
  }
}
