import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SCOPE, tracedWorker } from '../chrome.fixture'
import { dispatched, done, tracedRun } from './worker-run.fixture'

vi.mock('virtual:probe', () => ({ default: '(() => {})' }))

beforeEach(() => void vi.useFakeTimers({ now: Date.now() }))
afterEach(() => void vi.useRealTimers())

test('what the probe says is reported under the worker’s name, at the worker’s time', async () => {
  const { tell, said } = await tracedRun()
  const at = Date.now() - 1234.5
  tell(dispatched(), at)
  expect(said.at(-1)).toMatchObject({ body: { ...dispatched(), worker: 'worker-1' }, at })
})

test.each([1e300, -1, 0, 1e15, null])('a time of %s is refused', async (at) => {
  const { payload, refused, types } = await tracedRun()
  payload(JSON.stringify({ at, body: dispatched() }))
  expect(refused).toHaveLength(1)
  expect(types()).toEqual(['worker-seen'])
})

test('rubbish from the probe is refused with one word, however much of it comes', async () => {
  const { payload, tell, refused, types } = await tracedRun()
  const before = types().length
  for (const text of ['', 'null', '{', '[]', '"x"', '{"at":1}', '{"at":"1","body":{}}']) payload(text)
  tell({ ...dispatched(), event: -1 })
  tell({ ...dispatched(), name: 'fetch' })
  tell({ type: 'worker-seen', worker: '', url: '', scope: '', state: 'activated', how: 'running' })
  tell({ type: 'tracer', state: 'failed', reason: 'policy', detail: 'forged' })
  for (let i = 0; i < 1000; i++) payload('rubbish')
  expect(refused).toHaveLength(1)
  expect(types()).toHaveLength(before)
  tell(dispatched())
  expect(types().at(-1)).toBe('dispatched')
})

test('10 MB from the probe are refused unread', async () => {
  const { payload, refused, types } = await tracedRun()
  const before = types().length
  const parse = vi.spyOn(JSON, 'parse')
  payload(`{"at":1,"body":${'['.repeat(10_000_000)}`)
  expect(parse).not.toHaveBeenCalled()
  parse.mockRestore()
  expect(refused).toEqual(['10000015 characters of something'])
  expect(types()).toHaveLength(before)
})

test('what somebody else’s binding gets is no message', async () => {
  const { run, key, refused, types } = await tracedRun()
  const payload = key + JSON.stringify({ at: Date.now(), body: dispatched() })
  run.event('Runtime.bindingCalled', { name: 'somebodyElse', payload })
  expect([types(), refused]).toEqual([['worker-seen'], []])
})

test('the worker’s own name for itself is not believed', async () => {
  const { tell, last } = await tracedRun()
  tell({ ...dispatched(), worker: 'worker-of-somebody-else' })
  expect(last()).toMatchObject({ worker: 'worker-1' })
})

test('an event that is not over after 30 s is reported once; one that is over is not', async () => {
  const { tell, types, last } = await tracedRun()
  tell(dispatched(1))
  tell(dispatched(2))
  tell(done(2))
  await vi.advanceTimersByTimeAsync(29_900)
  expect(types()).not.toContain('still-running')
  await vi.advanceTimersByTimeAsync(200)
  expect(last()).toMatchObject({ type: 'still-running', event: 1 })
  await vi.advanceTimersByTimeAsync(120_000)
  expect(types().filter((type) => type === 'still-running')).toHaveLength(1)
})

test('a run that ends takes its open events with it, and ends once', async () => {
  const { run, tell, types } = await tracedRun()
  tell(dispatched())
  run.end('stopped')
  run.end('gone')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(types()).toEqual(['worker-seen', 'dispatched', 'worker-stopped'])
})

test('the probe hears every few seconds that the tracer is there, until the run ends', async () => {
  const { run, sent } = await tracedRun()
  const renewals = () =>
    sent.filter(({ params }) => String(params.functionDeclaration).includes('renew')).length
  await vi.advanceTimersByTimeAsync(15_100)
  expect(renewals()).toBe(3)
  run.end('stopped')
  await vi.advanceTimersByTimeAsync(15_000)
  expect(renewals()).toBe(3)
})

test('how updateUI() ended is read from its promise, without a reaction to it', async () => {
  let looks = 0
  const { tell, sent, said } = await tracedRun((one) => {
    if (String(one.params.functionDeclaration).includes('update')) {
      return { result: { type: 'object', objectId: 'promise' } }
    }
    if (one.params.objectId !== 'promise') return tracedWorker(one)
    const settled = ++looks > 2
    const reason = { type: 'object', subtype: 'error', description: 'InvalidStateError: too late' }
    return {
      result: [],
      internalProperties: [
        { name: '[[PromiseState]]', value: { type: 'string', value: settled ? 'rejected' : 'pending' } },
        { name: '[[PromiseResult]]', value: settled ? reason : { type: 'undefined' } },
      ],
    }
  })
  tell(dispatched())
  tell({ type: 'update-ui', worker: '', event: 1, n: 1, title: 'Ready', location: null })
  await vi.advanceTimersByTimeAsync(1000)
  const error = { message: 'InvalidStateError: too late' }
  expect(said.at(-1)?.body).toMatchObject({ type: 'update-ui-settled', event: 1, n: 1, error })
  expect(sent.map(({ method }) => method)).not.toContain('Runtime.awaitPromise')
  expect(sent.filter(({ params }) => params.awaitPromise)).toEqual([])
})

test('a promise of updateUI() that does not settle is not said to', async () => {
  const pending = [{ name: '[[PromiseState]]', value: { type: 'string', value: 'pending' } }]
  const { tell, types } = await tracedRun((one) =>
    one.params.objectId === 'promise'
      ? { internalProperties: pending }
      : String(one.params.functionDeclaration).includes('update')
        ? { result: { type: 'object', objectId: 'promise' } }
        : tracedWorker(one),
  )
  tell({ type: 'update-ui', worker: '', event: 1, n: 1, title: '', location: null })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(types()).not.toContain('update-ui-settled')
})

test('a call that a breakpoint has met is reported with its place', async () => {
  const { tell, last } = await tracedRun()
  const stack =
    'Error\n    at eval (eval at <anonymous> (:1:1))\n    at stop (https://pod.example/sw.js:12:3)'
  tell({ type: 'called', worker: '', method: 'abort', id: 'a', stack })
  expect(last()).toEqual({
    type: 'worker-call',
    worker: 'worker-1',
    method: 'abort',
    id: 'a',
    location: { url: 'https://pod.example/sw.js', line: 12, column: 3, name: 'stop' },
    callers: [],
  })
})

test('the calls of a worker that is installed for the first time are watched when it is active', async () => {
  const installing = (sent: Parameters<typeof tracedWorker>[0]) =>
    /facts/.test(String(sent.params.functionDeclaration))
      ? { result: { type: 'string', value: JSON.stringify({ scope: SCOPE, state: 'installing' }) } }
      : tracedWorker(sent)
  const { sent, tell } = await tracedRun(installing, 'started')
  const methods = () => sent.map(({ method }) => method)
  tell({ type: 'worker-state', worker: '', state: 'activating' })
  expect(methods()).not.toContain('Debugger.setSkipAllPauses')
  tell({ type: 'worker-state', worker: '', state: 'activated' })
  expect(methods()).toContain('Debugger.setSkipAllPauses')
})

test('a request in an event is reported with it, and one that has no answer then after its end', async () => {
  const { run, tell, types, last } = await tracedRun()
  const sent = (requestId: string) =>
    run.event('Network.requestWillBeSent', {
      requestId,
      request: { url: 'https://pod.example/a', method: 'POST' },
      timestamp: 1,
      initiator: { type: 'script' },
    })
  tell(dispatched())
  sent('a')
  run.event('Network.responseReceived', { requestId: 'a', timestamp: 1.5, response: { status: 204 } })
  expect(last()).toMatchObject({
    type: 'worker-request',
    worker: 'worker-1',
    event: 1,
    status: 204,
    took: 500,
  })
  sent('b')
  tell(done())
  expect(types().slice(-2)).toEqual(['event-done', 'worker-request'])
})

/** A worker that starts: its script has added its listeners when it is asked for them for the third time. */
function starting(outcome: object) {
  let looks = 0
  return (sent: Parameters<typeof tracedWorker>[0]) => {
    const declaration = String(sent.params.functionDeclaration)
    if (declaration.includes('this.handlers')) {
      const count = ++looks < 3 ? null : 1
      return { result: { type: 'string', value: JSON.stringify([{ name: 'backgroundfetchclick', count }]) } }
    }
    return declaration.includes('this.dispatch') ? outcome : tracedWorker(sent)
  }
}
const answered = (value: unknown) => ({ result: { type: 'string', value } })
const dispatches = (sent: readonly { params: Record<string, unknown> }[]) =>
  sent.filter(({ params }) => String(params.functionDeclaration).includes('this.dispatch'))

test('a synthetic event waits for the script of a worker that has just started, and of no other', async () => {
  const { run, sent } = await tracedRun(starting(answered('dispatched')), 'started')
  const done = run.dispatch('episode')
  await vi.advanceTimersByTimeAsync(10)
  expect(dispatches(sent)).toEqual([])
  await vi.advanceTimersByTimeAsync(100)
  expect(await done).toBe('dispatched')
  expect(dispatches(sent)[0]?.params).toMatchObject({ arguments: [{ value: 'episode' }], awaitPromise: true })
  const other = await tracedRun(starting(answered('no-listener')))
  await vi.advanceTimersByTimeAsync(0)
  expect(await other.run.dispatch('episode')).toBe('no-listener')
})

test('one whose script adds no listener that could be seen gets it two seconds after its start', async () => {
  const none = (sent: Parameters<typeof tracedWorker>[0]) =>
    String(sent.params.functionDeclaration).includes('this.dispatch')
      ? answered('dispatched')
      : tracedWorker(sent)
  const { run } = await tracedRun(none, 'started')
  const done = vi.fn()
  void run.dispatch('episode').then(done)
  await vi.advanceTimersByTimeAsync(1900)
  expect(done).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(200)
  expect(done).toHaveBeenCalledWith('dispatched')
})

const thrown = { type: 'string', value: 'replaced' }

test.each([
  ['another outcome', answered('done'), /Invalid type/],
  ['a refusal', { result: thrown, exceptionDetails: { text: '', exception: thrown } }, /^replaced$/],
  ['an answer of another shape', { result: 'dispatched' }, /^unreadable$/],
])('a synthetic event is refused with the probe’s words: %s', async (_, outcome, message) => {
  const { run } = await tracedRun(starting(outcome))
  await expect(run.dispatch('episode')).rejects.toThrow(message)
})

test('a run that is over dispatches nothing', async () => {
  const { run, sent } = await tracedRun(starting(answered('dispatched')))
  run.end('stopped')
  await expect(run.dispatch('episode')).rejects.toThrow('not-traced')
  expect(dispatches(sent)).toEqual([])
})
