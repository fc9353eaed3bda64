import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tracedWorker } from '../chrome.fixture'
import { dispatched, done, returned, tracedRun } from './worker-run.fixture'

vi.mock('virtual:probe', () => ({ default: '(() => {})' }))

beforeEach(() => void vi.useFakeTimers({ now: Date.now() }))
afterEach(() => void vi.useRealTimers())

test('the console belongs to the event whose listeners run, else to the only one that is open', async () => {
  const { run, tell, last } = await tracedRun()
  const log = (text: string) =>
    run.event('Runtime.consoleAPICalled', {
      type: 'warning',
      args: [{ type: 'string', value: text }],
      timestamp: Date.now(),
      stackTrace: { callFrames: [{ url: 'https://pod.example/sw.js', lineNumber: 3, columnNumber: 4 }] },
    })
  log('before')
  expect(last()).toMatchObject({ type: 'console', event: null, level: 'warning', text: 'before' })
  tell(dispatched(1))
  tell(returned(1))
  log('waiting')
  expect(last()).toMatchObject({ event: 1, location: { line: 4, column: 5 } })
  tell(dispatched(2))
  log('second runs')
  expect(last()).toMatchObject({ event: 2 })
  tell(returned(2))
  log('whose?')
  expect(last()).toMatchObject({ event: null })
  tell(done(1))
  log('second is left')
  expect(last()).toMatchObject({ event: 2 })
})

test('an exception is the handler’s while its listeners run, and the event’s afterwards', async () => {
  const { run, tell, last } = await tracedRun()
  const fail = () =>
    run.event('Runtime.exceptionThrown', {
      timestamp: Date.now(),
      exceptionDetails: {
        text: 'Uncaught',
        exception: { type: 'object', subtype: 'error', description: 'TypeError: no\n    at sw.js:1:1' },
        url: 'https://pod.example/sw.js',
        lineNumber: 9,
        columnNumber: 1,
      },
    })
  tell(dispatched())
  fail()
  const error = { message: 'TypeError: no' }
  expect(last()).toMatchObject({
    type: 'exception',
    event: 1,
    byHandler: true,
    error,
    location: { line: 10 },
  })
  tell(returned())
  fail()
  expect(last()).toMatchObject({ type: 'exception', event: 1, byHandler: false })
  // Of an event that a listener was seen to use, the end of that listener is known, and not that of the next ones.
  tell(done())
  tell(dispatched(2))
  fail()
  expect(last()).toMatchObject({ type: 'exception', event: 2, byHandler: true })
  tell({ type: 'listener-returned', worker: '', event: 2 })
  expect(last()).toMatchObject({ type: 'exception' })
  fail()
  expect(last()).toMatchObject({ type: 'exception', event: 2, byHandler: false })
})

test('of two events whose listeners have not returned, the later one is running', async () => {
  const { run, tell, last } = await tracedRun()
  tell(dispatched(1))
  tell(dispatched(2))
  run.event('Runtime.consoleAPICalled', { type: 'log', args: [], timestamp: Date.now() })
  expect(last()).toMatchObject({ type: 'console', event: 2 })
})

test('a console message of 10 MB is cut', async () => {
  const { run, last } = await tracedRun()
  const args = [{ type: 'string', value: 'x'.repeat(10_000_000) }]
  run.event('Runtime.consoleAPICalled', { type: 'log', args, timestamp: Date.now() })
  const body = last()
  expect(body?.type === 'console' && body.text.length).toBe(4000)
})

const consoleCall = (text: string, type = 'log') => ({
  type,
  args: [{ type: 'string', value: text }],
  timestamp: Date.now(),
})

test('of console messages the first hundred of an event have rows, and errors all of theirs', async () => {
  const { run, tell, said } = await tracedRun()
  tell(dispatched())
  const log = (type: string) => run.event('Runtime.consoleAPICalled', consoleCall('', type))
  for (let i = 0; i < 200; i++) log('log')
  log('error')
  tell(returned())
  tell(done())
  const consoles = said.filter(({ body }) => body.type === 'console')
  expect(consoles).toHaveLength(101)
  expect(consoles.at(-1)?.body).toMatchObject({ level: 'error' })
  expect(said.filter(({ body }) => body.type === 'console-counted')).toMatchObject([
    { body: { event: 1, count: 100 } },
  ])
  expect(said.at(-1)?.body.type).toBe('event-done')
})

/** Reports a burst, at whose end the browser repeats what it has stored. */
async function tracedBurst(repeats: (first: ReturnType<typeof consoleCall>) => readonly object[]) {
  let repeat = () => {}
  const found = await tracedRun((one) => {
    if (one.method === 'Runtime.enable') repeat()
    return tracedWorker(one)
  })
  const { run, tell } = found
  tell(dispatched())
  const calls = Array.from({ length: 250 }, (_, n) => ({
    ...consoleCall('message'),
    timestamp: Date.now() + n / 1000,
  }))
  for (const call of calls) run.event('Runtime.consoleAPICalled', call)
  const [last = consoleCall('')] = calls.slice(-1)
  repeat = () => {
    for (const one of repeats(last)) run.event('Runtime.consoleAPICalled', { ...one })
  }
  return found
}

test('an error in a burst is reported before the end of its event, as thrown or written during it', async () => {
  const { tell, said, types } = await tracedBurst((last) => [
    { ...consoleCall('before'), timestamp: last.timestamp - 1 },
    last,
    { ...consoleCall('failed', 'error'), timestamp: last.timestamp + 1 },
  ])
  tell(returned())
  tell(done())
  expect(types()).not.toContain('handler-returned')
  await vi.advanceTimersByTimeAsync(1)
  expect(types().slice(-4)).toEqual(['console', 'handler-returned', 'console-counted', 'event-done'])
  expect(said.at(-4)?.body).toMatchObject({ event: 1, level: 'error', text: 'failed' })
  expect(said.at(-2)?.body).toEqual({ type: 'console-counted', worker: 'worker-1', event: 1, count: 150 })
})

test('what may not have been read of a burst is reported with its event, before it is over', async () => {
  const { tell, said, types } = await tracedBurst((last) => [
    { ...consoleCall('later'), timestamp: last.timestamp + 1 },
  ])
  tell(returned())
  tell(done())
  await vi.advanceTimersByTimeAsync(1)
  expect(types().slice(-3)).toEqual(['handler-returned', 'console-counted', 'event-done'])
  expect(said.at(-2)?.body).toMatchObject({ event: 1, count: 151, atLeast: true })
})

test('a worker that stops during a burst may have written more', async () => {
  const { run, said, types } = await tracedBurst(() => [])
  run.end('stopped')
  expect(types().slice(-2)).toEqual(['console-counted', 'worker-stopped'])
  expect(said.at(-2)?.body).toMatchObject({ event: 1, count: 150, atLeast: true })
})

test('a rejection that is handled later is reported once, with the event of its exception', async () => {
  const { run, tell, said, last } = await tracedRun()
  const exceptionDetails = { text: 'Uncaught (in promise)', exceptionId: 7, lineNumber: 1, columnNumber: 1 }
  const revoke = (exceptionId: unknown) => run.event('Runtime.exceptionRevoked', { reason: '', exceptionId })
  tell(dispatched())
  tell(returned())
  run.event('Runtime.exceptionThrown', { timestamp: Date.now(), exceptionDetails })
  expect(last()).toMatchObject({ type: 'exception', event: 1, exception: 7 })
  for (const unknown of [8, 'no', undefined]) revoke(unknown)
  tell(done())
  revoke(7)
  expect(last()).toEqual({ type: 'rejection-handled', worker: 'worker-1', event: 1, exception: 7 })
  revoke(7)
  expect(said.filter(({ body }) => body.type === 'rejection-handled')).toHaveLength(1)
})

test('one that is handled during a burst is reported after its exception', async () => {
  const exceptionDetails = { text: 'Uncaught (in promise)', exceptionId: 7, lineNumber: 1, columnNumber: 1 }
  let repeat = () => {}
  const { run, tell, types } = await tracedRun((one) => {
    if (one.method === 'Runtime.enable') repeat()
    return tracedWorker(one)
  })
  tell(dispatched())
  const at = Date.now()
  for (let i = 0; i < 250; i++)
    run.event('Runtime.consoleAPICalled', { ...consoleCall(''), timestamp: at + i })
  repeat = () => {
    for (const n of [248, 249])
      run.event('Runtime.consoleAPICalled', { ...consoleCall(''), timestamp: at + n })
    run.event('Runtime.exceptionThrown', { timestamp: at + 250, exceptionDetails })
    run.event('Runtime.exceptionRevoked', { reason: '', exceptionId: 7 })
  }
  tell(returned())
  await vi.advanceTimersByTimeAsync(1)
  expect(types().slice(-3)).toEqual(['exception', 'rejection-handled', 'handler-returned'])
})
