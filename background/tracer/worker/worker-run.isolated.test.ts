import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FetchAttributes } from '../../../protocol/attributes'
import { attributes, dispatchedOf } from '../../../protocol/events.fixture'
import type { WorkerBody } from '../../../protocol/worker-events'
import { type Sent, tracedWorker } from '../chrome.fixture'
import { createWorkerRun } from './worker-run'

vi.mock('virtual:probe', () => ({ default: '(() => {})' }))

const ABORTED: FetchAttributes = { ...attributes, result: 'failure', failureReason: 'aborted' }

const dispatched = (event = 1) => dispatchedOf({ worker: '', event, attributes: ABORTED })
const returned = (event = 1) => ({ type: 'handler-returned', worker: '', event, ran: null })
const done = (event = 1) => ({ type: 'event-done', worker: '', event, promises: 1, rejected: 0 })

const bindingOf = (sent: readonly { method: string; params: Record<string, unknown> }[]) =>
  sent.findLast(({ method }) => method === 'Runtime.addBinding')?.params.name

async function traced(answer: typeof tracedWorker = tracedWorker) {
  const said: { body: WorkerBody; at: number | undefined }[] = []
  const refused: string[] = []
  const sent: { method: string; params: Record<string, unknown> }[] = []
  const send = async <T>(method: string, params: object = {}) => {
    const one = { method, params: params as Record<string, unknown>, session: 's1' }
    sent.push(one)
    return (await answer(one)) as T
  }
  const run = createWorkerRun(
    'worker-1',
    'https://pod.example/sw.js',
    'mark',
    send,
    (body, at) => said.push({ body, at }),
    (detail) => refused.push(detail),
  )
  await run.install('running')
  const given = sent.findLast(({ params }) => /"running"/.test(String(params.expression)))
  const [key = ''] = /\b[0-9a-f]{32}\b/.exec(String(given?.params.expression)) ?? []
  const payload = (text: string) =>
    run.event('Runtime.bindingCalled', { name: bindingOf(sent), payload: key + text })
  return {
    run,
    said,
    refused,
    sent,
    key,
    payload,
    tell: (body: object, at = Date.now()) => payload(JSON.stringify({ at, body })),
    last: () => said.at(-1)?.body,
    types: () => said.map(({ body }) => body.type),
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.now() })
})
afterEach(() => {
  vi.useRealTimers()
})

test('what the probe says is reported under the worker’s name, at the worker’s time', async () => {
  const { tell, said } = await traced()
  const at = Date.now() - 1234.5
  tell(dispatched(), at)
  expect(said.at(-1)).toMatchObject({ body: { ...dispatched(), worker: 'worker-1' }, at })
})

test.each([1e300, -1, 0, 1e15, null])('a time of %s is refused', async (at) => {
  const { payload, refused, types } = await traced()
  payload(JSON.stringify({ at, body: dispatched() }))
  expect(refused).toHaveLength(1)
  expect(types()).toEqual(['worker-seen'])
})

test('rubbish from the probe is refused with one word, however much of it comes', async () => {
  const { payload, tell, refused, types } = await traced()
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
  const { payload, refused, types } = await traced()
  const before = types().length
  const parse = vi.spyOn(JSON, 'parse')
  payload(`{"at":1,"body":${'['.repeat(10_000_000)}`)
  expect(parse).not.toHaveBeenCalled()
  parse.mockRestore()
  expect(refused).toEqual(['10000015 characters of something'])
  expect(types()).toHaveLength(before)
})

test('what somebody else’s binding gets is no message', async () => {
  const { run, key, refused, types } = await traced()
  const payload = key + JSON.stringify({ at: Date.now(), body: dispatched() })
  run.event('Runtime.bindingCalled', { name: 'somebodyElse', payload })
  expect([types(), refused]).toEqual([['worker-seen'], []])
})

test('the worker’s own name for itself is not believed', async () => {
  const { tell, last } = await traced()
  tell({ ...dispatched(), worker: 'worker-of-somebody-else' })
  expect(last()).toMatchObject({ worker: 'worker-1' })
})

test('the console belongs to the event whose listeners run, else to the only one that is open', async () => {
  const { run, tell, last } = await traced()
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
  const { run, tell, last } = await traced()
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
})

test('of two events whose listeners have not returned, the later one is running', async () => {
  const { run, tell, last } = await traced()
  tell(dispatched(1))
  tell(dispatched(2))
  run.event('Runtime.consoleAPICalled', { type: 'log', args: [], timestamp: Date.now() })
  expect(last()).toMatchObject({ type: 'console', event: 2 })
})

test('a console message of 10 MB is cut', async () => {
  const { run, last } = await traced()
  const args = [{ type: 'string', value: 'x'.repeat(10_000_000) }]
  run.event('Runtime.consoleAPICalled', { type: 'log', args, timestamp: Date.now() })
  const body = last()
  expect(body?.type === 'console' && body.text.length).toBe(4000)
})

test('an event that is not over after 30 s is reported once; one that is over is not', async () => {
  const { tell, types, last } = await traced()
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
  const { run, tell, types } = await traced()
  tell(dispatched())
  run.end('stopped')
  run.end('gone')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(types()).toEqual(['worker-seen', 'dispatched', 'worker-stopped'])
})

test('the probe hears every few seconds that the tracer is there, until the run ends', async () => {
  const { run, sent } = await traced()
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
  const { tell, sent, said } = await traced((one) => {
    if (String(one.params.functionDeclaration).includes('update')) {
      return { result: { type: 'object', objectId: 'promise' } }
    }
    if (one.params.objectId !== 'promise') return tracedWorker(one)
    const settled = ++looks > 2
    const reason = { type: 'object', subtype: 'error', description: 'InvalidStateError: too late' }
    return {
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
  const { tell, types } = await traced((one) =>
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

const putsIn = ({ params }: Pick<Sent, 'params'>) =>
  /^function \(send, \.\.\.given\)/.test(String(params.functionDeclaration))

test('a worker that is not ready gets the probe again', async () => {
  let tries = 0
  const thrown = { text: 'Uncaught', exception: { type: 'string', value: 'not ready' } }
  const { types } = await traced((one) =>
    putsIn(one) && ++tries < 4 ? { result: {}, exceptionDetails: thrown } : tracedWorker(one),
  )
  expect(tries).toBe(4)
  expect(types()).toEqual(['worker-seen'])
})

const lying = { type: 'function', objectId: 'lying', description: 'function apply() {}' }
const behindProxies = {
  type: 'function',
  subtype: 'proxy',
  objectId: 'proxy',
  description: 'Proxy(Function)',
}
const oneIs = (apply: object) => (one: Sent) => {
  if (one.params.objectId === 'proxy') {
    const value = { type: 'function', objectId: 'native', description: 'function apply() { [native code] }' }
    return { result: [], internalProperties: [{ name: '[[Target]]', value }] }
  }
  const answer = tracedWorker(one) as { result: { name: string; value: object }[] }
  if (one.method !== 'Runtime.getProperties') return answer
  return { result: answer.result.map((it) => (it.name === '0' ? { name: '0', value: apply } : it)) }
}

test('a script that has replaced what the probe would use is not called by it', async () => {
  const sent: Sent[] = []
  const answer = async (one: Sent) => {
    sent.push(one)
    return oneIs(lying)(one)
  }
  await expect(traced(answer)).rejects.toMatchObject({ reason: 'replaced' })
  expect(sent.filter(putsIn)).toEqual([])
  const thrown = { result: {}, exceptionDetails: { exception: { type: 'string', value: 'replaced' } } }
  const found = traced((one) => (putsIn(one) ? thrown : tracedWorker(one)))
  await expect(found).rejects.toMatchObject({ reason: 'replaced' })
})

test('what the probe would read is read before, where the browser lets no code of the script have an effect', async () => {
  const { sent } = await traced()
  const first = sent.findIndex(({ params }) => params.throwOnSideEffect === true)
  expect(sent[first]?.params.expression).toMatch(/JSON\.stringify.*WeakMap\.prototype\.get/)
  const ended = { result: {}, exceptionDetails: { text: 'Uncaught', exception: { type: 'object' } } }
  const asked: Sent[] = []
  const found = traced((one) => {
    asked.push(one)
    return one.params.throwOnSideEffect ? ended : tracedWorker(one)
  })
  await expect(found).rejects.toMatchObject({ reason: 'replaced' })
  expect(asked.filter(({ method }) => method === 'Runtime.addBinding')).toEqual([])
})

test('the browser’s own function is found behind Proxies, and is the one that is given', async () => {
  const { sent } = await traced(oneIs(behindProxies))
  const ids = ['native', 'toString', 'addEventListener', 'removeEventListener'].map((objectId) => ({
    objectId,
  }))
  expect(sent.find(putsIn)?.params.arguments).toEqual([expect.anything(), ...ids])
})

test('the proxies of many other probes are no sign of a script that has replaced built-ins', async () => {
  const proxy = (i: number) => ({ ...behindProxies, objectId: `proxy ${i}` })
  const { sent } = await traced((one) => {
    const [, number] = /^proxy (\d+)$/.exec(String(one.params.objectId)) ?? []
    if (number === undefined) return oneIs(proxy(1))(one)
    const value =
      Number(number) < 40
        ? proxy(Number(number) + 1)
        : { type: 'function', objectId: 'native', description: 'function apply() { [native code] }' }
    return { result: [], internalProperties: [{ name: '[[Target]]', value }] }
  })
  const ids = ['native', 'toString', 'addEventListener', 'removeEventListener'].map((objectId) => ({
    objectId,
  }))
  expect(sent.find(putsIn)?.params.arguments).toEqual([expect.anything(), ...ids])
})

test('what does not begin with the key of the probe is no message', async () => {
  const { run, sent, refused, types } = await traced()
  const payload = JSON.stringify({ at: Date.now(), body: dispatched() })
  run.event('Runtime.bindingCalled', { name: bindingOf(sent), payload })
  expect([types(), refused]).toEqual([['worker-seen'], []])
})

test('a binding is added in one global scope only, and the next command takes it off', async () => {
  const { sent } = await traced()
  const added = sent.findIndex(({ method }) => method === 'Runtime.addBinding')
  expect(sent[added]?.params.executionContextId).toBe(1)
  expect(sent[added + 1]?.params.expression).toContain(`delete this.${sent[added]?.params.name}`)
})

test('a worker that starts takes everything before it goes on', async () => {
  const sent: string[] = []
  const run = createWorkerRun(
    'worker-1',
    'https://pod.example/sw.js',
    'mark',
    async <T>(method: string, params: object = {}) => {
      sent.push(method)
      return (await tracedWorker({ method, params: params as Record<string, unknown>, session: 's1' })) as T
    },
    () => {},
    () => {},
  )
  await run.install('started', () => sent.push('resume'))
  expect(sent.slice(0, 5)).toEqual([
    'Runtime.enable',
    'Network.enable',
    'Runtime.addBinding',
    'Runtime.evaluate',
    'resume',
  ])
})

const consoleCall = (text: string, type = 'log') => ({
  type,
  args: [{ type: 'string', value: text }],
  timestamp: Date.now(),
})

test('of console messages the first hundred of an event have rows, and errors all of theirs', async () => {
  const { run, tell, said } = await traced()
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

/** Tells a burst, at whose end the browser repeats what it has stored. */
async function tracedBurst(repeats: (first: ReturnType<typeof consoleCall>) => readonly object[]) {
  let repeat = () => {}
  const found = await traced((one) => {
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

test('a call that a breakpoint has met is reported with its place', async () => {
  const { tell, last } = await traced()
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

test('a request in an event is reported with it, and one that has no answer then after its end', async () => {
  const { run, tell, types, last } = await traced()
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
