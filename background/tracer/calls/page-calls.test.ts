import { expect, test, vi } from 'vitest'
import { createPageCalls } from './page-calls'

interface Sent {
  readonly method: string
  readonly params: { readonly [name: string]: unknown }
}

const BREAK = 'Debugger.setBreakpointOnFunctionCall'
const PROMISE = 'function Promise() { [native code] }'
const WAITS = /\.(onlyNext|next)$/
/** Asks which document the tab shows. */
const SHOWN = /^typeof (\w+) === 'object' \? \1\.state : ''$/
/** Declares what the conditions call. */
const DECLARES = /^\s*const backgroundFetch_\w+ = /

function watched(answer: (one: Sent) => unknown = () => undefined) {
  const sent: Sent[] = []
  const emit = vi.fn()
  /** What the documents were waited for with, by their contexts, in order. */
  const waiting = new Map<unknown, ((batch: string) => void)[]>()
  /** How many calls each document has met. */
  const counts = new Map<unknown, number>()
  const calls = createPageCalls(async (method, params = {}) => {
    const one = { method, params: params as Sent['params'] }
    sent.push(one)
    const given = answer(one)
    if (given !== undefined) return given
    if (method === BREAK) return { breakpointId: String('objectId' in params && params.objectId) }
    const expression = String(one.params.expression)
    const { contextId } = one.params
    if (/^\(async/.test(expression)) return { result: { type: 'function', description: PROMISE } }
    if (WAITS.test(expression)) {
      if (expression.endsWith('.onlyNext')) waiting.delete(contextId)
      return new Promise((resolve) => {
        const before = waiting.get(contextId) ?? []
        waiting.set(contextId, [...before, (value) => resolve({ result: { type: 'string', value } })])
      })
    }
    if (SHOWN.test(expression)) return { result: { type: 'string', value: `1 ${counts.get(1) ?? 0}` } }
    if (/^location\.origin/.test(expression))
      return { result: { type: 'string', value: 'https://pod.example' } }
    if (/^typeof /.test(expression)) return { result: { type: 'string', value: 'object' } }
    const [, name] = /\.prototype\.(\w+)$/.exec(expression) ?? []
    if (name)
      return {
        result: {
          type: 'function',
          objectId: expression,
          description: `function ${name}() { [native code] }`,
        },
      }
    return { result: { type: 'undefined' } }
  }, emit)
  calls.begin()
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  const parse = async (executionContextId: number, isDefault = true) => {
    calls.event('Debugger.scriptParsed', { executionContextId, executionContextAuxData: { isDefault } })
    await settle()
  }
  /** The document sends this, as it stands. */
  const sends = async (batch: string, context = 1) => {
    waiting.get(context)?.shift()?.(batch)
    await settle()
  }
  /** The document has met these calls. */
  const meets = (messages: readonly string[], context = 1) => {
    const count = (counts.get(context) ?? 0) + messages.length
    counts.set(context, count)
    return sends(`${count} ${messages.map((message) => `${message.length} ${message}`).join('')}`, context)
  }
  return {
    calls,
    sent,
    emit,
    parse,
    sends,
    meets,
    counts,
    of: (method: string) => sent.filter((one) => one.method === method),
  }
}

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
  await meets(['fetch 1 a'])
  expect(of('Runtime.addBinding')).toEqual([])
})

test('a page is not waited for where it would notice that', async () => {
  const { sent, parse } = watched(({ params }) =>
    /^\(async/.test(String(params.expression))
      ? { result: { type: 'function', description: 'class Mine {}' } }
      : undefined,
  )
  await parse(1)
  expect(sent.filter(({ params }) => params.awaitPromise)).toEqual([])
})

test('a document that is shown again is waited for again', async () => {
  let isAside = true
  const { calls, sent, parse, emit, sends, meets } = watched((one) => {
    if (WAITS.test(String(one.params.expression)) && isAside)
      throw new Error('Inspected target navigated or closed')
  })
  await parse(1)
  await meets(['fetch 1 a'])
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
  await sends('1 9 fetch 1 a')
  expect(emit).toHaveBeenCalledTimes(1)
})

test('calls that a page makes before it is waited for again are heard of, and nothing piles up', async () => {
  const { sent, parse, emit, meets } = watched()
  const waits = () => sent.filter(({ params }) => params.awaitPromise).length
  await parse(1)
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => meets([`fetch 1 ${id}`])))
  expect(emit.mock.calls.map(([{ id }]) => id)).toEqual(['a', 'b', 'c', 'd'])
  expect(waits()).toBe(8)
  await meets(['fetch 1 e'])
  expect(waits()).toBe(9)
})

test('a page’s own function in the place of abort() leaves the other documents’ breakpoint', async () => {
  const { calls, parse, of } = watched((one) =>
    one.params.contextId === 2 && /prototype\.abort/.test(String(one.params.expression))
      ? { result: { type: 'function', objectId: 'mine', description: 'function abort() { mine() }' } }
      : page()(one),
  )
  await parse(1)
  await parse(2)
  expect(of('Debugger.removeBreakpoint').map(({ params }) => params.breakpointId)).toEqual([
    'BackgroundFetchManager.prototype.fetch',
  ])
  expect(of(BREAK).map(({ params }) => params.objectId)).toContain('mine')
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(true)
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
  await meets(['fetch 4 a bc\n    at start (https://pod.example/app.js:1:2)'])
  expect(emit.mock.calls).toEqual([
    [
      {
        method: 'fetch',
        id: 'a bc',
        origin: 'https://pod.example',
        framed: false,
        frames: [{ url: 'https://pod.example/app.js', line: 1, column: 2, name: 'start' }],
      },
    ],
  ])
  await meets(['rubbish'])
  await sends('rubbish')
  await sends(`2 ${'x'.repeat(1_000_000)}`)
  expect(emit).toHaveBeenCalledTimes(1)
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
  await meets(['abort 1 a'], 2)
  expect(emit.mock.calls[0]?.[0]).toMatchObject({ origin: 'https://other.example', framed: true })
})

test('a call in a frame is marked as such', async () => {
  const { parse, emit, meets } = watched(({ params }) =>
    /^location\.origin/.test(String(params.expression))
      ? { result: { type: 'string', value: 'https://pod.example framed' } }
      : undefined,
  )
  await parse(1)
  await meets(['fetch 1 a'])
  expect(emit.mock.calls[0]?.[0]).toMatchObject({ origin: 'https://pod.example', framed: true })
})

test('of a page that calls in a loop, a bounded number is reported', async () => {
  const { parse, emit, meets } = watched()
  await parse(1)
  await meets(Array.from({ length: 500 }, () => 'fetch 1 a'))
  for (let i = 0; i < 100; i++) await meets(['fetch 1 a'])
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

const CALLER = { securityOrigin: 'https://pod.example' }
const NATIVE = 'function abort() { [native code] }'

/** A page of one frame, whose `abort()` is this. */
const page =
  (description = NATIVE, frameTree: object = { frame: CALLER }) =>
  ({ method, params }: Sent) => {
    if (method === 'Page.getFrameTree') return { frameTree }
    if (/prototype\.abort/.test(String(params.expression)))
      return { result: { type: 'function', objectId: 'abort', description } }
  }

test('calls of a page are covered since its context is watched', async () => {
  const { calls, parse } = watched(page())
  await parse(1)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(true)
  expect(await calls.covers('https://pod.example', Date.now() - 60_000)).toBe(false)
  expect(await calls.covers('https://other.example', Date.now() + 1000)).toBe(false)
})

test.each([
  ['whose context is not known', page(), 0],
  ['that has replaced abort()', page('function abort() { mine() }'), 1],
  ['with a frame of its own origin', page(NATIVE, { frame: CALLER, childFrames: [{ frame: CALLER }] }), 1],
])('calls of a page %s are not', async (_, answer, contexts) => {
  const { calls, parse } = watched(answer)
  for (let i = 0; i < contexts; i++) await parse(1)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(false)
})

test('calls are not covered from before a frame has changed, nor after one could not be read', async () => {
  const { calls, parse, sends, meets, counts } = watched(page())
  await parse(1)
  await new Promise((resolve) => setTimeout(resolve, 2))
  const before = performance.timeOrigin + performance.now()
  await new Promise((resolve) => setTimeout(resolve, 2))
  expect(await calls.covers('https://pod.example', before)).toBe(true)
  calls.frameChanged()
  expect(await calls.covers('https://pod.example', before)).toBe(false)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(true)
  const later = () => performance.timeOrigin + performance.now()
  for (const unreadable of [() => sends('rubbish'), () => meets(['rubbish'])]) {
    const soon = later()
    await new Promise((resolve) => setTimeout(resolve, 2))
    expect(await calls.covers('https://pod.example', soon)).toBe(true)
    await unreadable()
    expect(await calls.covers('https://pod.example', soon)).toBe(false)
  }
  expect(await calls.covers('https://pod.example', later())).toBe(true)
  // Met, and not heard of yet.
  counts.set(1, 2)
  expect(await calls.covers('https://pod.example', later())).toBe(false)
})

test('where a breakpoint can’t be set anew for a further document, no calls are covered any more', async () => {
  let fails = false
  const { calls, parse } = watched((one) => {
    if (one.method === BREAK) {
      if (fails) throw new Error('Could not find object with given id')
      return { breakpointId: String(one.params.objectId) }
    }
    return page()(one)
  })
  await parse(1)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(true)
  fails = true
  await parse(2)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(false)
})

test('a document that is kept aside does not cover the one that the tab shows', async () => {
  const { calls, parse } = watched((one) => {
    const { params } = one
    // The tab's own context lacks the variable.
    if (SHOWN.test(String(params.expression))) return { result: { type: 'string', value: '' } }
    return page()(one)
  })
  await parse(1)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(false)
})
