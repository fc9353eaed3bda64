import type { Frame } from 'puppeteer-core'

/** A row of the panel's log, as a reader sees it. */
export interface LogLine {
  readonly key: string
  readonly time: string
  /** Since the abort of its fetch, or since its start; '' for a row of no fetch. */
  readonly delta: string
  readonly source: string
  /** The fetch's id, with `#2` behind it for the second one of that id. */
  readonly fetch: string
  /** What happened, in bold. */
  readonly name: string
  /** The name and all that is said besides. */
  readonly text: string
}

/** An active fetch of the panel's table. */
export interface FetchLine {
  readonly id: string
  readonly state: string
  readonly progress: string
  /** Bytes that have moved; 0 where the panel shows none. */
  readonly done: number
}

/** Reads the rows of the log that are in the document: those in view and a few around. */
export const readLog = (panel: Frame): Promise<LogLine[]> =>
  panel.$$eval('[aria-label="Event log"] [data-row]', (rows) =>
    rows.map((row) => {
      const [time, delta, source, fetch, text] = [...row.children].map((cell) =>
        // A link to the source stands right after the words, parted from them by style alone.
        [...cell.childNodes]
          .map((node) => node.textContent?.trim() ?? '')
          .filter(Boolean)
          .join(' ')
          .trim(),
      )
      return {
        key: row.getAttribute('data-row') ?? '',
        time: time ?? '',
        delta: delta ?? '',
        source: source ?? '',
        fetch: fetch ?? '',
        name: row.querySelector('b')?.textContent ?? '',
        text: text ?? '',
      }
    }),
  )

/** Reads the active fetches of the table that are in the document; empty when there are none. */
export const readFetches = (panel: Frame): Promise<FetchLine[]> =>
  panel.$$eval('[aria-label="Background fetches"] tr[data-live="true"]', (rows) =>
    rows.map((row) => {
      const bar = row.querySelector('[role="progressbar"]')
      return {
        id: row.getAttribute('data-id') ?? '',
        state: row.getAttribute('data-state') ?? '',
        progress: bar?.getAttribute('aria-valuetext') ?? '',
        done: Number(bar?.getAttribute('aria-valuenow') ?? 0),
      }
    }),
  )
