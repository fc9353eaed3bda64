import { expect, test, vi } from 'vitest'
import { MAX_RECORDING_TIME } from '../../protocol/recordings'
import { asked, GRACE, joinBridge, machine, openedSession, openPanel, pass, TAB, tracer } from './tab.fixture'

test('while it is recorded, bridges stay and look, and the log says that it goes on', async () => {
  const { eventTypes, session, panel, bridge } = await openedSession()
  await panel.rpc.setRecording(true, 'recording-1')
  await panel.rpc.setRecording(true, 'recording-2')
  expect(asked.showBadge).toHaveBeenLastCalledWith(TAB, expect.any(Number))
  await panel.close()
  await pass(GRACE)
  expect(bridge).toMatchObject({ left: false, mode: { lead: true, look: true } })
  expect(eventTypes()).toEqual(['watch-started', 'recording-started', 'panel-left'])
  await bridge.rpc.report([{ seq: 1, at: Date.now(), body: { type: 'events-lost', count: 1 } }])
  await openPanel(session)
  expect(eventTypes()).toEqual([
    'watch-started',
    'recording-started',
    'panel-left',
    'events-lost',
    'watch-started',
  ])
})

test('a hidden panel does not keep a recorded tab from being looked at', async () => {
  const session = machine().start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setVisible(false)
  await pass()
  expect(bridge.mode?.look).toBe(false)
  await panel.rpc.setRecording(true, 'recording-3')
  await pass()
  expect(bridge.mode?.look).toBe(true)
})

test('a document that replaces another gets a bridge, and the badge is shown again', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.close()
  session.committed(0, 'https://pod.example/', true)
  await pass()
  expect(asked.injectFrame).not.toHaveBeenCalled()
  const again = await openPanel(session)
  await again.rpc.setRecording(true, 'recording-4')
  await again.close()
  asked.showBadge.mockClear()
  session.committed(0, 'https://pod.example/', true)
  await pass()
  expect(asked.injectFrame).toHaveBeenCalledWith(TAB, 0)
  expect(asked.showBadge).toHaveBeenCalledWith(TAB, expect.any(Number))
  expect(eventTypes()).toContain('navigated')
})

test('a worker that is started again knows that the tab is recorded, and sends nobody away', async () => {
  const { start, eventTypes } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setRecording(true, 'recording-5')
  tracer.set.mockClear()
  const session = start()
  const bridge = await joinBridge(session)
  expect(bridge.mode?.look).toBe(true)
  await pass(GRACE)
  expect(bridge.left).toBe(false)
  // The panel was closed while nobody was there to see it.
  expect(eventTypes()).toEqual(['watch-started', 'recording-started', 'panel-left'])
  expect(tracer.set).toHaveBeenLastCalledWith(true)
})

test('the tracer goes on as it was, and no longer than the recording', async () => {
  for (const on of [true, false]) {
    const session = machine().start()
    const panel = await openPanel(session, on)
    await panel.rpc.setRecording(true, 'recording-6')
    await panel.close()
    expect(tracer.set).toHaveBeenLastCalledWith(on)
    await session.endRecording('switched-off')
    expect(tracer.set).toHaveBeenLastCalledWith(false)
  }
})

test('tracing that is switched while the tab is recorded stays as it was switched', async () => {
  const { start } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setRecording(true, 'recording-7')
  await panel.rpc.setTrace(false)
  await panel.close()
  expect(tracer.set).toHaveBeenLastCalledWith(false)
  tracer.set.mockClear()
  await joinBridge(start())
  await pass(GRACE)
  expect(tracer.set).not.toHaveBeenCalledWith(true)
})

test('switched off beside a panel, it becomes a session, and the panel watches on', async () => {
  const { eventTypes, saved, panel, bridge } = await openedSession()
  await panel.rpc.setRecording(true, 'recording-10')
  await panel.rpc.setRecording(false, 'recording-11')
  await panel.rpc.setRecording(false, 'recording-12')
  expect(bridge.left).toBe(false)
  expect(asked.showBadge).toHaveBeenLastCalledWith(TAB, null)
  expect(eventTypes()).toEqual(['watch-started', 'recording-started', 'recording-ended'])
  const [made] = (await panel.rpc.savedRecordings()).sessions
  expect(made).toMatchObject({ why: 'switched-off', events: 3 })
  const page = await panel.rpc.recordedEvents(made?.id ?? '', 0)
  expect(page?.events).toMatchObject(eventTypes().map((type) => ({ body: { type } })))
  await panel.rpc.removeRecordings([made?.id ?? ''])
  expect(saved.all.size).toBe(0)
  await panel.close()
  expect(eventTypes().at(-1)).toBe('watch-stopped')
})

test('an incognito tab is recorded while it is open, and leaves no session', async () => {
  asked.isIncognito.mockResolvedValueOnce(true)
  const { start, recordings, panel, bridge } = await openedSession()
  await panel.rpc.setRecording(true, 'recording-13')
  await panel.close()
  expect(bridge.left).toBe(false)
  // Started again after the tab was gone, when that was not known any more.
  await start().closed()
  expect(await recordings.all()).toEqual([])
  expect((await recordings.sessions()).sessions).toEqual([])
})

test('switched off without a panel, nothing is watched any more', async () => {
  const { eventTypes, saved, session, panel, bridge } = await openedSession()
  await panel.rpc.setRecording(true, 'recording-14')
  await panel.close()
  await session.endRecording('switched-off')
  expect(bridge.left).toBe(true)
  expect(eventTypes()).toEqual(['watch-started', 'recording-started', 'panel-left', 'recording-ended'])
  expect(saved.all.size).toBe(1)
  await session.endRecording('switched-off')
  expect(saved.all.size).toBe(1)
})

test('after three days it ends by itself', async () => {
  const { start, recordings } = machine()
  const panel = await openPanel(start())
  await panel.rpc.setRecording(true, 'recording-15')
  await panel.close()
  await pass(MAX_RECORDING_TIME - 60_000)
  expect((await recordings.sessions()).sessions).toEqual([])
  await pass(60_000)
  expect((await recordings.sessions()).sessions).toMatchObject([{ why: 'too-long' }])
})

test('and also when the worker was stopped in between', async () => {
  const { start, recordings } = machine()
  const panel = await openPanel(start())
  await panel.rpc.setRecording(true, 'recording-16')
  vi.clearAllTimers()
  vi.setSystemTime(Date.now() + MAX_RECORDING_TIME + 1)
  const bridge = await joinBridge(start())
  expect((await recordings.sessions()).sessions).toMatchObject([{ why: 'too-long' }])
  expect(bridge.left).toBe(true)
})

test('a tab that is closed leaves its session, and nothing is written about it any more', async () => {
  const { start, store, recordings } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.rpc.setRecording(true, 'recording-17')
  await session.closed()
  await store.remove(TAB)
  await panel.close()
  expect((await recordings.sessions()).sessions).toMatchObject([{ why: 'tab-closed' }])
  expect(store.tabs.get(TAB)).toBe(undefined)
})

test('a worker that was stopped between two writes makes the log and the recording agree', async () => {
  const { start, eventTypes, recordings, store } = machine()
  await recordings.put({ tabId: TAB, id: 'k', startedAt: Date.now(), trace: false, incognito: false })
  await openPanel(start())
  expect(eventTypes()).toEqual(['recording-started', 'watch-started'])
  const [recording] = await recordings.all()
  if (recording) await recordings.finish(recording, store.tabs.get(TAB) ?? [], 'switched-off')
  await openPanel(start())
  expect(eventTypes()).toEqual([
    'recording-started',
    'watch-started',
    'recording-ended',
    'watch-stopped',
    'watch-started',
  ])
})
