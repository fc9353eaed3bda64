import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Frame } from 'puppeteer-core'
import type { FetchAttributes } from '../protocol/attributes'
import type { Body, SessionEvent } from '../protocol/events'
import type { Handle } from '../protocol/handle'
import { launch } from '../scripts/browser/launch'
import { openPanel } from '../scripts/browser/panel'
import { LOG, scroll, scrollPlainText, TABLE } from './scroll'
import { quantile } from './stats'

export interface LogCost {
  readonly rows: number
  /** Milliseconds from the events' arrival to the last row in view. */
  readonly open: number
  /** Milliseconds from each keystroke in the filter until what it leaves is laid out, of each pass. */
  readonly keystrokes: readonly (readonly number[])[]
  /** The slowest of them, each in the median of the passes. */
  readonly slowestKeystroke: number
  /** Milliseconds that an event takes to be drawn in the long log, in the median. */
  readonly event: number
  /** Milliseconds between frames while scrolling, of each pass. */
  readonly frames: readonly (readonly number[])[]
  /** The 99th percentile of each pass; the median of the passes. */
  readonly frameP99: number
  /** The same of the table of fetches, of which there is one for each ten rows of the log. */
  readonly tableFrameP99: number
  /** The same of lines of plain text that no script draws. */
  readonly plainFrameP99: number
  /** Milliseconds from a jump to a far place until its rows are seen, in the median. */
  readonly jump: number
  /** Bytes of JavaScript. */
  readonly heap: number
}

/** Frames of one pass of scrolling. */
const STEPS = 600
/** Of scrolling and of typing: a machine that is slow for a moment spoils one of them. */
const PASSES = 5

const ORIGIN = 'https://pod.example'

const attributes = (some: Partial<FetchAttributes>): FetchAttributes => ({
  uploadTotal: 0,
  uploaded: 0,
  downloadTotal: 5_000_000,
  downloaded: 0,
  result: '',
  failureReason: '',
  recordsAvailable: true,
  ...some,
})

/** The lifecycle of one fetch: ten rows. */
function lifecycle(n: number): Body[] {
  const handle = `bridge:${n}` as Handle
  const id = `episode-${n}`
  const worker = `worker-${n}`
  const failed = attributes({ result: 'failure', failureReason: 'aborted' })
  const ids = { worker, event: 1 }
  const location = { url: `${ORIGIN}/sw.js`, line: 12, column: 3 }
  return [
    { type: 'fetch-seen', handle, scope: `${ORIGIN}/`, id, already: false, attributes: attributes({}) },
    { type: 'progress', handle, attributes: attributes({ downloaded: 1000 * n }) },
    { type: 'abort-requested', handle, command: `command-${n}` },
    { type: 'abort-answered', handle, command: `command-${n}`, outcome: { kind: 'resolved', value: true } },
    { type: 'settled', handle, attributes: failed },
    { type: 'worker-state', worker, state: 'activated' },
    { type: 'wait-until', ...ids, n: 1, given: 'promise', location },
    { type: 'promise-settled', ...ids, n: 1, error: null },
    { type: 'worker-stopped', worker, how: 'stopped' },
    { type: 'event-over', handle, uncertainty: 5 },
  ]
}

/** A session with at least so many rows. */
function longSession(rows: number): SessionEvent[] {
  const events: SessionEvent[] = []
  for (let n = 1; events.length < rows; n++) {
    for (const body of lifecycle(n)) {
      const seq = events.length + 1
      const at = 1_700_000_000_000 + seq * 37
      events.push({ producer: 'bridge', seq, at, source: 'page', document: 'd', storageKey: ORIGIN, body })
    }
  }
  return events
}

/**
 * Stands in for the background: what the panel connects to is a port whose other end is in the page's hands.
 */
const STUB = `(() => {
  const nothing = () => {}
  const listeners = []
  const port = {
    name: 'panel:1',
    onMessage: { addListener: (listener) => listeners.push(listener) },
    onDisconnect: { addListener: nothing },
    postMessage: (message) => {
      if (message.i) queueMicrotask(() => listeners.forEach((hear) => hear({ t: 's', i: message.i })))
    },
    disconnect: nothing,
  }
  Object.defineProperty(chrome.runtime, 'connect', { value: () => port })
  globalThis.benchSend = (events) => {
    for (const hear of listeners) hear({ t: 'q', m: 'events', a: [events] })
  }
})()`

/** Runs in the page. */
const frame = 'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))'

const LAST = `[...document.querySelectorAll('[data-row] b')].at(-1)?.textContent`

const TYPE = `(async (words) => {
  const field = document.querySelector('input[type="search"]')
  field.focus()
  await new Promise((resolve) => setTimeout(resolve, 3000))
  const times = []
  for (const value of words) {
    field.value = value
    const start = performance.now()
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    await Promise.resolve()
    document.querySelector('[data-row]')?.getBoundingClientRect()
    times.push(performance.now() - start)
    await ${frame}
  }
  return times
})`

const SEND = `(async (events) => {
  const times = []
  const box = document.querySelector('[aria-label="Event log"] [role="rowgroup"]')
  box.scrollTop = box.scrollHeight
  await ${frame}
  for (const event of events) {
    const drawn = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect()
        resolve()
      })
      observer.observe(box, { childList: true, subtree: true, characterData: true, attributes: true })
    })
    const start = performance.now()
    benchSend([event])
    await drawn
    document.querySelector('[data-row]')?.getBoundingClientRect()
    times.push(performance.now() - start)
    await ${frame}
  }
  return times
})`

const typed = [
  'a',
  'ab',
  'abo',
  'abor',
  'abort',
  'abort -',
  'abort -e',
  'episode-77',
  '',
  'source:page level:warning',
]

/**
 * Brings a session to the door of the panel, in DevTools: a page of the extension in a tab is in a process of the background's kind,
 * which collects garbage all the time.
 */
async function openFilled(browser: Browser, events: readonly SessionEvent[]): Promise<Frame> {
  const { devtools, panel } = await openPanel(await browser.newPage())
  await devtools.setViewport({ width: 1200, height: 740 })
  await devtools.evaluateOnNewDocument(`if (location.pathname === '/panel/index.html') ${STUB}`)
  await panel.evaluate('location.reload()')
  await panel.waitForFunction('globalThis.benchSend !== undefined')
  await panel.waitForSelector('[aria-label="Event log"]')
  await panel.evaluate('globalThis.benchEvents = []')
  for (let i = 0; i < events.length; i += 10_000) {
    const part = JSON.stringify(events.slice(i, i + 10_000))
    await panel.evaluate(`benchEvents.push(...JSON.parse(${JSON.stringify(part)}))`)
  }
  return panel
}

const OPEN = `(async () => {
  const start = performance.now()
  benchSend(benchEvents)
  benchEvents = null
  while (${LAST} !== 'records released') await new Promise(requestAnimationFrame)
  await ${frame}
  return performance.now() - start
})()`

const median = (samples: readonly number[]) => quantile(samples, 0.5)

const medianP99 = (passes: readonly (readonly number[])[]) =>
  median(passes.map((frames) => quantile(frames, 0.99)))

/** Opens the panel on a long session, and measures what reading it costs. */
export async function measureLog(rows = 100_000): Promise<LogCost> {
  const { browser, close } = await launch()
  try {
    const events = longSession(rows)
    const panel = await openFilled(browser, events)
    const open = (await panel.evaluate(OPEN)) as number
    await sleep(1000)
    const frames: number[][] = []
    for (let i = 0; i < PASSES; i++) frames.push(await scroll(panel, LOG, STEPS))
    const jumps = await scroll(panel, LOG, 60, true)
    const ofTable: number[][] = []
    for (let i = 0; i < PASSES; i++) ofTable.push(await scroll(panel, TABLE, STEPS / 3))
    const keystrokes: number[][] = []
    for (let i = 0; i < PASSES; i++) {
      keystrokes.push((await panel.evaluate(`${TYPE}(${JSON.stringify(typed)})`)) as number[])
    }
    await panel.evaluate(`${TYPE}([''])`)
    // What is not drawn, as its level is off, is never seen.
    const more = longSession(rows + 250)
      .slice(events.length)
      .filter(({ body }) => body.type !== 'worker-state' && body.type !== 'worker-stopped')
    const each = (await panel.evaluate(`${SEND}(${JSON.stringify(more)})`)) as number[]
    // Puppeteer keeps a frame's session to itself.
    const { client } = panel as Frame & { readonly client: CDPSession }
    await client.send('HeapProfiler.collectGarbage')
    const { usedSize } = await client.send('Runtime.getHeapUsage')
    const plain = await scrollPlainText(panel, STEPS, PASSES)
    return {
      rows: events.length,
      open,
      keystrokes,
      slowestKeystroke: Math.max(
        ...typed.map((_, i) => median(keystrokes.map((pass) => pass[i] ?? Number.NaN))),
      ),
      event: median(each),
      frames,
      frameP99: medianP99(frames),
      tableFrameP99: medianP99(ofTable),
      plainFrameP99: medianP99(plain),
      jump: median(jumps),
      heap: usedSize,
    }
  } finally {
    await close()
  }
}
