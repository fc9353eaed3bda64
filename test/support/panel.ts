import { setTimeout as sleep } from 'node:timers/promises'
import type { Frame } from 'puppeteer-core'
import { expect } from 'vitest'
import {
  type EndedRow,
  endedRows,
  type LiveRow,
  type LogRow,
  liveRows,
  logRows,
  matches,
  printed,
  printedLog,
  type RowPattern,
} from './rows'

/** How long something may take to be seen, in milliseconds. */
export const PATIENCE = { timeout: 15_000, interval: 50 }

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
    }).catch(async (error: Error) => {
      throw new Error(`${error.message}\nThe log:\n${printedLog(await logRows(panel))}`)
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

/** Waits until the panel says so, anywhere in it. */
export const waitForText = (panel: Frame, text: RegExp): Promise<void> =>
  eventually(() => panel.$eval('body', (body) => body.textContent)).toMatch(text)
