import * as v from 'valibot'
import { textOf } from '../native-function'
import type { PageContext } from './page-context'

/** So many batches of calls are waited for at a time: a page may leave before the answer to one has come back. */
const WAITING = 4
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

  // A page that has put something else in its place would notice that somebody waits.
  const maySend = async () =>
    isWatched() && (await context.look(SPECIES)).description === textOf('Promise') && isWatched()

  const wait = async (next: string) => {
    const more = { awaitPromise: true, returnByValue: true }
    const { result } = v.parse(Answer, await context.evaluate(`${name}.${next}`, more))
    if (isWatched()) receive(result.value)
  }

  const waitAgain = async (next: string) => {
    try {
      await wait(next)
      while (await maySend()) await wait('next')
    } catch {
      // The document has gone, or was put aside.
    }
    waits--
  }

  return async () => {
    if (waits > 0) return
    waits = WAITING
    if (!(await maySend().catch(() => false))) waits = 0
    else for (let i = 0; i < WAITING; i++) void waitAgain(i === 0 ? 'onlyNext' : 'next')
  }
}
