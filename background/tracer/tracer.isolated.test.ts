import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { StorageChanged } from '../../protocol/storage-events'
import type { WorkerBody } from '../../protocol/worker-events'
import { attached, fakeDebugger, tracedWorker } from './chrome.fixture'
import { createTracer, type TracerNeeds } from './tracer'

vi.mock('virtual:probe', () => ({ default: '(() => {})' }))

const TAB = 7
let chrome: ReturnType<typeof fakeDebugger>
let said: (WorkerBody | StorageChanged)[]
let pages: string[]
const backgroundFetchTouched = vi.fn()
const answersChanged = vi.fn()
const make = (emit: TracerNeeds['emit'] = (body) => said.push(body)) =>
  createTracer(TAB, {
    emit,
    refused: vi.fn(),
    pages: () => pages,
    backgroundFetchTouched,
    answersChanged,
  })
const settle = () => vi.advanceTimersByTimeAsync(10)
const states = () =>
  said.flatMap((body) => (body.type === 'tracer' ? [`${body.state} ${body.reason}`.trim()] : []))
const show = (sessionId: string, waiting = true, type?: string) =>
  chrome.onEvent.emit({ tabId: TAB }, 'Target.attachedToTarget', attached(sessionId, waiting, type))
const ofWorker = (sessionId: string, method: string, params = {}) =>
  chrome.onEvent.emit({ tabId: TAB, sessionId }, method, params)

/** Switches a tracer on. */
async function switchOn() {
  const tracer = make()
  tracer.set(true)
  await settle()
  return tracer
}

/** The same with a worker that runs already, in the session `s1`. */
async function traceWorker() {
  const tracer = await switchOn()
  show('s1', false)
  await settle()
  return tracer
}

beforeEach(() => {
  vi.useFakeTimers()
  said = []
  pages = []
  vi.clearAllMocks()
  chrome = fakeDebugger()
  chrome.answers(tracedWorker)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** After this the tracer is on, which it was not. */
async function expectOnAfter(act: () => void) {
  act()
  await settle()
  expect(states().at(-1)).toBe('on')
}

test('switched on it attaches to the tab once and asks for its service workers only', async () => {
  const tracer = make()
  tracer.set(true)
  tracer.set(true)
  await settle()
  expect(chrome.attach.mock.calls).toEqual([[{ tabId: TAB }, '1.3']])
  expect(states()).toEqual(['on'])
  expect(chrome.sent[0]).toMatchObject({
    method: 'Target.setAutoAttach',
    params: { waitForDebuggerOnStart: true, filter: [{ type: 'service_worker' }] },
  })
})

test('switched off it undoes the probes, detaches and listens to nothing', async () => {
  const tracer = await traceWorker()
  tracer.set(false)
  await settle()
  expect(JSON.stringify(chrome.sent.at(-1))).toContain('this.undo()')
  expect(chrome.detach).toHaveBeenCalledOnce()
  expect([chrome.onEvent.size, chrome.onDetach.size]).toEqual([0, 0])
  expect(states()).toEqual(['on', 'off'])
})

test('switched off it detaches also from a worker that is too busy to answer', async () => {
  const tracer = await traceWorker()
  chrome.answers(() => new Promise(() => {}))
  tracer.set(false)
  await vi.advanceTimersByTimeAsync(5000)
  expect(chrome.detach).toHaveBeenCalledOnce()
  expect(states()).toEqual(['on', 'off'])
})

test.each([
  ['Another debugger is already attached to the tab with id: 7.', 'taken'],
  ['Cannot access a chrome:// URL', 'forbidden-page'],
  ['Cannot attach to this target.', 'forbidden-page'],
  ['Debugging is blocked by policy', 'policy'],
  ['No tab with given id 7.', 'other'],
])('a refusal “%s” is said as %s', async (message, reason) => {
  chrome.attach.mockRejectedValue(new Error(message))
  chrome.detach.mockRejectedValue(new Error('Debugger is not attached'))
  await switchOn()
  expect(states()).toEqual([`failed ${reason}`])
  expect([chrome.onEvent.size, chrome.onDetach.size]).toEqual([0, 0])
})

test('a connection that a killed worker of the extension left behind is taken over', async () => {
  chrome.attach.mockRejectedValueOnce(new Error('Another debugger is already attached'))
  await switchOn()
  expect(chrome.attach).toHaveBeenCalledTimes(2)
  expect(states()).toEqual(['on'])
})

test('it is not on before the browser pauses workers at their start', async () => {
  let answer = (_: object) => {}
  chrome.answers(
    () =>
      new Promise<object>((resolve) => {
        answer = resolve
      }),
  )
  await switchOn()
  expect(states()).toEqual([])
  answer({})
  await settle()
  expect(states()).toEqual(['on'])
})

test('when the workers can’t be asked for, it detaches from the tab, and can be asked to try again', async () => {
  chrome.answers(() => Promise.reject(new Error('Detached while handling command.')))
  const tracer = await switchOn()
  expect(states()).toEqual(['failed other'])
  expect(chrome.detach).toHaveBeenCalledOnce()
  chrome.answers(tracedWorker)
  await expectOnAfter(tracer.again)
})

test('Cancel in the browser’s bar ends the runs, is said, and stands until it is asked for again', async () => {
  const tracer = await traceWorker()
  chrome.onDetach.emit({ tabId: TAB }, 'canceled_by_user')
  expect(states()).toEqual(['on', 'failed cancelled'])
  expect(said).toContainEqual(expect.objectContaining({ type: 'worker-stopped', how: 'untraced' }))
  tracer.navigated()
  await settle()
  expect(chrome.attach).toHaveBeenCalledOnce()
  await expectOnAfter(tracer.again)
})

test('a target that was closed is attached to again with the next document', async () => {
  const tracer = await switchOn()
  chrome.onDetach.emit({ tabId: TAB }, 'target_closed')
  expect(states()).toEqual(['on', 'failed closed'])
  await expectOnAfter(tracer.navigated)
})

test('what happens in other tabs is not its business', async () => {
  await switchOn()
  chrome.onEvent.emit({ tabId: 8 }, 'Target.attachedToTarget', attached('s1'))
  chrome.onDetach.emit({ tabId: 8 }, 'canceled_by_user')
  await settle()
  expect(said).toHaveLength(1)
})

test('a paused worker goes on, and is reported with its scope and state', async () => {
  await switchOn()
  show('s1')
  await settle()
  expect(chrome.methods('s1')).toContain('Runtime.runIfWaitingForDebugger')
  expect(said.at(-1)).toMatchObject({ type: 'worker-seen', how: 'started', state: 'activated' })
})

test.each([
  ['rejects', () => Promise.reject(new Error('no such target'))],
  [
    'throws',
    () => ({
      result: {},
      exceptionDetails: { text: 'Uncaught', exception: { type: 'object', description: 'Error: broken' } },
    }),
  ],
  ['never answers', () => new Promise(() => {})],
])('a paused worker goes on also when the probe %s', async (_, answer) => {
  await switchOn()
  chrome.answers((sent) => (sent.method === 'Runtime.evaluate' ? answer() : tracedWorker(sent)))
  show('s1')
  await vi.advanceTimersByTimeAsync(1000)
  expect(chrome.methods('s1')).toContain('Runtime.runIfWaitingForDebugger')
  expect(said.filter(({ type }) => type === 'worker-seen')).toEqual([])
})

test('a worker that can’t be traced is said with the reason, once', async () => {
  await switchOn()
  chrome.answers((sent) =>
    sent.method === 'Runtime.evaluate' ? Promise.reject(new Error('no way')) : tracedWorker(sent),
  )
  show('s1')
  await settle()
  ofWorker('s1', 'Runtime.consoleAPICalled', { type: 'log', args: [], timestamp: Date.now() })
  const untraced = said.filter(({ type }) => type === 'worker-untraced')
  expect(untraced).toMatchObject([{ detail: 'no way' }])
})

test('other targets are left alone', async () => {
  await switchOn()
  show('s1', true, 'worker')
  await settle()
  expect(chrome.methods('s1')).toEqual([])
})

test('a worker that stopped is dropped, so that its next start is a session of its own, and paused', async () => {
  await traceWorker()
  ofWorker('s1', 'Inspector.targetCrashed')
  await settle()
  expect(chrome.sent.slice(-2)).toMatchObject([
    { method: 'Target.detachFromTarget', params: { sessionId: 's1' }, session: undefined },
    { method: 'Target.setAutoAttach', params: { waitForDebuggerOnStart: true }, session: undefined },
  ])
  ofWorker('s1', 'Inspector.targetReloadedAfterCrash')
  show('s2', true)
  await settle()
  const runs = said.flatMap((body) => (body.type === 'worker-seen' ? [body] : []))
  expect(runs.map(({ how }) => how)).toEqual(['running', 'started'])
  expect(new Set(runs.map(({ worker }) => worker)).size).toBe(2)
  expect(said).toContainEqual(expect.objectContaining({ type: 'worker-stopped', how: 'stopped' }))
})

test('a worker is said to have stopped when its next start can’t slip past any more, with the time of its stop', async () => {
  const stopTimes: (number | undefined)[] = []
  const tracer = make((body, at) => {
    if (body.type === 'worker-stopped') stopTimes.push(at)
  })
  tracer.set(true)
  await settle()
  show('s1', false)
  await settle()
  let answer = (_: object) => {}
  chrome.answers(({ method }) =>
    method === 'Target.setAutoAttach'
      ? new Promise<object>((resolve) => {
          answer = resolve
        })
      : {},
  )
  const stopped = performance.timeOrigin + performance.now()
  ofWorker('s1', 'Inspector.targetCrashed')
  await settle()
  expect(stopTimes).toEqual([])
  answer({})
  await settle()
  expect(stopTimes).toEqual([expect.closeTo(stopped, 0)])
})

test('a worker that the panel stops is said to be stopped by it; one that is not known can’t be', async () => {
  const tracer = await traceWorker()
  const seen = said.at(-1)
  if (seen?.type !== 'worker-seen') throw new Error('The worker was not seen.')
  await tracer.stopWorker(seen.worker)
  expect(chrome.sent.at(-1)).toMatchObject({
    method: 'Target.closeTarget',
    params: { targetId: 'target-s1' },
  })
  ofWorker('s1', 'Inspector.targetCrashed')
  await settle()
  expect(said.at(-1)).toMatchObject({ type: 'worker-stopped', how: 'asked' })
  await expect(tracer.stopWorker('worker-7-1-other')).rejects.toMatchObject({ reason: 'not-traced' })
})

const ofTab = (method: string, params: object) => chrome.onEvent.emit({ tabId: TAB }, method, params)
const cacheChanged = (cacheName: string) =>
  ofTab('Storage.cacheStorageContentUpdated', { origin: 'https://pod.example', cacheName })
const HIDDEN = '845f4d7c-d8bd-40ea-bc7c-4faacddeaa72'

test('it announces at once fetches of the tab’s pages, which have a worker or have none, while it is attached', async () => {
  pages = ['https://pod.example']
  const tracer = make()
  expect(tracer.announcesNewFetches('https://pod.example')).toBe(false)
  tracer.set(true)
  await settle()
  expect(tracer.announcesNewFetches('https://pod.example')).toBe(true)
  expect(answersChanged).toHaveBeenCalledOnce()
  cacheChanged(HIDDEN)
  expect(backgroundFetchTouched.mock.calls).toEqual([['https://pod.example']])
  pages.push('https://other.example')
  expect(tracer.announcesNewFetches('https://other.example')).toBe(false)
  tracer.pagesChanged()
  await settle()
  expect(tracer.announcesNewFetches('https://other.example')).toBe(true)
  const asked = chrome.sent.filter(({ method }) => method === 'Storage.trackCacheStorageForStorageKey')
  expect(asked.map(({ params }) => params.storageKey)).toEqual([
    'https://pod.example/',
    'https://other.example/',
  ])
  tracer.set(false)
  await settle()
  expect(tracer.announcesNewFetches('https://pod.example')).toBe(false)
  expect(answersChanged).toHaveBeenCalledTimes(3)
})

test('where the browser does not want to tell of fetches, it does not say that it does', async () => {
  pages = ['https://pod.example']
  chrome.answers(({ method }) => {
    if (method.startsWith('Storage.')) throw new Error('not found')
    return {}
  })
  const tracer = await switchOn()
  expect(states()).toEqual(['on'])
  expect(tracer.announcesNewFetches('https://pod.example')).toBe(false)
})

test('what changes in the storage is reported where a worker is traced, and a fetch’s own cache nowhere', async () => {
  pages = ['https://pod.example']
  await switchOn()
  const changes = () => said.flatMap((body) => (body.type === 'storage-changed' ? [body.name] : []))
  cacheChanged('episodes')
  expect(changes()).toEqual([])
  show('s1', false)
  await settle()
  cacheChanged('episodes')
  cacheChanged(HIDDEN)
  expect(changes()).toEqual(['episodes'])
})

test('runs of two tracers have different names, although the worker is the same', async () => {
  const names = () => said.flatMap((body) => (body.type === 'worker-seen' ? [body.worker] : []))
  for (let i = 0; i < 2; i++) {
    const tracer = await traceWorker()
    tracer.set(false)
    await settle()
  }
  expect(names()).toHaveLength(2)
  expect(new Set(names()).size).toBe(2)
})
