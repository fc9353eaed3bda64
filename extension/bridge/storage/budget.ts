/** Milliseconds of work at a stretch, after which the page gets its turn. */
const SLICE = 6
/** Milliseconds that reading all of the storage may take. */
const TOTAL = 2000

/** Bounds how long the storage is read, in all and at a stretch, so that the page does not notice. */
export interface Budget {
  /** Nothing more is to be read. */
  readonly over: boolean
  /** Lets the page's own tasks run if this work has lasted for some milliseconds. To be awaited in every loop. */
  turn(): Promise<void>
}

export function createBudget(total = TOTAL): Budget {
  const end = performance.now() + total
  let since = performance.now()
  return {
    get over() {
      return performance.now() > end
    },
    async turn() {
      if (performance.now() - since < SLICE) return
      await new Promise((resolve) => setTimeout(resolve, 0))
      since = performance.now()
    },
  }
}
