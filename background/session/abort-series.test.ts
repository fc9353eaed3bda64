import { expect, test, vi } from 'vitest'
import type { AbortSeriesBody } from '../../protocol/abort-series'
import type { FetchAttributes } from '../../protocol/attributes'
import type { Body } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import { createRecorder } from '../store/recorder'
import { createAbortSeriesSteps } from './abort-series'
import { memoryStore } from './session.fixture'

const KEY = 'https://pod.example'
const SCOPE = `${KEY}/`
const h = 'b:1' as Handle

const started: AbortSeriesBody = {
  type: 'abort-series-started',
  ...{ series: 's', handle: 'b:0' as Handle, scope: SCOPE, id: 'trip', deletes: false, traced: false },
  runs: [{ moment: { kind: 'first-byte' }, cold: false }],
}
const run: AbortSeriesBody = { type: 'abort-series-run', series: 's', run: 0, id: 'trip-1', command: 'c' }
const done: AbortSeriesBody = { type: 'abort-series-ended', series: 's', why: 'done' }
const attributes: FetchAttributes = {
  ...{ uploadTotal: 0, uploaded: 0, downloadTotal: 0, downloaded: 0, recordsAvailable: true },
  result: '',
  failureReason: '',
}
const seen = (id = 'trip-1', handle = h): Body => ({
  type: 'fetch-seen',
  ...{ handle, scope: SCOPE, id, already: false, attributes },
})

async function scene() {
  const recorder = createRecorder(1, memoryStore(), () => {})
  const made = await recorder
  const abort = vi.fn(async (_handle: Handle, _command: string) => {})
  const steps = createAbortSeriesSteps(recorder, abort)
  const page = (body: Body) => made.note('page', body, { document: 'd', storageKey: KEY })
  const bodies = () => made.journal.events.map(({ body }) => body)
  return { steps, made, abort, page, bodies }
}

test('each step is on record once, and none after the end', async () => {
  const { steps, bodies } = await scene()
  for (const step of [started, started, run, run, done, done]) await steps.note(step, KEY)
  await steps.note({ ...run, run: 1 }, KEY)
  expect(bodies()).toEqual([started, run, done])
})

test('when its panel is gone, the series ends and the fetch of its run is aborted, and no other', async () => {
  const { steps, made, abort, page, bodies } = await scene()
  await steps.note(started, KEY)
  await steps.note(run, KEY)
  page(seen('other', 'b:2' as Handle))
  page(seen())
  await steps.panelGone(made)
  expect(abort.mock.calls.map(([handle]) => handle)).toEqual([h])
  expect(bodies().at(-1)).toEqual({ type: 'abort-series-ended', series: 's', why: 'panel-gone' })
  expect(steps.panelGone(made)).toBe(undefined)
})

test('a fetch that has ended is not aborted, and a series that has ended is left alone', async () => {
  const { steps, made, abort, page } = await scene()
  expect(steps.panelGone(made)).toBe(undefined)
  await steps.note(started, KEY)
  await steps.note(run, KEY)
  page(seen())
  page({
    type: 'settled',
    handle: h,
    attributes: { ...attributes, result: 'failure', failureReason: 'aborted' },
  })
  await steps.panelGone(made)
  expect(abort).not.toHaveBeenCalled()
})
