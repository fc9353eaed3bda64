import type { Demo } from '../demo/server/index'
import { launch } from '../scripts/browser/launch'
import { openPanel, showAllLevels } from '../scripts/browser/panel'
import { measureCallCost } from './calls'
import { measureFloods } from './flood'
import { goalCells, goalHeads } from './goals'
import { measureIdle } from './idle'
import { type Latencies, takeBlock } from './latency'
import { measureLog } from './log'
import { logTable } from './log-table'
import { measureMemory } from './memory'
import { builtInView, ourView } from './observe'
import { measurePlannedAborts } from './planned-aborts'
import { printPlannedAborts } from './planned-table'
import { measureSizes } from './sizes'
import { quantile, summarize } from './stats'
import { measureStorage } from './storage'
import { printTable, short } from './table'
import { measureWorkerCost } from './worker-cost'

/** What is measured on, and how thoroughly. */
interface Bench {
  readonly demo: Demo
  /** Fewer samples are taken. */
  readonly quick: boolean
}

/** What the latencies are of. */
const titles = {
  fromAbort: 'abort() called in the page → row of the end, ms',
  toState: 'abort() called in the page → its new state in the table, ms (the built-in view has none)',
  fromStart: 'fetch() resolved in the page → first row, ms (0: the row was there before)',
  fromCall: 'fetch() called in the page → first row, ms',
} as const
const keys = ['fromAbort', 'toState', 'fromStart', 'fromCall'] as const

async function latencies({ demo, quick }: Bench) {
  const blocks = quick ? 2 : 4
  const size = quick ? 5 : 10
  const measured = new Map<string, Latencies>()
  const { browser, close } = await launch()
  console.log(await browser.version())
  try {
    const page = await browser.newPage()
    await page.goto(demo.url)
    const { devtools, panel } = await openPanel(page)
    await showAllLevels(panel)
    await devtools.setViewport({ width: 1400, height: 2400 })
    const views = [ourView(devtools, panel, false), ourView(devtools, panel, true), builtInView(devtools)]
    for (let block = 0; block < blocks; block++) {
      for (const [i, view] of views.entries()) {
        console.log(`Block ${block + 1} of ${blocks}: ${view.name}`)
        const taken = await takeBlock(page, view, `bench-${block}-${i}`, size)
        const all = measured.get(view.name) ?? { fromCall: [], fromStart: [], fromAbort: [], toState: [] }
        for (const key of keys) all[key].push(...taken[key])
        measured.set(view.name, all)
      }
    }
  } finally {
    await close()
  }

  for (const key of keys) {
    const reference = quantile([...measured.values()].at(-1)?.[key].filter(Number.isFinite) ?? [], 0.5)
    const rows = [...measured].map(([name, samples]) => {
      const { n, median, p95, max } = summarize(samples[key])
      const ratio = reference > 0 ? short(median / reference) : '–'
      return [name, String(n), short(median), short(p95), short(max), ratio]
    })
    printTable(titles[key], ['view', 'n', 'median', 'p95', 'max', 'ratio'], rows)
  }
  return Object.fromEntries(measured)
}

async function longLog({ quick }: Bench) {
  const log = await measureLog()
  printTable(
    `The panel on a log of ${log.rows.toLocaleString('en')} rows`,
    ['what', 'measured', ...goalHeads],
    logTable(log, quick),
  )
  return log
}

async function idlePage({ demo, quick }: Bench) {
  const time = quick ? 10_000 : 60_000
  console.log(`\nMeasuring two times ${time / 1000} idle seconds…`)
  const idle = await measureIdle(demo, time)
  printTable(
    'Idle page, per cent of one core',
    ['process', 'panel never shown', 'panel in front', 'difference'],
    idle.map((cost) => [
      cost.process,
      short(cost.without),
      short(cost.with),
      short(cost.with - cost.without),
    ]),
  )
  return idle
}

async function largeStorage({ demo, quick }: Bench) {
  const storage = await measureStorage(
    demo,
    quick
      ? { entries: 2000, rows: 1000, directories: 1000, large: 5 }
      : { entries: 10_000, rows: 100_000, directories: 50_000, large: 20 },
  )
  printTable(
    `An abort where the storage is large: ${JSON.stringify(storage)}`,
    ['what', 'panel never shown', 'panel in front', 'ratio'],
    [
      [
        'longest time the page was held up, ms',
        short(storage.without),
        short(storage.with),
        short(storage.with / storage.without),
      ],
      ['reading the storage once, at most, ms', '–', short(storage.reading), '–'],
    ],
  )
  return storage
}

async function floodsOfEvents({ demo, quick }: Bench) {
  const floods = await measureFloods(demo, quick ? 20_000 : 100_000)
  printTable(
    'A handler that does one thing very often, traced; then another fetch, ms',
    [
      'what',
      'times',
      'the worker took',
      'lag of the panel',
      'longest task',
      'next fetch listed',
      'its verdict',
    ],
    floods.map(({ kind, count, worker, lag, longest, followed, verdict }) => [
      kind,
      count.toLocaleString('en'),
      ...[worker, lag, longest, followed, verdict].map(short),
    ]),
  )
  return floods
}

async function workers({ quick }: Bench) {
  const costs = await measureWorkerCost(
    quick ? { blocks: 3, starts: 3, calls: 20_000 } : { blocks: 5, starts: 6, calls: 20_000 },
  )
  printTable(
    'What tracing costs a worker, with DevTools and the panel open: medians, ms',
    ['what', 'calls', 'n', 'not traced', 'traced', 'ratio', 'difference', 'for each call, µs', ...goalHeads],
    costs.map(({ what, calls, without, with: traced }) => {
      const [before, after] = [quantile(without, 0.5), quantile(traced, 0.5)]
      const forEachCall = (1000 * (after - before)) / calls
      return [
        what,
        calls > 0 ? calls.toLocaleString('en') : '–',
        String(traced.length),
        ...[before, after, after / before, after - before].map(short),
        calls > 0 ? short(forEachCall) : '–',
        ...(calls > 0
          ? goalCells(forEachCall, { most: 10, unit: 'µs' }, quick)
          : goalCells(after - before, { most: 15, unit: 'ms' }, quick)),
      ]
    }),
  )
  return costs
}

async function calls({ quick }: Bench) {
  const callCosts = await measureCallCost(
    quick ? { blocks: 3, calls: 50, single: 5 } : { blocks: 8, calls: 200, single: 20 },
  )
  printTable(
    'What tracing costs a call, with DevTools and the panel open: medians, ms',
    ['what', 'n', 'not traced', 'traced', 'ratio', 'difference', ...goalHeads],
    callCosts.map(({ what, most, without, with: traced }) => {
      const [before, after] = [quantile(without, 0.5), quantile(traced, 0.5)]
      const goal = most === null ? null : { most, unit: 'ms' }
      return [
        what,
        String(traced.length),
        ...[before, after, after / before, after - before].map(short),
        ...goalCells(after - before, goal, quick),
      ]
    }),
  )
  return callCosts
}

async function heaps({ demo, quick }: Bench) {
  const aborts = quick ? 200 : 2000
  console.log(`\n${aborts.toLocaleString('en')} aborts…`)
  const memory = await measureMemory(demo, aborts)
  printTable(
    'JavaScript heap after so many aborts, with a cleared log, MB',
    ['aborts', 'panel', 'background', 'page'],
    memory.map(({ aborts, panel, background, page }) => [
      String(aborts),
      ...[panel, background, page].map((bytes) => short(bytes / 1e6)),
    ]),
  )
  return memory
}

async function plannedAborts({ quick }: Bench) {
  const planned = await measurePlannedAborts(quick ? 3 : 12)
  printPlannedAborts(planned)
  return planned
}

async function files() {
  const sizes = await measureSizes()
  printTable(
    'Size of dist/, bytes',
    ['file', 'bytes', 'gzip'],
    sizes.map(({ name, bytes, gzip }) => [name, String(bytes), String(gzip)]),
  )
  return sizes
}

/** Each measures one thing, prints a table of it, and resolves with the samples. */
export const parts = {
  latencies,
  log: longLog,
  idle: idlePage,
  storage: largeStorage,
  floods: floodsOfEvents,
  costs: workers,
  callCosts: calls,
  memory: heaps,
  planned: plannedAborts,
  sizes: files,
}
