import * as v from 'valibot'
import { textOf } from '../native-function'
import type { PageContext } from './page-context'

/** So many batches of calls are waited for at a time: a page may leave before the answer to one has come back. */
const WAITING = 4
/** How long to let a page that calls in a row go on before it is waited for again, in milliseconds. */
const PAUSE = 20
/** The constructor that the browser asks when it waits for a promise. */
const SPECIES = '(async () => {})().constructor[Symbol.species]'

const Answer = v.object({ result: v.object({ value: v.unknown() }) })

/**
 * Waits for the calls that a document notes, by promises that the browser waits for.
 *
 * @param name of the document's variable that notes them
 * @param isWatched whether the document's calls are still wanted
 * @param receive gets each batch, unchecked
 * @returns begins to wait, where nothing waits yet
 */
export function createPageWaits(
  context: PageContext,
  name: string,
  isWatched: () => boolean,
  receive: (batch: unknown) => void,
): () => Promise<void> {
  let waits = 0
  /** The document has gone, or was put aside. */
  let isGone = false
  let filling = false
  let filledAt = Number.NEGATIVE_INFINITY

  // A page that has put something else in its place would notice that somebody waits.
  const maySend = async () =>
    isWatched() && (await context.look(SPECIES)).description === textOf('Promise') && isWatched()

  const wait = async (next: string) => {
    waits++
    try {
      const more = { awaitPromise: true, returnByValue: true }
      const { result } = v.parse(Answer, await context.evaluate(`${name}.${next}`, more))
      if (isWatched()) receive(result.value)
    } catch {
      isGone = true
    }
    waits--
    void fill()
  }

  /** Waits for as many batches as before. Each command costs the page time, so they are few while it calls in a row. */
  const fill = async () => {
    if (filling || isGone) return
    filling = true
    const pause = filledAt + PAUSE - performance.now()
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
    if (!isGone && (await maySend().catch(() => false)) && !isGone) {
      filledAt = performance.now()
      while (waits < WAITING) void wait('next')
    }
    filling = false
  }

  return async () => {
    if (waits > 0 || !(await maySend().catch(() => false)) || waits > 0) return
    isGone = false
    for (let i = 0; i < WAITING; i++) void wait(i === 0 ? 'onlyNext' : 'next')
  }
}
