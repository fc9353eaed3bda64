import type { Frame } from 'puppeteer-core'
import { expect } from 'vitest'
import type { Outcome } from '../support/outcome'
import { logRows, printedLog } from '../support/rows'
import type { Witness } from './witness'

/** `abort()` was not called, or nobody knows whether it was: the row gives the reason. */
const notKnown = ({ answered }: Outcome) => /not called|not answered/.test(answered[0] ?? '')

/** The log says how the fetch ended, or that it is not known; or the fetch goes on, as it was not aborted. */
export const isWhole = (outcome: Outcome): boolean => {
  const { live, settled, unseen, verdict, answered, asked } = outcome
  if (asked.length > 0 && answered.length === 0 && unseen.length === 0) return false
  if (live !== '') return settled.length === 0 && notKnown(outcome)
  return unseen.length > 0 || (settled.length > 0 && verdict.length > 0)
}

export interface Expected {
  /** The site's storage was emptied, so that nothing is left indeed. */
  readonly emptied: boolean
  /** The log of before is gone, as the tab, the browser or the extension that it belonged to is. */
  readonly newLog: boolean
  /** The worker is killed: the request by which its handler reports to the witness may be lost with it. */
  readonly workerKilled: boolean
}

/**
 * Checks what holds after every fault: the abort is asked, answered and settled once, or the log says what is not
 * known; nothing is in it that did not happen; and the row that the handler left is not called clean.
 */
export function checkOutcome(outcome: Outcome, expected: Expected, witness: Witness): void {
  const { emptied, newLog, workerKilled } = expected
  const { fetch, seen, asked, answered, settled, unseen, over, dispatched, done } = outcome
  const verdicts = [...outcome.soFar, ...outcome.verdict]
  const check = (what: string, holds: boolean) =>
    expect(holds, `${what}: ${JSON.stringify(outcome, null, 1)}\nthe event was fired ${fired} times`).toBe(
      true,
    )
  const fired = witness.fired.filter((id) => id === fetch).length
  const once = (rows: readonly string[], optional: boolean) =>
    rows.length === 1 || (optional && rows.length === 0)
  check('The fetch is not seen once', once(seen, newLog))
  check('The abort is not asked once', once(asked, newLog))
  // A fetch that ended unseen while the command was on its way has no answer.
  check('The abort is not answered once', once(answered, newLog || unseen.length > 0))
  check('The fetch ends more than once', settled.length + unseen.length <= 1)
  const unwitnessed = workerKilled && fired === 0 ? Math.min(1, dispatched.length) : 0
  check('An event is over twice', over.length <= 1)
  check('An event is said to be fired that was not', outcome.saidFired.length <= fired + unwitnessed)
  check('The worker’s side has an event that was not fired', dispatched.length <= fired + unwitnessed)
  check('The worker’s side has an event that is done and never began', done.length <= dispatched.length)
  // The page that went is not the last word: another one may compare what it can.
  check('There are more than two verdicts', outcome.verdict.length <= 2)
  check('The verdict is “clean” although a row is left', emptied || !/clean/.test(verdicts.join()))
}

/** No second fetch of an id, and none that was not started. */
export async function checkNothingInvented(panel: Frame, started: readonly string[]): Promise<void> {
  const rows = await logRows(panel)
  const named = new Set(rows.map(({ fetch }) => fetch).filter(Boolean))
  const invented = [...named].filter((fetch) => !started.includes(fetch))
  expect(invented, printedLog(rows)).toEqual([])
}

/** What the panel shows of an abort, for a reader of docs/reliability.md. */
export function inWords(outcome: Outcome, newLog: boolean): string {
  const { asked, answered, settled, unseen, over, verdict, live } = outcome
  if (newLog && asked.length === 0) return `the log starts anew${live === '' ? '' : '; the fetch is listed'}`
  const steps = [
    ...answered
      .filter((name) => name !== 'abort() → true')
      .map((name) => name.replace('abort()', '`abort()`')),
    ...settled.map(() => 'settled'),
    ...unseen.map((name) => `“${name}”`),
    ...over.map(() => 'records released'),
    ...verdict.slice(-1).map((name) => `verdict “${name.replace('verdict: ', '')}”`),
    ...(live === '' ? [] : [`listed as ${live}`]),
  ]
  return steps.join(', ')
}
