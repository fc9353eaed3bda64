import { expect, test } from 'vitest'
import type { Forced } from '../../protocol/forced-endings'
import type { Handle } from '../../protocol/handle'
import { type PageAnswer, refusal } from '../../protocol/page-requests'
import {
  EVENT,
  failed,
  h,
  KEY,
  nothing,
  OK,
  pass,
  QUOTA,
  REQUEST,
  SCOPE,
  scene,
  seen,
  TOTAL,
  useFakeTime,
  WORKER,
} from './forced-endings.fixture'

useFakeTime()

test('a quota is on record before it is changed, and as before when the fetch has ended', async () => {
  const tab = await scene()
  const { ask, answered } = tab.begin(QUOTA)
  expect(ask).not.toHaveBeenCalled()
  await answered
  expect(nothing(tab)).toBe(false)
  expect(tab.made.journal.events[0]).toMatchObject({
    storageKey: KEY,
    body: { type: 'ending-forced', command: 'c', scope: SCOPE, id: 'talk-2', ...QUOTA },
  })
  tab.note(seen())
  tab.note(seen('other', 'b:2' as Handle))
  tab.note(failed('b:2' as Handle))
  await pass(60_000)
  expect(nothing(tab)).toBe(false)
  tab.note(failed())
  await pass()
  expect(nothing(tab)).toBe(true)
  expect(tab.reverted()).toEqual(['fetch-ended'])
})

test('a fetch that no page lists is over with its event, or after a while', async () => {
  const tab = await scene()
  await tab.begin(QUOTA).answered
  await pass(9000)
  expect(nothing(tab)).toBe(false)
  await pass(2000)
  expect(nothing(tab)).toBe(true)
  expect(tab.reverted()).toEqual(['not-seen'])

  const next = await scene()
  await next.begin(QUOTA).answered
  next.note(WORKER)
  next.note(EVENT)
  await pass()
  expect(nothing(next)).toBe(true)
  expect(next.reverted()).toEqual(['fetch-ended'])
})

test('where no fetch was started, or the browser refuses, all is as before at once', async () => {
  const tab = await scene()
  expect(await tab.begin(QUOTA, refusal('no-worker')).answered).toEqual(refusal('no-worker'))
  expect(nothing(tab)).toBe(true)
  await expect(tab.begin(QUOTA, Promise.reject(new Error('gone')), 'd').answered).rejects.toThrow('gone')
  expect(nothing(tab)).toBe(true)
  expect(tab.reverted()).toEqual(['not-started', 'not-started'])
})

test.each<Forced>([TOTAL, REQUEST])('a refused start is on record for $ending too', async (forced) => {
  const tab = await scene()
  expect(await tab.begin(forced, refusal('no-worker')).answered).toEqual(refusal('no-worker'))
  await expect(tab.begin(forced, Promise.reject(new Error('gone')), 'd').answered).rejects.toThrow('gone')
  expect(tab.reverted()).toEqual(['not-started', 'not-started'])
})

test('a fetch that is listed before its start is answered is waited for', async () => {
  const tab = await scene()
  let answer = (_: PageAnswer) => {}
  const { answered } = tab.begin(QUOTA, new Promise((resolve) => (answer = resolve)))
  await pass()
  tab.note(seen())
  answer(OK)
  await answered
  await pass(20_000)
  expect(nothing(tab)).toBe(false)
  tab.note(failed())
  await pass()
  expect(tab.reverted()).toEqual(['fetch-ended'])
})

test('when the last panel is gone, and while it is being started too', async () => {
  const tab = await scene()
  await tab.begin(QUOTA).answered
  tab.note(seen())
  await tab.endings.revertAll('panel-gone')
  expect(nothing(tab)).toBe(true)
  let go = () => {}
  tab.slow = new Promise((resolve) => (go = resolve))
  const late = tab.begin(QUOTA, OK, 'd')
  await pass()
  await tab.endings.revertAll('panel-gone')
  go()
  expect(await late.answered).toMatchObject({ ok: false })
  expect(late.ask).not.toHaveBeenCalled()
  expect(nothing(tab)).toBe(true)
  expect(tab.reverted()).toEqual(['panel-gone', 'panel-gone'])
})

test('a page that is loaded anew may go on with it; one that is gone for good does not', async () => {
  const tab = await scene()
  await tab.begin(QUOTA).answered
  tab.note(seen())
  tab.note({ type: 'frame-gone', unwatched: true })
  await pass(3000)
  tab.note(seen('talk-2', 'b:3' as Handle))
  await pass(20_000)
  expect(nothing(tab)).toBe(false)
  tab.note({ type: 'frame-gone', unwatched: true })
  await pass(11_000)
  expect(nothing(tab)).toBe(true)
  expect(tab.reverted()).toEqual(['page-gone'])
})

test('it ends with the tracing', async () => {
  const tab = await scene()
  await tab.begin(QUOTA).answered
  tab.note({ type: 'tracer', state: 'off', reason: '', detail: '' })
  await pass()
  expect(tab.reverted()).toEqual(['tracing-ended'])
})

test('a fetch that goes on keeps no quota limited for longer than 5 minutes', async () => {
  const tab = await scene()
  await tab.begin(QUOTA).answered
  tab.note(seen())
  await pass(299_000)
  expect(nothing(tab)).toBe(false)
  await pass(2000)
  expect(nothing(tab)).toBe(true)
  expect(tab.reverted()).toEqual(['too-long'])
})

test('an event that a script has made does not end it', async () => {
  const tab = await scene()
  tab.note(WORKER)
  await tab.begin(QUOTA).answered
  tab.note({ ...EVENT, isTrusted: false })
  await pass()
  expect(nothing(tab)).toBe(false)
  tab.note(EVENT)
  await pass()
  expect(nothing(tab)).toBe(true)
})

test('the event of an older fetch of the ID does not end it, nor one from before the answer', async () => {
  const tab = await scene()
  tab.note(seen())
  tab.note(failed())
  tab.note(WORKER)
  const other = h.replace('1', '2') as Handle
  let answer = (_: PageAnswer) => {}
  const { answered } = tab.begin(QUOTA, new Promise((resolve) => (answer = resolve)))
  await pass()
  tab.note(EVENT)
  answer(OK)
  await answered
  tab.note(EVENT)
  await pass()
  expect(nothing(tab)).toBe(false)
  tab.note({ type: 'event-over', handle: h, uncertainty: 5 })
  tab.note(seen('talk-2', other))
  tab.note(EVENT)
  await pass()
  expect(tab.reverted()).toEqual(['fetch-ended'])
})

test('a quota that the browser does not revert is not said to be as before', async () => {
  const tab = await scene()
  await tab.begin(QUOTA).answered
  tab.problem = 'Internal error'
  await tab.endings.revertAll('panel-gone')
  expect(tab.reverted()).toEqual(['revert-failed'])

  const detached = await scene()
  await detached.begin(QUOTA).answered
  detached.problem = 'Debugger is not attached to the tab with id: 7.'
  await detached.endings.revertAll('panel-gone')
  expect(detached.reverted()).toEqual(['panel-gone'])

  const left = await scene()
  await left.begin(QUOTA).answered
  await pass()
  left.left = false
  const next = await left.start()
  await next.endings.restore(next.made)
  expect(next.reverted()).toEqual(['revert-failed'])
})

test('where the debugger is not attached, nothing is started', async () => {
  const tab = await scene()
  tab.refuses = true
  const { ask, answered } = tab.begin(QUOTA)
  expect(await answered).toMatchObject({ ok: false, reason: 'rejected' })
  expect(ask).not.toHaveBeenCalled()
  expect(tab.reverted()).toEqual(['not-started'])
})

test('a background that is started again notes what the one before has left, and starts nothing twice', async () => {
  const tab = await scene()
  await tab.begin(QUOTA).answered
  await pass()
  const next = await tab.start()
  await next.endings.restore(next.made)
  expect(next.reverted()).toEqual(['interrupted'])
  const again = next.begin(QUOTA)
  expect(await again.answered).toMatchObject({ ok: false })
  expect(again.ask).not.toHaveBeenCalled()
})

test.each<Forced>([TOTAL, REQUEST])('$ending changes nothing that is to be as before', async (forced) => {
  const tab = await scene()
  await tab.begin(forced).answered
  expect(tab.quotas.size).toBe(0)
  expect(tab.made.journal.events[0]).toMatchObject({ body: { type: 'ending-forced', ...forced } })
  await pass(20_000)
  await tab.endings.revertAll('panel-gone')
  expect(tab.reverted()).toEqual([])
})
