import { expect, test } from 'vitest'
import { BREAK, type Sent, WAITS, watched } from './page-calls.fixture'

/** Declares what the conditions call. */
const DECLARES = /^\s*const backgroundFetch_\w+ = /

/** Answers what the page's variable is asked for the options of a call. */
const withTitle = ({ method, params }: Sent) => {
  if (/\.take\(/.test(String(params.expression)))
    return {
      result: {
        type: 'object',
        objectId: 'options',
        preview: { properties: [{ name: 'it', type: 'object', value: 'Object' }] },
      },
    }
  if (method !== 'Runtime.callFunctionOn' || params.objectId !== 'options') return undefined
  const [{ value: key }] = params.arguments as [{ value: string }]
  return { result: key === 'title' ? { type: 'string', value: 'An episode' } : { type: 'undefined' } }
}

test('the options of a call are reported after it, and one that gave none is not asked for them', async () => {
  const { parse, emit, emitOptions, meets, of } = watched(withTitle)
  await parse(4)
  await meets(['fetch 0 0 1 a'], 4)
  expect(of('Runtime.releaseObjectGroup')).toEqual([])
  await meets(['fetch 0 7 1 b'], 4)
  const [{ at }] = emit.mock.lastCall as [{ at: number }]
  expect(emitOptions.mock.calls).toEqual([
    [{ id: 'b', origin: 'https://pod.example', calledAt: at, title: 'An episode', icons: [] }],
  ])
  expect(emit.mock.invocationCallOrder[1]).toBeLessThan(emitOptions.mock.invocationCallOrder[0] ?? 0)
  const taken = of('Runtime.evaluate').filter(({ params }) => /\.take\(7\)$/.test(String(params.expression)))
  expect(taken.map(({ params }) => params.contextId)).toEqual([4])
  expect(of('Runtime.releaseObjectGroup')).toHaveLength(1)
})

test.each([
  ['a page that has gone', () => Promise.reject(new Error('Cannot find context with specified id'))],
  [
    'a Proxy',
    () => ({
      result: {
        type: 'object',
        objectId: 'p',
        preview: { properties: [{ name: 'it', type: 'object', subtype: 'proxy' }] },
      },
    }),
  ],
  ['an answer that can’t be read', () => ({ result: 7 })],
])('of the options in %s nothing is reported, and nothing read', async (_, answer) => {
  const { parse, emit, emitOptions, meets, of } = watched((one) =>
    /\.take\(/.test(String(one.params.expression)) ? answer() : undefined,
  )
  await parse(1)
  await meets(['fetch 0 1 1 a'])
  expect(emit).toHaveBeenCalledTimes(1)
  expect(emitOptions).not.toHaveBeenCalled()
  expect(of('Runtime.callFunctionOn').filter(({ params }) => params.objectId)).toEqual([])
})

test.each([
  ['runs no getter', false, 1],
  ['runs getters', true, 0],
])('what reads options is given where the debugger %s of what it describes', async (_, ran, times) => {
  const { parse, of } = watched(({ params }) => {
    const expression = String(params.expression)
    if (/\.ran$/.test(expression)) return { result: { type: 'boolean', value: ran } }
    if (/Reflect\.getOwn/.test(expression))
      return {
        result: {
          type: 'function',
          objectId: 'own',
          description: 'function getOwnPropertyDescriptor() { [native code] }',
        },
      }
    return undefined
  })
  await parse(1)
  const given = of('Runtime.callFunctionOn').map(({ params }) => String(params.functionDeclaration))
  expect(given.filter((one) => one.includes('.getOwn = '))).toHaveLength(times)
})

test('the functions of each context of the page are watched, once, and nothing pauses', async () => {
  const { sent, parse, of } = watched()
  expect(sent.map(({ method }) => method)).toContain('Debugger.setSkipAllPauses')
  await parse(1)
  await parse(1)
  await parse(2)
  // An extension's own world.
  await parse(3, false)
  expect(of(BREAK).map(({ params }) => params.objectId)).toEqual([
    'BackgroundFetchManager.prototype.fetch',
    'BackgroundFetchRegistration.prototype.abort',
    'BackgroundFetchManager.prototype.fetch',
    'BackgroundFetchRegistration.prototype.abort',
  ])
  const declared = sent.filter(({ params }) => DECLARES.test(String(params.expression)))
  expect(declared.map(({ params }) => params.contextId)).toEqual([1, 2])
})

test('nothing is put into the page’s global scope', async () => {
  const { parse, meets, of } = watched()
  await parse(1)
  await meets(['fetch 0 0 1 a'])
  expect(of('Runtime.addBinding')).toEqual([])
})

test('a document that is shown again is waited for again', async () => {
  let isAside = true
  const { calls, sent, parse, emit, sends, meets } = watched((one) => {
    if (WAITS.test(String(one.params.expression)) && isAside)
      throw new Error('Inspected target navigated or closed')
  })
  await parse(1)
  await meets(['fetch 0 0 1 a'])
  expect(emit).not.toHaveBeenCalled()
  isAside = false
  const before = sent.length
  calls.navigated()
  await parse(1)
  const waits = sent.slice(before).filter(({ params }) => params.awaitPromise)
  // Those who waited before are not given anything.
  expect(waits.map(({ params }) => WAITS.exec(String(params.expression))?.[1])).toEqual([
    'onlyNext',
    'next',
    'next',
    'next',
  ])
  await sends('1 13 fetch 0 0 1 a')
  expect(emit).toHaveBeenCalledTimes(1)
})

test('a number that another document may have is asked whether it is watched', async () => {
  let still = 'object'
  const { calls, parse, of } = watched(({ params }) =>
    /^typeof \w+$/.test(String(params.expression)) ? { result: { type: 'string', value: still } } : undefined,
  )
  await parse(1)
  calls.navigated()
  await parse(1)
  expect(of(BREAK)).toHaveLength(2)
  still = 'undefined'
  calls.navigated()
  await parse(1)
  expect(of(BREAK)).toHaveLength(4)
})

test('a call is reported with the origin of its document, and rubbish is not', async () => {
  const { parse, emit, sends, meets } = watched()
  await parse(1)
  const stack = '\n    at eval (eval at start (:1:1))\n    at start (https://pod.example/app.js:1:2)'
  await meets([`fetch 0 0 4 a bc${stack}`])
  expect(emit.mock.calls).toEqual([
    [
      {
        method: 'fetch',
        id: 'a bc',
        at: expect.any(Number),
        origin: 'https://pod.example',
        framed: false,
        ended: false,
        frames: [{ url: 'https://pod.example/app.js', line: 1, column: 2, name: 'start' }],
        extension: false,
      },
    ],
  ])
  await meets(['rubbish'])
  await sends('rubbish')
  await sends(`2 ${'x'.repeat(1_000_000)}`)
  expect(emit).toHaveBeenCalledTimes(1)
})

test('a call has the time that its page notes, where that may be, and else the one at which it was reported', async () => {
  const { parse, emit, meets } = watched()
  await parse(1)
  const before = performance.timeOrigin + performance.now()
  const noted = Math.floor(before) - 20
  await meets([
    `abort ${noted} 0 1 a`,
    'abort 0 0 1 a',
    `abort ${noted - 60_000} 0 1 a`,
    `abort ${noted + 60_000} 0 1 a`,
  ])
  const [first, ...others] = emit.mock.calls.map(([{ at }]) => at)
  expect(first).toBe(noted)
  expect(others).toHaveLength(3)
  for (const at of others) expect(at).toBeGreaterThanOrEqual(before)
})

test('documents of one process share a breakpoint, which is set anew for each, and each has what its condition calls', async () => {
  const { sent, parse, emit, meets, of } = watched(({ method, params }) => {
    if (method === BREAK) return { breakpointId: `at ${params.objectId}` }
    return params.contextId === 2 && /^location/.test(String(params.expression))
      ? { result: { type: 'string', value: 'https://other.example framed' } }
      : undefined
  })
  await parse(1)
  expect(of('Debugger.removeBreakpoint')).toEqual([])
  await parse(2)
  expect(of('Debugger.removeBreakpoint').map(({ params }) => params.breakpointId)).toEqual([
    'at BackgroundFetchManager.prototype.fetch',
    'at BackgroundFetchRegistration.prototype.abort',
  ])
  const removed = sent.findIndex(({ method }) => method === 'Debugger.removeBreakpoint')
  expect(sent[removed + 1]?.method).toBe(BREAK)
  const conditions = of(BREAK).map(({ params }) => params.condition)
  expect(conditions.slice(2)).toEqual(conditions.slice(0, 2))
  await meets(['abort 0 0 1 a'], 2)
  expect(emit.mock.calls[0]?.[0]).toMatchObject({ origin: 'https://other.example', framed: true })
})

test('a call in a frame is marked as such', async () => {
  const { parse, emit, meets } = watched(({ params }) =>
    /^location\.origin/.test(String(params.expression))
      ? { result: { type: 'string', value: 'https://pod.example framed' } }
      : undefined,
  )
  await parse(1)
  await meets(['fetch 0 0 1 a'])
  expect(emit.mock.calls[0]?.[0]).toMatchObject({ origin: 'https://pod.example', framed: true })
})

test('of a page that calls in a loop, a bounded number is reported', async () => {
  const { parse, emit, meets } = watched()
  await parse(1)
  await meets(Array.from({ length: 500 }, () => 'fetch 0 0 1 a'))
  for (let i = 0; i < 100; i++) await meets(['fetch 0 0 1 a'])
  // The second may be a new one in the middle.
  expect(emit.mock.calls.length).toBeLessThanOrEqual(100)
})

test('a page without background fetches, or that has gone, is no fault', async () => {
  const { parse, of } = watched(({ params }) => {
    if (/prototype/.test(String(params.expression))) return { result: { type: 'object' } }
    if (params.contextId === 2) throw new Error('Cannot find context with specified id')
  })
  await parse(1)
  await parse(2)
  expect(of(BREAK)).toEqual([])
})
