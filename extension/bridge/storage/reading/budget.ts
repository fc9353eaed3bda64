/** Milliseconds of work at a stretch, after which the page gets its turn. */
const SLICE = 6
/** Milliseconds that reading all of the storage may take. */
const TOTAL = 2000
/** Bytes of contents that are read in that time at most. */
const TOTAL_BYTES = 64 * 2 ** 20

/** Bounds how long the storage is read, in all and at a stretch, so that the page does not notice. */
export interface Budget {
  /** Nothing more is to be read. */
  readonly over: boolean
  /** Whether so many more bytes may be read; then they are taken from those that are left. */
  spend(bytes: number): boolean
  /** Lets the page's own tasks run if this work has lasted for some milliseconds. To be awaited in every loop. */
  turn(): Promise<void>
}

/**
 * @param total milliseconds that the work may take
 * @param bytes that may be read
 */
export function createBudget(total = TOTAL, bytes = TOTAL_BYTES): Budget {
  const end = performance.now() + total
  let since = performance.now()
  let left = bytes
  return {
    get over() {
      return performance.now() > end
    },
    spend(wanted) {
      if (wanted > left) return false
      left -= wanted
      return true
    },
    async turn() {
      if (performance.now() - since < SLICE) return
      await new Promise((resolve) => setTimeout(resolve, 0))
      since = performance.now()
    },
  }
}
