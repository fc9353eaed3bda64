import { setTimeout as sleep } from 'node:timers/promises'
import type { Frame } from 'puppeteer-core'
import { expect } from 'vitest'

/** A row of the log as a reader sees it. */
export interface LogRow {
  readonly time: string
  /** Since the abort of its fetch, or since its start; '' for a row of no fetch. */
  readonly delta: string
  readonly source: string
  /** The fetch's id, with `#2` behind it for the second one of that id. */
  readonly fetch: string
  /** What happened, in short; `text` begins with it. */
  readonly name: string
  readonly text: string
}

/** An active fetch of the table. */
export interface LiveRow {
  readonly id: string
  /** The id's cell as it is shown. */
  readonly shown: string
  readonly scope: string
  readonly state: string
  readonly progress: string
  readonly now: number | null
  readonly max: number | null
}

/** An ended fetch of the table, each cell as it is shown. */
export interface EndedRow {
  readonly id: string
  readonly progress: string
  readonly outcome: string
  readonly handler: string
  readonly verdict: string
}

export type RowPattern = {
  readonly [K in keyof LogRow]?: string | RegExp
}

/** How long something may take to be seen, in milliseconds. */
export const PATIENCE = { timeout: 15_000, interval: 50 }

/** Runs in the panel: reads the rows of the log. */
const readRows = (): LogRow[] =>
  [...document.querySelectorAll('[role="treegrid"] [data-row]')].map((row) => {
    const cell = (name: string) => row.querySelector(`[data-cell="${name}"]`)?.textContent ?? ''
    return {
      time: cell('time'),
      delta: cell('delta'),
      source: cell('source'),
      fetch: cell('fetch'),
      name: row.querySelector('b')?.textContent ?? '',
      text: cell('what'),
    }
  })

/** Runs in the panel: reads the active fetches of the table. */
const readLive = (): LiveRow[] =>
  [...document.querySelectorAll<HTMLElement>('tr[data-live="true"]')].map((row) => {
    const bar = row.querySelector('[role="progressbar"]')
    const { id, scope, state } = row.dataset
    return {
      id: id ?? '',
      shown: [...row.querySelectorAll('[data-select], [data-disambiguator]')]
        .map((it) => it.textContent)
        .join(''),
      scope: scope ?? '',
      state: state === 'unobserved' ? 'not observed' : (state ?? ''),
      progress: bar?.getAttribute('aria-valuetext') ?? '',
      now: bar?.hasAttribute('aria-valuenow') ? Number(bar.getAttribute('aria-valuenow')) : null,
      max: bar?.hasAttribute('aria-valuemax') ? Number(bar.getAttribute('aria-valuemax')) : null,
    }
  })

/** Runs in the panel: reads the ended fetches of the table. */
const readEnded = (): EndedRow[] =>
  [...document.querySelectorAll<HTMLElement>('tr[data-live="false"]')].map((row) => {
    const cell = (name: string) =>
      row.querySelector<HTMLElement>(`[data-column="${name}"]`)?.innerText.trim() ?? ''
    return {
      id: row.dataset.id ?? '',
      progress: cell('progress'),
      outcome: cell('state'),
      handler: cell('handler'),
      verdict: cell('verdict'),
    }
  })

export const logRows = (panel: Frame): Promise<LogRow[]> => panel.evaluate(readRows)

export const liveRows = (panel: Frame): Promise<LiveRow[]> => panel.evaluate(readLive)

export const endedRows = (panel: Frame): Promise<EndedRow[]> => panel.evaluate(readEnded)

/** Resolves when the panel's document has changed, or a moment later: it may have changed just before. */
const nextChange = (panel: Frame): Promise<void> =>
  panel.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const done = () => {
          observer.disconnect()
          // Changes come in groups, and each look costs.
          setTimeout(resolve, 50)
        }
        const observer = new MutationObserver(done)
        observer.observe(document, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        })
        setTimeout(done, 100)
      }),
  )

/** Looks whenever the panel's document changes, until nothing is thrown: asking all the time would slow it down. */
export async function untilSeen<T>(panel: Frame, look: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + PATIENCE.timeout; ; ) {
    try {
      return await look()
    } catch (error) {
      if (Date.now() > end) throw error
    }
    // A document that is just being replaced can't be asked.
    await nextChange(panel).catch(() => sleep(PATIENCE.interval))
  }
}

const matches = (row: LogRow, pattern: RowPattern): boolean =>
  Object.entries(pattern).every(([key, wanted]) => {
    const text = row[key as keyof LogRow]
    return typeof wanted === 'string' ? text === wanted : wanted?.test(text)
  })

const printed = (pattern: RowPattern): string =>
  Object.entries(pattern)
    .map(([key, wanted]) => `${key} ${wanted}`)
    .join(', ')

/** The rows of the log that fit. */
export const rowsLike = async (panel: Frame, pattern: RowPattern): Promise<LogRow[]> =>
  (await logRows(panel)).filter((row) => matches(row, pattern))

export const printedLog = (rows: readonly LogRow[]): string =>
  rows.map((row) => `${row.source} | ${row.fetch} | ${row.text}`).join('\n')

/** Waits until the log has a row that fits. */
export const waitForRow = (panel: Frame, pattern: RowPattern): Promise<LogRow> =>
  untilSeen(panel, async () => {
    const rows = await logRows(panel)
    const found = rows.find((row) => matches(row, pattern))
    if (found) return found
    throw new Error(`No row with ${printed(pattern)} in the log:\n${printedLog(rows)}`)
  })

/** Waits for a fetch among the rows of the table that are read, which is as it should be. */
const waitForFetch =
  <Row extends LiveRow | EndedRow>(which: string, read: (panel: Frame) => Promise<Row[]>) =>
  (panel: Frame, id: string, is: (row: Row) => boolean = () => true): Promise<Row> =>
    untilSeen(panel, async () => {
      const rows = await read(panel)
      const found = rows.find((row) => row.id === id && is(row))
      if (found) return found
      throw new Error(`No such ${which} fetch ${JSON.stringify(id)}: ${JSON.stringify(rows, null, 2)}`)
    })

/** Waits until the table has the fetch among the active ones, and it is as it should be. */
export const waitForLive = waitForFetch('active', liveRows)

/** Waits until the table has the fetch among the ended ones, and it is as it should be. */
export const waitForEnded = waitForFetch('ended', endedRows)

/** Waits until the fetch is not active any more. */
export const waitForGone = (panel: Frame, id: string): Promise<void> =>
  untilSeen(panel, async () => {
    const rows = await liveRows(panel)
    if (rows.some((row) => row.id === id)) throw new Error(`${id} is still active: ${JSON.stringify(rows)}`)
  })

/** `expect.poll` with more patience. */
export const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, PATIENCE)

/** From now on the panel's notices are recorded: each is shown for a few seconds only, or until the next one. */
export const recordNotices = (panel: Frame): Promise<void> =>
  panel.evaluate(() => {
    const notices: string[] = []
    Object.assign(globalThis, { notices })
    const record = () => {
      const text = document.querySelector('[role="status"]')?.textContent ?? ''
      if (text && text !== notices.at(-1)) notices.push(text)
    }
    record()
    new MutationObserver(record).observe(document, { subtree: true, childList: true, characterData: true })
  })

/** The notices that were shown since they are recorded, each once. */
export const noticesOf = (panel: Frame): Promise<string[]> =>
  panel.evaluate('globalThis.notices ?? []') as Promise<string[]>

/** Waits for the notice of an outcome. */
export const waitForNotice = (panel: Frame, text: RegExp): Promise<void> =>
  eventually(() => noticesOf(panel)).toContainEqual(expect.stringMatching(text))

/** Waits until the panel says so, anywhere in it. */
export const waitForText = (panel: Frame, text: RegExp): Promise<void> =>
  eventually(() => panel.$eval('body', (body) => body.textContent)).toMatch(text)

/**
 * `source name` of what the panel did and the page saw of one fetch; without progress, which comes as often
 * as the browser likes, and without what the tracer was too late for.
 */
export async function story(panel: Frame, fetch: string): Promise<string[]> {
  const rows = await rowsLike(panel, { fetch, source: /^(panel|page)$/ })
  return (
    rows
      // What scripts of the page called is known only where it is traced: see the tests of that.
      .filter((row) => !/^progress$|not traced$|^abort\(\) called$/.test(row.name))
      .map((row) => `${row.source} ${row.name}`)
  )
}

/** What is reported of a fetch that Abort ended. */
export const ABORTED = [
  'page fetch started',
  'panel abort requested',
  'page abort() → true',
  'page settled: failure, aborted',
  'page backgroundfetchabort over',
] as const
