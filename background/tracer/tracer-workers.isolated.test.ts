import { expect, test, vi } from 'vitest'
import { tracedWorker } from './chrome.fixture'
import { make, settle, show, switchOn, TAB, tab, traceWorker } from './tracer.fixture'

const ofWorker = (sessionId: string, method: string, params = {}) =>
  tab.chrome.onEvent.emit({ tabId: TAB, sessionId }, method, params)

test('a paused worker goes on, and is reported with its scope and state', async () => {
  await switchOn()
  show('s1')
  await settle()
  expect(tab.chrome.methods('s1')).toContain('Runtime.runIfWaitingForDebugger')
  expect(tab.said.at(-1)).toMatchObject({ type: 'worker-seen', how: 'started', state: 'activated' })
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
  tab.chrome.answers((sent) => (sent.method === 'Runtime.evaluate' ? answer() : tracedWorker(sent)))
  show('s1')
  await vi.advanceTimersByTimeAsync(1000)
  expect(tab.chrome.methods('s1')).toContain('Runtime.runIfWaitingForDebugger')
  expect(tab.said.filter(({ type }) => type === 'worker-seen')).toEqual([])
})

test('a worker that can’t be traced is said with the reason, once', async () => {
  await switchOn()
  tab.chrome.answers((sent) =>
    sent.method === 'Runtime.evaluate' ? Promise.reject(new Error('no way')) : tracedWorker(sent),
  )
  show('s1')
  await settle()
  ofWorker('s1', 'Runtime.consoleAPICalled', { type: 'log', args: [], timestamp: Date.now() })
  const untraced = tab.said.filter(({ type }) => type === 'worker-untraced')
  expect(untraced).toMatchObject([{ detail: 'no way' }])
})

test('other targets are left alone', async () => {
  await switchOn()
  show('s1', true, 'worker')
  await settle()
  expect(tab.chrome.methods('s1')).toEqual([])
})

test('a worker that stopped is dropped, so that its next start is a session of its own, and paused', async () => {
  await traceWorker()
  ofWorker('s1', 'Inspector.targetCrashed')
  await settle()
  expect(tab.chrome.sent.slice(-2)).toMatchObject([
    { method: 'Target.detachFromTarget', params: { sessionId: 's1' }, session: undefined },
    { method: 'Target.setAutoAttach', params: { waitForDebuggerOnStart: true }, session: undefined },
  ])
  ofWorker('s1', 'Inspector.targetReloadedAfterCrash')
  show('s2', true)
  await settle()
  const runs = tab.said.flatMap((body) => (body.type === 'worker-seen' ? [body] : []))
  expect(runs.map(({ how }) => how)).toEqual(['running', 'started'])
  expect(new Set(runs.map(({ worker }) => worker)).size).toBe(2)
  expect(tab.said).toContainEqual(expect.objectContaining({ type: 'worker-stopped', how: 'stopped' }))
})

test('the calls of a worker that was active before are watched before it is asked for anything', async () => {
  await switchOn()
  const start = async (sessionId: string) => {
    // Each start is a target of its own.
    show(sessionId)
    await settle()
    const sent = tab.chrome.sent.filter(({ session }) => session === sessionId)
    const asked = sent.findIndex(({ params }) => /facts/.test(String(params.functionDeclaration)))
    return { asked, watched: sent.findIndex(({ method }) => method === 'Debugger.enable') }
  }
  const first = await start('s1')
  expect(first.watched).toBeGreaterThan(first.asked)
  ofWorker('s1', 'Inspector.targetCrashed')
  await settle()
  const second = await start('s2')
  expect(second.watched).toBeGreaterThan(-1)
  expect(second.watched).toBeLessThan(second.asked)
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
  tab.chrome.answers(({ method }) =>
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
  const seen = tab.said.at(-1)
  if (seen?.type !== 'worker-seen') throw new Error('The worker was not seen.')
  await tracer.stopWorker(seen.worker)
  expect(tab.chrome.sent.at(-1)).toMatchObject({
    method: 'Target.closeTarget',
    params: { targetId: 'target-s1' },
  })
  ofWorker('s1', 'Inspector.targetCrashed')
  await settle()
  expect(tab.said.at(-1)).toMatchObject({ type: 'worker-stopped', how: 'asked' })
  await expect(tracer.stopWorker('worker-7-1-other')).rejects.toMatchObject({ reason: 'not-traced' })
})

test('runs of two tracers have different names, although the worker is the same', async () => {
  const names = () => tab.said.flatMap((body) => (body.type === 'worker-seen' ? [body.worker] : []))
  for (let i = 0; i < 2; i++) {
    const tracer = await traceWorker()
    tracer.set(false)
    await settle()
  }
  expect(names()).toHaveLength(2)
  expect(new Set(names()).size).toBe(2)
})
