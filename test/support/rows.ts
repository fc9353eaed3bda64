import type { Frame } from 'puppeteer-core'
import type { LogLine } from '../../scripts/browser/read'

/** A row of the log as a reader sees it. */
export type LogRow = Omit<LogLine, 'key'>

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

/** Whether a row fits. */
export const matches = (row: LogRow, pattern: RowPattern): boolean =>
  Object.entries(pattern).every(([key, wanted]) => {
    const text = row[key as keyof LogRow]
    return typeof wanted === 'string' ? text === wanted : wanted?.test(text)
  })

/** The pattern in words. */
export const printed = (pattern: RowPattern): string =>
  Object.entries(pattern)
    .map(([key, wanted]) => `${key} ${wanted}`)
    .join(', ')

/** The rows of the log that fit. */
export const rowsLike = async (panel: Frame, pattern: RowPattern): Promise<LogRow[]> =>
  (await logRows(panel)).filter((row) => matches(row, pattern))

export const printedLog = (rows: readonly LogRow[]): string =>
  rows.map((row) => `${row.source} | ${row.fetch} | ${row.text}`).join('\n')
