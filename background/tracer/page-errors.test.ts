import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PageError } from '../../protocol/page-script-events'
import { createPageErrors } from './page-errors'

const START = 1_800_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now() - performance.timeOrigin)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const thrown = (exceptionId: number, at: number, some: object = {}) => ({
  timestamp: at,
  exceptionDetails: {
    exceptionId,
    text: 'Uncaught',
    executionContextId: 1,
    url: 'https://pod.example/app.js',
    lineNumber: 11,
    columnNumber: 4,
    exception: { type: 'object', description: 'TypeError: no\n    at f (app.js:12:5)' },
    ...some,
  },
})

/** A page whose browser repeats these events when Runtime is enabled. */
function page(repeats: () => readonly (readonly [string, object])[]) {
  const said: (PageError & { at: number })[] = []
  const sent: string[] = []
  const errors = createPageErrors(
    async (method) => {
      sent.push(method)
      if (method !== 'Runtime.enable') return
      errors.event('Runtime.executionContextCreated', { context: { id: 1, auxData: { isDefault: true } } })
      errors.event('Runtime.executionContextCreated', { context: { id: 2, auxData: { isDefault: false } } })
      for (const [event, params] of repeats()) errors.event(`Runtime.${event}`, { ...params })
    },
    (error, at) => said.push({ ...error, at }),
  )
  return { errors, said, sent }
}

test('nothing is read while nothing is aborted, and Runtime is enabled for a moment only', async () => {
  const { errors, sent } = page(() => [])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual([])
  errors.aborted(START + 60_000)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual(['Runtime.enable', 'Runtime.disable', 'Runtime.enable', 'Runtime.disable'])
})

test('what was thrown within five seconds after an abort is reported once, with its place', async () => {
  const { errors, said } = page(() => [
    ['exceptionThrown', thrown(1, START - 1)],
    ['exceptionThrown', thrown(2, START + 20)],
    ['exceptionThrown', thrown(3, START + 5001)],
  ])
  errors.aborted(START)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(said).toEqual([
    {
      type: 'page-error',
      at: START + 20,
      rejection: false,
      error: { message: 'TypeError: no', stack: 'TypeError: no\n    at f (app.js:12:5)' },
      location: { url: 'https://pod.example/app.js', line: 12, column: 5 },
    },
  ])
})

test('a rejection is counted from an exception, and one that was handled after all is none', async () => {
  const text = 'Uncaught (in promise)'
  const { errors, said } = page(() => [
    ['exceptionThrown', thrown(1, START + 10, { text })],
    ['exceptionThrown', thrown(2, START + 10, { text })],
    ['exceptionRevoked', { reason: 'Handler added to rejected promise', exceptionId: 2 }],
  ])
  errors.aborted(START)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(said.map(({ rejection }) => rejection)).toEqual([true])
})

test('an error whose object is gone is reported by the browser’s words for it', async () => {
  const { errors, said } = page(() => [
    [
      'exceptionThrown',
      thrown(1, START, { text: 'Uncaught (in promise) Error: left', exception: undefined }),
    ],
    ['exceptionThrown', thrown(2, START, { text: 'Uncaught', exception: undefined })],
  ])
  errors.aborted(START)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(said.map(({ error }) => error.message)).toEqual(['Error: left', 'Uncaught'])
})

test('what extensions throw is not the page’s', async () => {
  const { errors, said } = page(() => [
    ['exceptionThrown', thrown(1, START + 10, { executionContextId: 2 })],
    ['exceptionThrown', thrown(2, START + 10, { executionContextId: undefined })],
  ])
  errors.aborted(START)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(said).toEqual([])
})

test('a page that throws without end is reported twenty times', async () => {
  const { errors, said } = page(() =>
    Array.from({ length: 500 }, (_, n) => ['exceptionThrown', thrown(n, START + n)] as const),
  )
  errors.aborted(START)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(said).toHaveLength(20)
})

test('once it has ended nothing is read any more', async () => {
  const { errors, sent } = page(() => [])
  errors.aborted(START)
  errors.end()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sent).toEqual([])
})
