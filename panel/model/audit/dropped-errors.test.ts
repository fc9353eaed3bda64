import { expect, test } from 'vitest'
import { contextOf } from '../../../protocol/context/context'
import type { Body } from '../../../protocol/events'
import { createModel } from '../session/fold'
import { trace } from '../streams/workers.fixture'
import { twoOpenEvents } from './two-events.fixture'
import { audit } from './verdict'

const GAP = 'the handler may have logged errors that were not read'

const rejections = (count: number, event: number | null, byHandler = false): Body[] =>
  Array.from({ length: count }, (_, i) => ({
    ...({ ...trace.exception(byHandler, event, `Error: ${i}`), exception: i } as Body),
  }))
const caught = (count: number, event: number | null): Body[] =>
  Array.from({ length: count }, (_, exception) => ({
    ...{ type: 'rejection-handled', worker: 'w1', event, exception },
  }))
const failed = (event: number | null): Body => ({
  ...({ ...trace.log(event), level: 'error', text: 'clean-up failed' } as Body),
})

/** Two fetches whose events are open at once while these come; the log was cut where the events are over. */
function handled(steps: readonly Body[]) {
  const { a, b, stream, put } = twoOpenEvents()
  put(...steps)
  const at = stream.events.length
  for (const event of [1, 2]) put(trace.done(0, 0, event))
  for (const story of [a, b]) story.over().later()
  const anew = createModel()
  const recent = stream.events.slice(at)
  const context = contextOf(stream.events.slice(0, at), recent)
  anew.apply([...context, ...recent])
  const again = (handle: string) =>
    audit(anew.fetches.find((one) => one.handle === handle) ?? expect.unreachable())
  return { verdict: a.verdict(), again: again('ha'), other: b.verdict().kind, kept: context.length }
}

test.each([
  ['of its own', 1, false],
  ['that may be of another event', null, false],
  ['that its listeners threw', 1, true],
])(
  'errors that were dropped are not forgotten where all that are kept are taken back: %s',
  (_, event, by) => {
    const last = by ? ({ ...trace.exception(true, event, 'Error: no') } as Body) : failed(event)
    const { verdict, again } = handled([...rejections(100, event, by), last, ...caught(100, event)])
    for (const one of [verdict, again]) expect(one).toMatchObject({ kind: 'unknown', wrong: [], gaps: [GAP] })
  },
)

test('where an error is left, the dropped ones are no reason of their own', () => {
  const { verdict, again } = handled([...rejections(100, 1), failed(1), ...caught(99, 1)])
  for (const one of [verdict, again]) expect(one).toMatchObject({ kind: 'errors', gaps: [] })
})

test('where as many are taken back as came, and none was dropped, it is clean', () => {
  for (const event of [1, null]) {
    const { verdict, again } = handled([...rejections(100, event), ...caught(100, event)])
    for (const one of [verdict, again]) expect(one?.kind).toBe('clean')
  }
})

test('after errors were dropped, those that are taken back later do not stay in a log that is cut', () => {
  const once = [...rejections(101, 1), ...caught(101, 1)]
  const { kept } = handled(once)
  expect(handled([...once, ...once, ...once]).kept).toBe(kept)
})
