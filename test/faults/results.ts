import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/browser/launch'
import { allMoments, type Moment, moments } from './moment-names'

/** Where a full run leaves its results, one file each. */
export const RESULTS = join(root, 'out', 'faults')

/** What came of one fault at one moment of an abort. */
export interface Result {
  /** The test file, and the place in it. */
  readonly group: string
  readonly index: number
  readonly fault: string
  readonly moment: Moment
  /** What the panel shows of the abort. */
  readonly words: string
  /** Why that is not as it should be; empty when it is. */
  readonly failure: string
}

export function writeResult(result: Result): void {
  mkdirSync(RESULTS, { recursive: true })
  const name = [result.group, String(result.index).padStart(2, '0'), result.moment].join('-')
  writeFileSync(join(RESULTS, `${name}.json`), JSON.stringify(result))
}

export const readResults = (): Result[] =>
  readdirSync(RESULTS)
    .toSorted()
    .map((name): Result => JSON.parse(readFileSync(join(RESULTS, name), 'utf8')))

/** The groups in the order in which a reader looks for them, with what they are called. */
const groups: Readonly<Record<string, string>> = {
  extension: 'The extension',
  clock: 'The extension',
  devtools: 'DevTools and the debugger',
  page: 'The page and its tab',
  discard: 'The page and its tab',
  'site-worker': 'The site’s service worker',
  'site-data': 'The site’s service worker',
  network: 'The network',
  database: 'The extension’s database',
  browser: 'The browser',
}

const cell = (results: readonly Result[], moment: Moment): string => {
  const result = results.find((one) => one.moment === moment)
  if (!result) return '–'
  return (result.failure ? `**does not hold**: ${result.failure}` : result.words)
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ')
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

function table(results: readonly Result[]): string {
  const columns = allMoments.toReversed()
  const faults = [...new Set(results.map(({ fault }) => fault))]
  return [
    row(['fault', ...columns.map((moment) => moments[moment])]),
    row(['---', ...columns.map(() => '---')]),
    ...faults.map((fault) => {
      const own = results.filter((result) => result.fault === fault)
      return row([fault, ...columns.map((moment) => cell(own, moment))])
    }),
  ].join('\n')
}

/** The text of docs/reliability.md. */
export function reliability(results: readonly Result[]): string {
  const titles = [...new Set(Object.values(groups))]
  const parts = titles.flatMap((title) => {
    const own = Object.keys(groups)
      .filter((group) => groups[group] === title)
      .flatMap((group) => results.filter((result) => result.group === group))
    return own.length === 0 ? [] : [`## ${title}\n\n${table(own)}`]
  })
  return `${INTRODUCTION}\n\n${parts.join('\n\n')}\n`
}

const INTRODUCTION = `# Reliability

What the panel shows when something fails in the middle of an abort. \`npm run test:faults\` makes each of these faults
happen in Chromium, each at four moments of an abort, and writes this page; \`npm test\` makes each happen once, with
four aborts at their four moments at the same time.

The worker of these tests leaves a row about its fetch behind, so the right verdict is “left”, and “unknown” where
the storage could not be compared; “clean” would be wrong. Whether an event reached the worker is known from outside
the browser. After every fault:

- an abort is asked, answered and settled once, or the log says what is not known;
- nothing is in the log that did not happen: no second fetch, no event that was not fired, no worker that does not run;
- what was not compared is not called clean;
- the next fetch is seen, aborted and followed to its end.

Where “the log starts anew”, what it belonged to is gone: the tab, the browser or the extension.`
