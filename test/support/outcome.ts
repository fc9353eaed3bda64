import type { Frame } from 'puppeteer-core'
import { expect } from 'vitest'
import { waitForLive, waitForRow } from './panel'
import { filterLog, pressAbort } from './press'
import { type LogRow, liveRows, logRows } from './rows'

/** What the panel shows of one abort; the names of rows that say it. */
export interface Outcome {
  readonly fetch: string
  /** It was seen. */
  readonly seen: readonly string[]
  readonly asked: readonly string[]
  readonly answered: readonly string[]
  readonly settled: readonly string[]
  /** Its end was not observed, and the log says so. */
  readonly unseen: readonly string[]
  readonly over: readonly string[]
  /** Those of them that say that the event was fired. */
  readonly saidFired: readonly string[]
  /** What was known before the storage was compared for the last time. */
  readonly soFar: readonly string[]
  /** Final. */
  readonly verdict: readonly string[]
  /** The event as the worker's side saw it. */
  readonly dispatched: readonly string[]
  readonly done: readonly string[]
  /** Its state in the table of active fetches; empty when it is not there. */
  readonly live: string
}

/** The rows that tell one step of an abort. */
const steps = {
  seen: /^fetch (started|found)$/,
  asked: /^abort requested$/,
  answered: /^abort\(\) /,
  settled: /^settled: /,
  unseen: /^(end not observed|no longer listed)$/,
  over: /^records released$/,
  soFar: /^verdict: .* so far$/,
  verdict: /^verdict: (?!.* so far$)/,
  dispatched: / dispatched$/,
  done: /^backgroundfetch\w+ done$/,
} as const

function outcomeOf(fetch: string, rows: readonly LogRow[], live: string): Outcome {
  const mine = rows.filter((row) => row.fetch === fetch)
  const names = mine.map(({ name }) => name)
  const like = (step: keyof typeof steps) => names.filter((name) => steps[step].test(name))
  return {
    fetch,
    live,
    seen: like('seen'),
    asked: like('asked'),
    answered: like('answered'),
    settled: like('settled'),
    unseen: like('unseen'),
    over: like('over'),
    saidFired: mine
      .filter(({ name, text }) => steps.over.test(name) && !/, if it was fired, has ended/.test(text))
      .map(({ name }) => name),
    soFar: like('soFar'),
    verdict: like('verdict'),
    dispatched: like('dispatched'),
    done: like('done'),
  }
}

export async function readOutcome(panel: Frame, fetch: string): Promise<Outcome> {
  const live = (await liveRows(panel)).find(({ id }) => id === fetch)
  return outcomeOf(fetch, await logRows(panel), live?.state ?? '')
}

/** Starts a fetch, aborts it in the panel, and checks that all of it is seen, once. */
export async function checkNext(panel: Frame, start: (id: string) => Promise<unknown>): Promise<void> {
  // Only rows that are in view are drawn.
  await filterLog(panel, 'fetch:next')
  await start('next')
  await waitForLive(panel, 'next')
  await pressAbort(panel, 'next')
  await waitForRow(panel, { fetch: 'next', name: 'records released' })
  expect(await readOutcome(panel, 'next')).toMatchObject({
    // A frame that has just come may look when it runs already.
    seen: [expect.stringMatching(/^fetch (started|found)$/)],
    asked: ['abort requested'],
    answered: ['abort() → true'],
    settled: ['settled: failure, aborted'],
    unseen: [],
    over: ['records released'],
  })
  await filterLog(panel, '')
}
