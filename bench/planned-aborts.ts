import type { Frame, Page } from 'puppeteer-core'
import type { BodyOf, SessionEvent } from '../protocol/events'
import { startRequests } from '../scripts/browser/fetch'
import { recordedEvents } from '../scripts/browser/recorded'
import { until } from '../scripts/browser/until'
import { openMeasuredPage } from './measured-page'
import { setTracing } from './observe'
import { pacedServer, type Served } from './paced-server'

/** Samples of one kind of planned abort: how far each was off. What is not known of one is NaN. */
export interface PlannedAbortCost {
  readonly trigger: string
  /** Bytes, or responses, that the page knew of beyond those that were asked for, when `abort()` was called. */
  readonly beyond: number[]
  readonly unit: 'bytes' | 'responses' | ''
  /** From the moment that was asked for, as the server saw it, or as the time was counted, until `abort()` was called, in milliseconds. */
  readonly late: number[]
  /** Bytes that the server had sent, beyond those that were asked for, when the connection was closed. */
  readonly sent: number[]
}

export interface PlannedAbortCosts {
  readonly triggers: readonly PlannedAbortCost[]
  /** Between two progress events of a fetch: bytes and milliseconds, of all fetches of the run. */
  readonly steps: { readonly bytes: number[]; readonly ms: number[] }
}

/** Bytes of each of the responses of a fetch whose abort waits for some of them, and how many it has. */
const PART = 400_000
const PARTS = 12
const WHOLE = 12_000_000

const SCRIPT = `
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('backgroundfetchabort', () => {})
`

/** A moment, with how it is typed in the dialog. */
interface Trigger {
  readonly name: string
  readonly unit: PlannedAbortCost['unit']
  readonly parts: boolean
  readonly cold: boolean
  /** Another number for each sample: none may stand in step with the browser's progress. */
  number(): number
  fill(panel: Frame, number: number): Promise<unknown>
}

const amount = async (panel: Frame, unit: string, number: number) => {
  await panel.select('dialog[open] [aria-label="Unit"]', unit)
  await panel.locator('dialog[open] input[type="number"][aria-label="Amount"]').fill(String(number))
}
const time = (panel: Frame, number: number) =>
  panel.locator('dialog[open] input[type="number"][aria-label="Milliseconds"]').fill(String(number))

const between = (least: number, most: number) => Math.round(least + Math.random() * (most - least))
const plain = { unit: '', parts: false, cold: false } as const
const triggers: readonly Trigger[] = [
  {
    ...plain,
    name: 'at n bytes',
    unit: 'bytes',
    number: () => between(1_500_000, 4_000_000) / 1e6,
    fill: (panel, number) => amount(panel, 'MB', number),
  },
  {
    ...plain,
    name: 'at n per cent',
    unit: 'bytes',
    number: () => between(12, 35),
    fill: (panel, number) => amount(panel, '%', number),
  },
  {
    ...plain,
    name: 'after n responses',
    unit: 'responses',
    parts: true,
    number: () => between(1, 4),
    fill: (panel, number) =>
      panel.locator('dialog[open] input[type="number"][aria-label="responses"]').fill(String(number)),
  },
  {
    ...plain,
    name: 'at the first byte',
    unit: 'bytes',
    number: () => 0,
    fill: (panel) => panel.locator('dialog[open] [aria-label^="at the first byte"]').click(),
  },
  { ...plain, name: 'after n ms', number: () => between(700, 1700), fill: time },
  {
    ...plain,
    name: 'after n ms, worker stopped first',
    cold: true,
    number: () => between(700, 1700),
    fill: time,
  },
]

/** Plans the abort of a fetch that has yet to begin, with the panel's dialog. */
async function plan(panel: Frame, id: string, trigger: Trigger, number: number): Promise<void> {
  await panel.locator('[aria-label="More options"][aria-expanded]').click()
  await panel.locator('[role="menu"] [aria-label="Abort next fetch at…"]').click()
  await panel.locator('dialog[open] input[required]').fill(id)
  await trigger.fill(panel, number)
  if (trigger.cold) await panel.locator('dialog[open] label::-p-text(Stop its service worker)').click()
  await panel.locator('dialog[open] button[type="submit"]').click()
  await until('the plan is on record', async () =>
    (await recordedEvents(panel)).some(
      ({ body }) => body.type === 'next-abort-planned' && body.pattern === id,
    ),
  )
}

type Fired = SessionEvent & { readonly body: BodyOf<'planned-abort-fired'> }
const isFired = (event: SessionEvent): event is Fired => event.body.type === 'planned-abort-fired'

/** The events of the fetch of an ID, once its abort has happened and it has ended. */
const endedEvents = (panel: Frame, id: string): Promise<{ fired: Fired; own: readonly SessionEvent[] }> =>
  until(`the planned abort of ${id}`, async () => {
    const all = await recordedEvents(panel)
    const seen = all.find(({ body }) => body.type === 'fetch-seen' && body.id === id)?.body
    if (seen?.type !== 'fetch-seen') return undefined
    const own = all.filter(({ body }) => 'handle' in body && body.handle === seen.handle)
    const fired = own.find(isFired)
    return fired && own.some(({ body }) => body.type === 'event-over') ? { fired, own } : undefined
  })

/** When the server had given so many bytes. */
const givenAt = ({ given }: Served, bytes: number) =>
  given.find((one) => one.bytes >= bytes)?.at ?? Number.NaN

/** How far off one was. */
function sampleOf({ body, at }: Fired, served: Served): { beyond: number; late: number; sent: number } {
  const { moment, downloaded, downloadTotal, responses, elapsed } = body
  const sent = served.given.findLast((one) => one.at <= served.closedAt)?.bytes ?? Number.NaN
  const ofBytes = (asked: number) => ({
    beyond: downloaded - asked,
    late: at - givenAt(served, asked),
    sent: sent - asked,
  })
  switch (moment.kind) {
    case 'bytes':
      return ofBytes(moment.bytes)
    case 'percent':
      return ofBytes(Math.ceil((downloadTotal * moment.percent) / 100))
    case 'first-byte':
      return ofBytes(1)
    case 'responses':
      return {
        beyond: responses - moment.count,
        late: at - (served.done[moment.count - 1] ?? Number.NaN),
        sent: sent - moment.count * PART,
      }
    case 'time':
      return { beyond: Number.NaN, late: elapsed - moment.ms, sent: Number.NaN }
  }
}

/** Bytes and milliseconds between the progress events of a fetch before its abort. */
function stepsOf(own: readonly SessionEvent[], until: number) {
  const moved = own.flatMap(({ body, at }) =>
    body.type === 'progress' && at <= until ? [{ at, bytes: body.attributes.downloaded }] : [],
  )
  return moved.slice(1).map(({ at, bytes }, i) => ({
    bytes: bytes - (moved[i]?.bytes ?? 0),
    ms: at - (moved[i]?.at ?? 0),
  }))
}

const start = (page: Page, id: string, parts: boolean): Promise<void> => {
  const urls = Array.from(
    { length: parts ? PARTS : 1 },
    (_, i) => `/paced/${id}/${i}?${parts ? PART : WHOLE}`,
  )
  return startRequests(page, id, urls, parts ? PARTS * PART : WHOLE)
}

/**
 * Measures how far off planned aborts are, against a server that sends at a rate and keeps the time of each piece.
 *
 * @param samples of each kind
 */
export async function measurePlannedAborts(samples: number): Promise<PlannedAbortCosts> {
  const { route, served } = pacedServer()
  const costs = triggers.map(
    ({ name, unit }): PlannedAbortCost => ({ trigger: name, unit, beyond: [], late: [], sent: [] }),
  )
  const steps: PlannedAbortCosts['steps'] = { bytes: [], ms: [] }
  const { page, panel, close } = await openMeasuredPage('/planned.js', SCRIPT, route)
  try {
    await setTracing(panel, true)
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/planned.js')
      await navigator.serviceWorker.ready
    })
    for (let i = 0; i < samples; i++) {
      for (const [k, trigger] of triggers.entries()) {
        const id = `planned-${k}-${i}`
        await plan(panel, id, trigger, trigger.number())
        await start(page, id, trigger.parts)
        const { fired, own } = await endedEvents(panel, id)
        const seen = served.get(id)
        const { beyond, late, sent } = seen
          ? sampleOf(fired, seen)
          : { beyond: Number.NaN, late: Number.NaN, sent: Number.NaN }
        costs[k]?.beyond.push(beyond)
        costs[k]?.late.push(late)
        costs[k]?.sent.push(sent)
        for (const step of stepsOf(own, fired.at)) {
          steps.bytes.push(step.bytes)
          steps.ms.push(step.ms)
        }
      }
    }
  } finally {
    await close()
  }
  return { triggers: costs, steps }
}
