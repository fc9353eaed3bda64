import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'puppeteer-core'
import { outcomeOf, type View } from './observe'

/** Milliseconds from what the page did to the row that reports it; NaN where no row came. */
export interface Latencies {
  readonly fromCall: number[]
  readonly fromStart: number[]
  readonly fromAbort: number[]
  /** To the new state of the fetch in the table instead, which only the panel of this extension has. */
  readonly toState: number[]
}

/** Clock readings of the page: before fetch(), when it had resolved, and before abort(). */
interface Marks {
  readonly called: number
  readonly started: number
  readonly aborted: number
}

/** How long a fetch runs before it is aborted, at least; the row of its start is there by then. */
const RUN = 400

/** Starts a fetch and aborts it later, both in the page. */
const SAMPLE = `async (id, run) => {
  const now = () => performance.timeOrigin + performance.now()
  const { backgroundFetch } = await navigator.serviceWorker.ready
  const called = now()
  const registration = await backgroundFetch.fetch(id, ['/media/' + id + '.wav?size=3000000&rate=400000'], { downloadTotal: 3000000 })
  const started = now()
  await new Promise((resolve) => setTimeout(resolve, run))
  const aborted = now()
  await registration.abort()
  return { called, started, aborted }
}`

const sample = (page: Page, id: string): Promise<Marks> =>
  // A different length each time: no sample may stand in step with the panel's looks.
  page.evaluate(`(${SAMPLE})(${JSON.stringify(id)}, ${RUN + Math.random() * 130})`) as Promise<Marks>

/** Takes a block of samples while the view is in front. */
export async function takeBlock(page: Page, view: View, name: string, size: number): Promise<Latencies> {
  await view.show()
  await sleep(300)
  // The first row of a view may take longer than all others: it does not count.
  await sample(page, `${name}-warm`)
  await sleep(500)
  await view.observe()
  const marks: Marks[] = []
  const ids = Array.from({ length: size }, (_, i) => `${name}-${i}-`)
  for (const id of ids) {
    marks.push(await sample(page, id))
    await sleep(250)
  }
  await sleep(500)
  const rows = await view.rows()
  await view.rest()
  const result: Latencies = { fromCall: [], fromStart: [], fromAbort: [], toState: [] }
  for (const [i, id] of ids.entries()) {
    const { called = Number.NaN, started = Number.NaN, aborted = Number.NaN } = marks[i] ?? {}
    const mine = rows.filter((row) => row.text.includes(id))
    const first = mine.find((row) => row.at >= called)?.at ?? Number.NaN
    const end = mine.find((row) => row.at >= aborted && /settled|Fetch completed/.test(row.text))?.at
    result.fromCall.push(first - called)
    result.fromStart.push(Math.max(0, first - started))
    const state = rows.find((row) => row.at >= aborted && row.text === outcomeOf(id))?.at
    result.toState.push((state ?? Number.NaN) - aborted)
    result.fromAbort.push((end ?? Number.NaN) - aborted)
  }
  return result
}
