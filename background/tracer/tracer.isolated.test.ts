import { expect, test, vi } from 'vitest'
import { attached, tracedWorker } from './chrome.fixture'
import { expectOnAfter, make, settle, states, switchOn, TAB, tab, traceWorker } from './tracer.fixture'

test('switched on it attaches to the tab once and asks for its service workers only', async () => {
  const tracer = make()
  tracer.set(true)
  tracer.set(true)
  await settle()
  expect(tab.chrome.attach.mock.calls).toEqual([[{ tabId: TAB }, '1.3']])
  expect(states()).toEqual(['on'])
  expect(tab.chrome.sent[0]).toMatchObject({
    method: 'Target.setAutoAttach',
    params: { waitForDebuggerOnStart: true, filter: [{ type: 'service_worker' }] },
  })
})

test('switched off it undoes the probes, detaches and listens to nothing', async () => {
  const tracer = await traceWorker()
  tracer.set(false)
  await settle()
  expect(JSON.stringify(tab.chrome.sent.at(-1))).toContain('this.undo()')
  expect(tab.chrome.detach).toHaveBeenCalledOnce()
  expect([tab.chrome.onEvent.size, tab.chrome.onDetach.size]).toEqual([0, 0])
  expect(states()).toEqual(['on', 'off'])
})

test('switched off it detaches also from a worker that is too busy to answer', async () => {
  const tracer = await traceWorker()
  tab.chrome.answers(() => new Promise(() => {}))
  tracer.set(false)
  await vi.advanceTimersByTimeAsync(5000)
  expect(tab.chrome.detach).toHaveBeenCalledOnce()
  expect(states()).toEqual(['on', 'off'])
})

test.each([
  ['Another debugger is already attached to the tab with id: 7.', 'taken'],
  ['Cannot access a chrome:// URL', 'forbidden-page'],
  ['Cannot attach to this target.', 'forbidden-page'],
  ['Debugging is blocked by policy', 'policy'],
  ['No tab with given id 7.', 'other'],
])('a refusal “%s” is said as %s', async (message, reason) => {
  tab.chrome.attach.mockRejectedValue(new Error(message))
  tab.chrome.detach.mockRejectedValue(new Error('Debugger is not attached'))
  await switchOn()
  expect(states()).toEqual([`failed ${reason}`])
  expect([tab.chrome.onEvent.size, tab.chrome.onDetach.size]).toEqual([0, 0])
})

test('a connection that a killed worker of the extension left behind is taken over', async () => {
  tab.chrome.attach.mockRejectedValueOnce(new Error('Another debugger is already attached'))
  await switchOn()
  expect(tab.chrome.attach).toHaveBeenCalledTimes(2)
  expect(states()).toEqual(['on'])
})

test('it is not on before the browser pauses workers at their start', async () => {
  let answer = (_: object) => {}
  tab.chrome.answers(
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
  tab.chrome.answers(() => Promise.reject(new Error('Detached while handling command.')))
  const tracer = await switchOn()
  expect(states()).toEqual(['failed other'])
  expect(tab.chrome.detach).toHaveBeenCalledOnce()
  tab.chrome.answers(tracedWorker)
  await expectOnAfter(tracer.again)
})

test('Cancel in the browser’s bar ends the runs, is said, and stands until it is asked for again', async () => {
  const tracer = await traceWorker()
  tab.chrome.onDetach.emit({ tabId: TAB }, 'canceled_by_user')
  expect(states()).toEqual(['on', 'failed cancelled'])
  expect(tab.said).toContainEqual(expect.objectContaining({ type: 'worker-stopped', how: 'untraced' }))
  tracer.navigated()
  await settle()
  expect(tab.chrome.attach).toHaveBeenCalledOnce()
  await expectOnAfter(tracer.again)
})

test('a target that was closed is attached to again with the next document', async () => {
  const tracer = await switchOn()
  tab.chrome.onDetach.emit({ tabId: TAB }, 'target_closed')
  expect(states()).toEqual(['on', 'failed closed'])
  await expectOnAfter(tracer.navigated)
})

test('what happens in other tabs is not its business', async () => {
  await switchOn()
  tab.chrome.onEvent.emit({ tabId: 8 }, 'Target.attachedToTarget', attached('s1'))
  tab.chrome.onDetach.emit({ tabId: 8 }, 'canceled_by_user')
  await settle()
  expect(tab.said).toHaveLength(1)
})
