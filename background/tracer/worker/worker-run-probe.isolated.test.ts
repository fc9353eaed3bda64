import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Sent, tracedWorker } from '../chrome.fixture'
import { bindingOf, dispatched, tracedRun } from './worker-run.fixture'

vi.mock('virtual:probe', () => ({ default: '(() => {})' }))

beforeEach(() => void vi.useFakeTimers({ now: Date.now() }))
afterEach(() => void vi.useRealTimers())

const putsIn = ({ params }: Pick<Sent, 'params'>) =>
  /^function \(\.\.\.given\)/.test(String(params.functionDeclaration))

test('a worker that is not ready gets the probe again', async () => {
  let tries = 0
  const thrown = { text: 'Uncaught', exception: { type: 'string', value: 'not ready' } }
  const { types } = await tracedRun((one) =>
    putsIn(one) && ++tries < 4 ? { result: { type: 'object' }, exceptionDetails: thrown } : tracedWorker(one),
  )
  expect(tries).toBe(4)
  expect(types()).toEqual(['worker-seen'])
})

test.each([
  ['Runtime.evaluate', undefined],
  ['Runtime.evaluate', { result: null }],
  ['Runtime.getProperties', { result: { 0: {} } }],
  ['Runtime.getProperties', { result: [{ name: 0 }] }],
  ['Runtime.callFunctionOn', { result: { objectId: 'probe' } }],
  ['Runtime.callFunctionOn', { result: { type: 'object', objectId: 7 } }],
])(
  'an answer to %s that is not of its shape (%o) is that of a command that failed',
  async (method, answer) => {
    const found = tracedRun((one) => (one.method === method ? answer : tracedWorker(one)))
    await expect(found).rejects.toMatchObject({ reason: 'unreadable', detail: method })
  },
)

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
  await expect(tracedRun(answer)).rejects.toMatchObject({ reason: 'replaced' })
  expect(sent.filter(putsIn)).toEqual([])
  const thrown = {
    result: { type: 'object' },
    exceptionDetails: { exception: { type: 'string', value: 'replaced' } },
  }
  const found = tracedRun((one) => (putsIn(one) ? thrown : tracedWorker(one)))
  await expect(found).rejects.toMatchObject({ reason: 'replaced' })
})

test('what the probe would read is read before, where the browser lets no code of the script have an effect', async () => {
  const { sent } = await tracedRun()
  const first = sent.findIndex(({ params }) => params.throwOnSideEffect === true)
  expect(sent[first]?.params.expression).toMatch(/JSON\.stringify.*WeakMap\.prototype\.get/)
  const ended = {
    result: { type: 'object' },
    exceptionDetails: { text: 'Uncaught', exception: { type: 'object' } },
  }
  const asked: Sent[] = []
  const found = tracedRun((one) => {
    asked.push(one)
    return one.params.throwOnSideEffect ? ended : tracedWorker(one)
  })
  await expect(found).rejects.toMatchObject({ reason: 'replaced' })
  expect(asked.filter(({ method }) => method === 'Runtime.addBinding')).toEqual([])
})

test('the browser’s own function is found behind Proxies, and is the one that is given', async () => {
  const { sent } = await tracedRun(oneIs(behindProxies))
  const ids = ['native', 'toString', 'addEventListener', 'removeEventListener'].map((objectId) => ({
    objectId,
  }))
  expect(sent.find(putsIn)?.params.arguments).toEqual(ids)
})

test('the proxies of many other probes are no sign of a script that has replaced built-ins', async () => {
  const proxy = (i: number) => ({ ...behindProxies, objectId: `proxy ${i}` })
  const { sent } = await tracedRun((one) => {
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
  expect(sent.find(putsIn)?.params.arguments).toEqual(ids)
})

test('what does not begin with the key of the probe is no message', async () => {
  const { run, sent, refused, types } = await tracedRun()
  const payload = JSON.stringify({ at: Date.now(), body: dispatched() })
  run.event('Runtime.bindingCalled', { name: bindingOf(sent), payload })
  expect([types(), refused]).toEqual([['worker-seen'], []])
})

const opens = ({ params }: Pick<Sent, 'params'>) => /\.open\(\)/.test(String(params.functionDeclaration))

test('a binding is added in one global scope only, when the probe is there to take it', async () => {
  const { sent } = await tracedRun()
  const added = sent.findIndex(({ method }) => method === 'Runtime.addBinding')
  expect(sent[added]?.params).toEqual({ name: 'onlanguagechange', executionContextId: 1 })
  expect(sent.findIndex(opens)).toBeLessThan(added)
})

test('a worker that has no attributes yet is asked again before a binding is added', async () => {
  let tries = 0
  const found = tracedRun((one) =>
    opens(one) && ++tries < 4 ? { result: { type: 'string', value: '' } } : tracedWorker(one),
  )
  await vi.advanceTimersByTimeAsync(1000)
  const { sent, types } = await found
  expect(tries).toBe(4)
  expect(sent.filter(({ method }) => method === 'Runtime.addBinding')).toHaveLength(1)
  expect(types()).toEqual(['worker-seen'])
})

test.each([
  ['where the script has taken all attributes', opens, ''],
  [
    'where the binding does not come',
    ({ params }: Sent) => /\.begin\(\)/.test(String(params.functionDeclaration)),
    false,
  ],
])('%s, the worker is reported as not traced', async (_, is, value) => {
  const found = tracedRun((one) => (is(one) ? { result: { type: typeof value, value } } : tracedWorker(one)))
  const refused = expect(found).rejects.toMatchObject({ reason: 'replaced' })
  await vi.advanceTimersByTimeAsync(10_000)
  await refused
})

test('of what the script sets while the binding comes, the debugger tells the binding', async () => {
  const text = 'function () { [native code] }'
  const candidates = [
    { type: 'function', subtype: 'proxy', description: 'Proxy(Function)', objectId: 'proxy' },
    { type: 'function', description: text, objectId: 'bound' },
    { type: 'function', description: text, objectId: 'resolves' },
    { type: 'function', description: text, objectId: 'binding' },
  ]
  const accepted: unknown[] = []
  const { types } = await tracedRun((one) => {
    const { params } = one
    const declaration = String(params.functionDeclaration)
    const [given] = (params.arguments ?? []) as { value: number }[]
    if (/\.begin\(\)/.test(declaration)) return { result: { type: 'boolean', value: accepted.length > 0 } }
    if (/\.candidate\(/.test(declaration))
      return { result: candidates[given?.value ?? 0] ?? { type: 'undefined' } }
    if (/\.accept\(/.test(declaration)) accepted.push(given?.value)
    if (!candidates.some(({ objectId }) => objectId === params.objectId)) return tracedWorker(one)
    const prototype = { name: 'prototype' }
    if (params.objectId === 'bound')
      return { result: [prototype], internalProperties: [{ name: '[[TargetFunction]]' }] }
    return { result: params.objectId === 'binding' ? [prototype] : [] }
  })
  expect(accepted).toEqual([3])
  expect(types()).toEqual(['worker-seen'])
})
