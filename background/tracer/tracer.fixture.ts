import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { StorageChanged } from '../../protocol/storage-events'
import type { WorkerBody } from '../../protocol/worker-events'
import { attached, fakeDebugger, tracedWorker } from './chrome.fixture'
import { createTracer, type TracerNeeds } from './tracer'

vi.mock('virtual:probe', () => ({ default: '(() => {})' }))

export const TAB = 7

/** A tab with the origins of its pages, the browser as the tracer uses it, and what the tracer has reported. */
export const tab = {
  chrome: fakeDebugger(),
  said: [] as (WorkerBody | StorageChanged)[],
  pages: [] as string[],
  backgroundFetchTouched: vi.fn(),
  /** Gets the origins whose new fetches are announced. */
  announced: vi.fn((_: ReadonlySet<string>) => {}),
}

export const make = (emit: TracerNeeds['emit'] = (body) => tab.said.push(body)) =>
  createTracer(TAB, {
    emit,
    refused: vi.fn(),
    pages: () => tab.pages,
    backgroundFetchTouched: tab.backgroundFetchTouched,
    announced: tab.announced,
    namedUrlsChanged: vi.fn(),
  })

export const settle = () => vi.advanceTimersByTimeAsync(10)

/** The states of the tracer that were reported. */
export const states = () =>
  tab.said.flatMap((body) => (body.type === 'tracer' ? [`${body.state} ${body.reason}`.trim()] : []))

/** The browser attaches to a worker. */
export const show = (sessionId: string, waiting = true, type?: string) =>
  tab.chrome.onEvent.emit({ tabId: TAB }, 'Target.attachedToTarget', attached(sessionId, waiting, type))

/** Switches a tracer on. */
export async function switchOn() {
  const tracer = make()
  tracer.set(true)
  await settle()
  return tracer
}

/** The same with a worker that runs already, in the session `s1`. */
export async function traceWorker() {
  const tracer = await switchOn()
  show('s1', false)
  await settle()
  return tracer
}

/** After this the tracer is on, which it was not. */
export async function expectOnAfter(act: () => void) {
  act()
  await settle()
  expect(states().at(-1)).toBe('on')
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.clearAllMocks()
  tab.said = []
  tab.pages = []
  tab.chrome = fakeDebugger()
  tab.chrome.answers(tracedWorker)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
