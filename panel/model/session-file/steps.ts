/** Long work in steps: yields how much of it is done, from 0 to 1, wherever it may be interrupted. */
export type Steps<T> = Generator<number, T>

/** How many things of a list are done between two steps. */
const STRIDE = 250

/** Does something with each thing of a list. */
export function* eachOf<T>(list: readonly T[], work: (one: T, index: number) => void): Steps<void> {
  for (let i = 0; i < list.length; i += STRIDE) {
    yield i / list.length
    for (let n = i; n < Math.min(list.length, i + STRIDE); n++) work(list[n] as T, n)
  }
}

/** Steps as a part of longer work, of which `from` is done before them, and `to` after. */
export function* part<T>(from: number, to: number, steps: Steps<T>): Steps<T> {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    yield from + (to - from) * value
  }
}

/** Does all of it at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
