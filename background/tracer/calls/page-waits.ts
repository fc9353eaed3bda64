import * as v from 'valibot'
import { textOf } from '../native-function'
import type { PageContext } from './page-context'

/** So many batches of calls are waited for at a time: a page may leave before the answer to one has come back. */
const WAITING = 4
/**
 * How long to let a page go on after a call before it is waited for as often as before, in milliseconds: each command costs it time, in
 * which it would hear of the end that its `abort()` has led to.
 */
const PAUSE = 50
/** How long after a wait has failed to look whether the document is there yet, in milliseconds; each next time twice as long. */
const RETRY = 1000
/** So many times in a row at most. */
const RETRIES = 5
/** The constructor that the browser asks when it waits for a promise. */
const SPECIES = '(async () => {})().constructor[Symbol.species]'

const Answer = v.object({ result: v.object({ value: v.unknown() }) })

/**
 * Waits for the calls that a document notes, by promises that the browser waits for. Where a wait fails, the document has gone or was
 * put aside; one that still answers is waited for anew, a few times.
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
  /** Those who wait since the document was asked to forget who waited before. */
  let current = { waits: 0, isFilling: false, hasFailed: false }
  let retries = 0
  let retry: ReturnType<typeof setTimeout> | undefined

  // A page that has put something else in its place would notice that somebody waits.
  const maySend = async () =>
    isWatched() && (await context.look(SPECIES)).description === textOf('Promise') && isWatched()

  /** Its number may have been given to a context of another document. */
  const isThere = async () => {
    const state = `typeof ${name} === 'object' ? ${name}.state : ''`
    const { result } = v.parse(Answer, await context.evaluate(state))
    return String(result.value).startsWith(`${context.id} `)
  }

  const failed = (one: typeof current) => {
    if (one !== current || one.hasFailed) return
    one.hasFailed = true
    if (retries >= RETRIES) return
    retry = setTimeout(
      async () => {
        if (one === current && isWatched() && (await isThere().catch(() => false))) await begin(one)
      },
      RETRY * 2 ** retries++,
    )
  }

  const wait = async (one: typeof current, next: string) => {
    one.waits++
    try {
      const more = { awaitPromise: true, returnByValue: true }
      const { result } = v.parse(Answer, await context.evaluate(`${name}.${next}`, more))
      retries = 0
      if (isWatched()) receive(result.value)
    } catch {
      failed(one)
    }
    one.waits--
    void fill(one)
  }

  /** Waits for as many batches as before, a moment later. */
  const fill = async (one: typeof current) => {
    const isOver = () => one !== current || one.hasFailed
    if (one.isFilling || isOver()) return
    one.isFilling = true
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
    try {
      if (!isOver() && (await maySend()) && !isOver()) {
        while (one.waits < WAITING) void wait(one, 'next')
      }
    } catch {
      failed(one)
    }
    one.isFilling = false
  }

  /** Waits anew, if nothing has done so since these. */
  const begin = async (before: typeof current) => {
    const isFree = await maySend().catch(() => {
      failed(before)
      return false
    })
    if (!isFree || before !== current) return
    clearTimeout(retry)
    current = { waits: 0, isFilling: false, hasFailed: false }
    for (let i = 0; i < WAITING; i++) void wait(current, i === 0 ? 'onlyNext' : 'next')
  }

  return async () => {
    if (current.waits > 0) return
    retries = 0
    await begin(current)
  }
}
