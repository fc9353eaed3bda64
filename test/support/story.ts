import type { Frame } from 'puppeteer-core'
import { rowsLike } from './rows'

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
  'page records released',
] as const
