import { expect, test, vi } from 'vitest'
import { createPageCalls } from './page-calls'

interface Sent {
  readonly method: string
  readonly params: { readonly [name: string]: unknown }
}

const BREAK = 'Debugger.setBreakpointOnFunctionCall'

function watched(answer: (one: Sent) => unknown = () => undefined) {
  const sent: Sent[] = []
  const emit = vi.fn()
  const calls = createPageCalls(async (method, params = {}) => {
    const one = { method, params: params as Sent['params'] }
    sent.push(one)
    const given = answer(one)
    if (given !== undefined) return given
    if (method === BREAK) return { breakpointId: String('objectId' in params && params.objectId) }
    const expression = String(params && 'expression' in params ? params.expression : '')
    if (/^location\.origin/.test(expression))
      return { result: { type: 'string', value: 'https://pod.example' } }
    if (/^typeof /.test(expression)) return { result: { type: 'string', value: 'function' } }
    if (/\.prototype\./.test(expression)) return { result: { type: 'function', objectId: expression } }
    return { result: { type: 'undefined' } }
  }, emit)
  calls.begin()
  const parse = async (executionContextId: number, isDefault = true) => {
    calls.event('Debugger.scriptParsed', { executionContextId, executionContextAuxData: { isDefault } })
    await vi.waitFor(() => {})
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { calls, sent, emit, parse, of: (method: string) => sent.filter((one) => one.method === method) }
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
  expect(of('Runtime.addBinding').map(({ params }) => params.executionContextId)).toEqual([1, 2])
})

test('the binding is taken off the global scope by the command after it', async () => {
  const { sent, parse } = watched()
  await parse(1)
  const added = sent.findIndex(({ method }) => method === 'Runtime.addBinding')
  expect(sent[added + 1]?.params.expression).toContain(`delete this.${sent[added]?.params.name}]`)
})

test('a number that another document may have is asked whether it is watched', async () => {
  let still = 'function'
  const { calls, parse, of } = watched(({ params }) =>
    /^typeof /.test(String(params.expression)) ? { result: { type: 'string', value: still } } : undefined,
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
  const { calls, parse, emit, of } = watched()
  await parse(1)
  const name = of('Runtime.addBinding')[0]?.params.name
  const called = (payload: string, from = name) =>
    calls.event('Runtime.bindingCalled', { name: from, payload, executionContextId: 1 })
  called('fetch 4 a bc\n    at start (https://pod.example/app.js:1:2)')
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
  called('rubbish')
  called(`fetch 1 a${'x'.repeat(50_000)}`)
  called('fetch 1 a', 'somebodyElse')
  expect(emit).toHaveBeenCalledTimes(1)
})

test('documents of one process share a breakpoint, which is set anew for each, and each has what its condition calls', async () => {
  const { calls, sent, parse, emit, of } = watched(({ method, params }) => {
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
  const names = of('Runtime.addBinding').map(({ params }) => params.name)
  expect(names[1]).toBe(names[0])
  calls.event('Runtime.bindingCalled', { name: names[1], payload: 'abort 1 a', executionContextId: 2 })
  expect(emit.mock.calls[0]?.[0]).toMatchObject({ origin: 'https://other.example', framed: true })
})

test('a call in a frame is marked as such', async () => {
  const { calls, parse, emit, of } = watched(({ params }) =>
    /^location\.origin/.test(String(params.expression))
      ? { result: { type: 'string', value: 'https://pod.example framed' } }
      : undefined,
  )
  await parse(1)
  const name = of('Runtime.addBinding')[0]?.params.name
  calls.event('Runtime.bindingCalled', { name, payload: 'fetch 1 a', executionContextId: 1 })
  expect(emit.mock.calls[0]?.[0]).toMatchObject({ origin: 'https://pod.example', framed: true })
})

test('of a page that calls in a loop, a bounded number is reported', async () => {
  const { calls, parse, emit, of } = watched()
  await parse(1)
  const name = of('Runtime.addBinding')[0]?.params.name
  for (let i = 0; i < 1000; i++)
    calls.event('Runtime.bindingCalled', { name, payload: 'fetch 1 a', executionContextId: 1 })
  // The second may be a new one in the middle.
  expect(emit.mock.calls.length).toBeLessThanOrEqual(100)
})

test('a page without background fetches, or that has gone, is no fault', async () => {
  const { parse, of } = watched(({ method, params }) => {
    if (/prototype/.test(String(params.expression))) return { result: { type: 'object' } }
    if (method === 'Runtime.addBinding') throw new Error('Cannot find context with specified id')
  })
  await parse(1)
  expect(of(BREAK)).toEqual([])
})

const CALLER = { securityOrigin: 'https://pod.example' }
const NATIVE = 'function abort() { [native code] }'
const SHOWN = /^typeof (\w+) === 'function' \? \1\(\) : ''$/

/** A page of one frame, whose `abort()` is this. */
const page =
  (description = NATIVE, frameTree: object = { frame: CALLER }) =>
  ({ method, params }: Sent) => {
    if (method === 'Page.getFrameTree') return { frameTree }
    // The context of the document that the tab shows.
    if (SHOWN.test(String(params.expression))) return { result: { type: 'string', value: '1' } }
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
  const { calls, parse, of } = watched(page())
  await parse(1)
  await new Promise((resolve) => setTimeout(resolve, 2))
  const before = performance.timeOrigin + performance.now()
  await new Promise((resolve) => setTimeout(resolve, 2))
  expect(await calls.covers('https://pod.example', before)).toBe(true)
  calls.frameChanged()
  expect(await calls.covers('https://pod.example', before)).toBe(false)
  expect(await calls.covers('https://pod.example', Date.now() + 1000)).toBe(true)
  const name = of('Runtime.addBinding')[0]?.params.name
  const soon = performance.timeOrigin + performance.now()
  await new Promise((resolve) => setTimeout(resolve, 2))
  calls.event('Runtime.bindingCalled', { name, payload: 'x'.repeat(50_000) })
  expect(await calls.covers('https://pod.example', soon)).toBe(false)
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
