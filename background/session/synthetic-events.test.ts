import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Body } from '../../protocol/events'
import { dispatchedOf, over, seen } from '../../protocol/events.fixture'
import type { Handle } from '../../protocol/handle'
import type { PageAnswer } from '../../protocol/page-requests'
import type { SyntheticOutcome } from '../../protocol/synthetic-events'
import { createRecorder } from '../store/recorder'
import { TracerError } from '../tracer/problem'
import { memoryStore } from './session.fixture'
import { createSyntheticEvents } from './synthetic-events'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const KEY = 'https://pod.example'
const SCOPE = `${KEY}/`
const h = 'h' as Handle

const worker = (name: string, some: Partial<Extract<Body, { type: 'worker-seen' }>> = {}): Body => ({
  type: 'worker-seen',
  ...{ worker: name, url: `${KEY}/sw.js`, scope: SCOPE, state: 'activated', how: 'running' },
  ...some,
})
const tracer = (state: 'on' | 'off'): Body => ({ type: 'tracer', state, reason: '', detail: '' })
const stopped = (name: string): Body => ({ type: 'worker-stopped', worker: name, how: 'stopped' })
const settled = (): Body => ({
  type: 'settled',
  handle: h,
  attributes: { ...seen('h').attributes, result: 'success' },
})

async function scene(bodies: readonly Body[], storageKey = KEY) {
  const recorder = createRecorder(1, memoryStore(), () => synthetic.recorded())
  const dispatch = vi.fn(async (_worker: string, _id: string): Promise<SyntheticOutcome> => 'dispatched')
  const askPage = vi.fn(async (): Promise<PageAnswer> => ({ ok: true }))
  const start = () => createSyntheticEvents({ recorder, dispatch, askPage })
  const synthetic = start()
  const made = await recorder
  const add = (body: Body) => void made.note('page', body, { storageKey })
  for (const body of bodies) add(body)
  const own = () =>
    made.journal.events.filter(({ body }) => body.type.startsWith('synthetic')).map(({ body }) => body)
  return { synthetic, dispatch, askPage, add, own, start }
}

const requested = { type: 'synthetic-event-requested', handle: h, command: 'c' }
const failed = (reason: string, detail = '') => ({
  ...{ type: 'synthetic-event-failed', handle: h, command: 'c', reason, detail },
})

test('the active worker of the scope gets it once, and that it was asked for is on record before', async () => {
  const { synthetic, dispatch, askPage, own } = await scene([
    tracer('on'),
    worker('stopped'),
    stopped('stopped'),
    worker('active'),
    worker('waiting', { state: 'installed' }),
    worker('other', { scope: `${SCOPE}library/` }),
    seen('h'),
  ])
  dispatch.mockImplementation(async () => {
    expect(own()).toEqual([requested])
    return 'dispatched'
  })
  await synthetic.dispatchSynthetic(h, 'c')
  await synthetic.dispatchSynthetic(h, 'c')
  expect(dispatch.mock.calls).toEqual([['active', 'episode']])
  expect(askPage).not.toHaveBeenCalled()
  expect(own()).toEqual([requested])
})

test('a worker that does not run is started by the page, and waited for until it is traced', async () => {
  const { synthetic, dispatch, askPage, add } = await scene([tracer('on'), seen('h')])
  const done = synthetic.dispatchSynthetic(h, 'c')
  await vi.advanceTimersByTimeAsync(10)
  expect(askPage.mock.calls).toEqual([[KEY, { kind: 'start-worker', scope: SCOPE }, 'c-start']])
  expect(dispatch).not.toHaveBeenCalled()
  add(worker('installing', { state: 'installing' }))
  add(worker('started', { how: 'started' }))
  await done
  expect(dispatch.mock.calls).toEqual([['started', 'episode']])
})

test('one that is not seen to start, or that the page can’t start, is said with its reason', async () => {
  const first = await scene([tracer('on'), seen('h')])
  const done = first.synthetic.dispatchSynthetic(h, 'c')
  await vi.advanceTimersByTimeAsync(6000)
  await done
  expect(first.own()).toEqual([requested, failed('not-started')])
  const second = await scene([tracer('on'), seen('h')])
  second.askPage.mockResolvedValue({ ok: false, reason: 'rejected', detail: 'No.' })
  await second.synthetic.dispatchSynthetic(h, 'c')
  expect(second.own()).toEqual([requested, failed('not-started', 'No.')])
})

test.each<[string, readonly Body[], string | undefined, string]>([
  ['has settled', [tracer('on'), worker('w'), seen('h'), settled()], KEY, 'no-fetch'],
  [
    'is gone',
    [tracer('on'), seen('h'), { type: 'fetch-gone', handle: h, reason: 'not-listed' }],
    KEY,
    'no-fetch',
  ],
  ['was never seen', [tracer('on'), worker('w'), over('h')], KEY, 'no-fetch'],
  ['has its ID in use again', [tracer('on'), worker('w'), seen('h'), seen('next')], KEY, 'no-fetch'],
  ['is not traced', [tracer('on'), worker('w'), tracer('off'), seen('h')], KEY, 'tracer-off'],
  [
    'is of a frame of another site',
    [tracer('on'), worker('w'), seen('h')],
    `${KEY} https://top.example`,
    'foreign',
  ],
])('for a fetch that %s nothing is dispatched', async (_, bodies, storageKey, reason) => {
  const { synthetic, dispatch, askPage, own } = await scene(bodies, storageKey)
  await synthetic.dispatchSynthetic(h, 'c')
  expect(own()).toEqual([requested, failed(reason)])
  expect([dispatch, askPage].map(({ mock }) => mock.calls)).toEqual([[], []])
})

test.each([
  ['no-listener', async () => 'no-listener' as const, failed('no-listener')],
  ['no-fetch', async () => 'no-fetch' as const, failed('no-fetch')],
  ['replaced', () => Promise.reject(new TracerError('replaced')), failed('replaced')],
  ['an error', () => Promise.reject(new Error('Target closed')), failed('error', 'Target closed')],
])('what the probe does not do is on record: %s', async (_, answer, expected) => {
  const { synthetic, dispatch, own } = await scene([tracer('on'), worker('w'), seen('h')])
  dispatch.mockImplementation(answer)
  await synthetic.dispatchSynthetic(h, 'c')
  expect(own()).toEqual([requested, expected])
})

test('a background that was started meanwhile dispatches nothing again, and says so where it does not know', async () => {
  const { synthetic, dispatch, own, add, start } = await scene([tracer('on'), worker('w'), seen('h')])
  dispatch.mockReturnValue(new Promise(() => {}))
  void synthetic.dispatchSynthetic(h, 'c')
  await vi.advanceTimersByTimeAsync(0)
  await start().dispatchSynthetic(h, 'c')
  await start().dispatchSynthetic(h, 'c')
  expect(own()).toEqual([requested, failed('interrupted')])
  void synthetic.dispatchSynthetic(h, 'd')
  await vi.advanceTimersByTimeAsync(0)
  add(dispatchedOf({ name: 'backgroundfetchclick', isTrusted: false, synthetic: true }))
  await start().dispatchSynthetic(h, 'd')
  expect(own()).toHaveLength(3)
  expect(dispatch).toHaveBeenCalledTimes(2)
})
