import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BackgroundFetchEventName } from '../../../../protocol/event-names'
import { dispatchedOf } from '../../../../protocol/events.fixture'
import type { PauseBody } from './pauses'
import { createRememberedHandlers } from './remembered'
import { createWorkerPauses } from './worker-pauses'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const URL = 'https://pod.example/sw.js'
const ABORT = 'backgroundfetchabort'
const dispatched = (event = 1) => dispatchedOf({ worker: '', event })
const point = { hash: 'h', url: URL, lineNumber: 11, columnNumber: 2 }
const place = { url: URL, line: 12, column: 3 }

/** A worker whose only script is of one handler, which the browser and the probe know as far as a test says. */
function make({ names = [ABORT] as BackgroundFetchEventName[], listeners = 1, counted = true } = {}) {
  const sent: { method: string; params: Record<string, unknown> }[] = []
  const said: PauseBody[] = []
  const context = { names, remembered: createRememberedHandlers() }
  const send = async (method: string, params: object = {}) => {
    sent.push({ method, params: { ...params } })
    const { objectId } = params as { objectId?: string }
    const answer = (): unknown => {
      switch (method) {
        case 'Debugger.setBreakpointByUrl':
          return { breakpointId: 'b', locations: [{}] }
        case 'Debugger.getPossibleBreakpoints':
          return { locations: [{ scriptId: '5', lineNumber: 11, columnNumber: 2 }] }
        case 'Runtime.callFunctionOn':
          return { result: { type: 'object', objectId: 'list' } }
        case 'Runtime.getProperties':
          return objectId === 'list'
            ? {
                result: Array.from({ length: listeners }, (_, i) => ({
                  name: String(i),
                  value: { type: 'function', objectId: 'f' },
                })),
              }
            : {
                result: [],
                internalProperties: [
                  {
                    name: '[[FunctionLocation]]',
                    value: { type: 'object', value: { scriptId: '5', lineNumber: 10, columnNumber: 30 } },
                  },
                ],
              }
        case 'Debugger.evaluateOnCallFrame':
          throw new Error('Cannot find context with specified id')
      }
      return { result: { type: 'undefined' } }
    }
    return answer()
  }
  const pauses = createWorkerPauses({
    ...{ url: URL, context, send },
    events: { all: () => [1], current: () => ({ event: 1, byHandler: true }) },
    emit: (body) => said.push(body),
    inTurn: (act) => act(),
  })
  pauses.event('Debugger.scriptParsed', { scriptId: '5', url: URL, hash: 'h', length: 100 })
  const settle = async () => {
    for (let i = 0; i < 60; i++) await Promise.resolve()
  }
  return {
    ...{ pauses, sent, said, context, settle },
    methods: () => sent.map(({ method }) => method),
    async installed() {
      pauses.installed({
        probe: 'probe',
        counts: async () => [{ name: ABORT, count: counted ? listeners : null }],
      })
      await settle()
    },
    choose(next: BackgroundFetchEventName[]) {
      context.names = next
      pauses.chosen()
      return settle()
    },
  }
}

test('nothing is sent as long as nothing is chosen', async () => {
  const { pauses, methods, installed } = make({ names: [] })
  expect(pauses.wrap('probe()')).toBe('probe()')
  const goOn = vi.fn()
  pauses.beforeStart(goOn)
  expect(goOn).toHaveBeenCalledTimes(1)
  await installed()
  pauses.scriptHasRun()
  expect([methods(), pauses.on]).toEqual([[], false])
})

test('all pauses are skipped before the debugger is on, and the first breakpoint comes after it', async () => {
  const { methods, installed, said } = make()
  await installed()
  const first = methods().indexOf('Debugger.setSkipAllPauses')
  expect(first).toBeLessThan(methods().indexOf('Debugger.enable'))
  expect(methods().lastIndexOf('Debugger.setSkipAllPauses')).toBeLessThan(
    methods().indexOf('Debugger.setBreakpointByUrl'),
  )
  expect(said).toEqual([{ type: 'handler-breakpoints', name: ABORT, locations: [place], missing: null }])
})

test('what is known from the last run is set before the worker goes on', () => {
  const { pauses, context, methods, sent } = make()
  context.remembered.set(URL, ABORT, [point])
  expect(pauses.wrap('probe()')).toMatch(
    /^\((\w+)\.probe = probe\(\), \1\.probe\.announceListeners\(\), \1\.probe\)$/,
  )
  pauses.beforeStart(() => {})
  // Nothing waits for an answer: the next command lets the worker go on.
  expect(methods()).toEqual([
    'Runtime.evaluate',
    'Debugger.setSkipAllPauses',
    'Debugger.enable',
    'Debugger.setSkipAllPauses',
    'Debugger.setBreakpointByUrl',
  ])
  expect(sent.at(-1)?.params).toMatchObject({ scriptHash: 'h', lineNumber: 11, columnNumber: 2 })
})

test('what is found is remembered for the next run', async () => {
  const { context, installed } = make()
  await installed()
  expect(context.remembered.of(URL, ABORT)).toEqual([point])
  expect(context.remembered.of('https://pod.example/other.js', ABORT)).toEqual([])
})

test('an event that is no longer chosen has no breakpoint', async () => {
  const { choose, methods, pauses, installed } = make()
  await installed()
  await choose([])
  expect(methods().at(-1)).toBe('Debugger.removeBreakpoint')
  expect(pauses.on).toBe(false)
  await choose([ABORT])
  expect(methods().filter((one) => one === 'Debugger.setBreakpointByUrl')).toHaveLength(2)
})

test.each([
  [true, 'no-listener'],
  [false, 'unknown'],
] as const)('no listener (counted: %s) is said only when the script has run', async (counted, missing) => {
  const { pauses, said, installed, settle } = make({ listeners: 0, counted })
  await installed()
  expect(said).toEqual([])
  pauses.scriptHasRun()
  await settle()
  expect(said).toEqual([{ type: 'handler-breakpoints', name: ABORT, locations: [], missing }])
})

test('a breakpoint that is met is a pause at its place', async () => {
  const { pauses, said, installed, settle } = make()
  await installed()
  pauses.arrived(dispatched(), 1)
  pauses.arrived({ type: 'breakpoint-met', worker: '', point: 1, event: 1 }, 2)
  await settle()
  pauses.arrived({ type: 'handler-returned', worker: '', event: 1, ran: null }, 3)
  expect(said.slice(1)).toEqual([{ type: 'worker-paused', event: 1, location: place }])
  pauses.end()
})

test.each([
  ['not-met', true],
  ['late', false],
] as const)('an event that does not pause is reported with the reason: %s', async (reason, before) => {
  const { pauses, said, installed } = make()
  if (before) await installed()
  pauses.arrived(dispatched(), 1)
  if (!before) await installed()
  pauses.arrived({ type: 'handler-returned', worker: '', event: 1, ran: null }, 2)
  expect(said.at(-1)).toEqual({ type: 'worker-not-paused', event: 1, name: ABORT, reason, location: null })
})

test('an event that nothing listens to, or that was not chosen, is not expected to pause', async () => {
  const { pauses, said, installed } = make({ listeners: 0 })
  await installed()
  pauses.arrived({ ...dispatched(), handlers: 0 }, 1)
  pauses.arrived({ ...dispatched(2), name: 'backgroundfetchfail' }, 1)
  for (const event of [1, 2]) pauses.arrived({ type: 'handler-returned', worker: '', event, ran: null }, 2)
  expect(said).toEqual([])
})

test('a worker that DevTools has let go on is not let go on once more: that would end its pause', () => {
  const [first, second] = [make(), make()]
  const goOn = vi.fn()
  first.pauses.beforeStart(goOn)
  first.pauses.event('Debugger.scriptParsed', { scriptId: '6', url: '', hash: 'i' })
  vi.advanceTimersByTime(499)
  expect(goOn).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(goOn).toHaveBeenCalledTimes(1)
  second.pauses.beforeStart(goOn)
  second.pauses.event('Debugger.scriptParsed', { scriptId: '6', url: URL, hash: 'i' })
  vi.advanceTimersByTime(1000)
  expect(goOn).toHaveBeenCalledTimes(1)
})

test('where the probe came after the script, and its text says nothing, the places of the last run hold', async () => {
  const { context, pauses, said, installed, settle } = make({ listeners: 0, counted: false })
  context.remembered.set(URL, ABORT, [point])
  await installed()
  pauses.scriptHasRun()
  await settle()
  expect(context.remembered.of(URL, ABORT)).toEqual([point])
  expect(said).toEqual([{ type: 'handler-breakpoints', name: ABORT, locations: [place], missing: null }])
})
