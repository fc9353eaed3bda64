import { expect, test } from 'vitest'
import { describe } from '../describe/describe'
import { attributesOf, createStream, observed, rowOf } from '../streams/events.fixture'
import { bodyShapes, randomOf, sampleBody } from '../streams/random.fixture'
import { trace } from '../streams/workers.fixture'
import { isVerbose } from './levels'

const isVerboseRow = (row: Parameters<typeof describe>[0]) => describe(row).level === 'verbose'

test('no warning and no error is ever Verbose', () => {
  const random = randomOf(3)
  for (const shape of bodyShapes) {
    for (let i = 0; i < 100; i++) {
      const row = rowOf(sampleBody(shape, random))
      expect(isVerbose(row), JSON.stringify(row.event.body)).toBe(isVerboseRow(row))
    }
  }
})

test('how the panel is set up and the lifecycle of workers are Verbose', () => {
  const verbose = [observed.frame({}), trace.on(), trace.seen(), trace.stopped()]
  for (const body of verbose) expect(isVerboseRow(rowOf(body)), body.type).toBe(true)
})

test('what happens to a fetch is not, and neither is what keeps it from being seen', () => {
  const shown = [
    observed.seen('h1'),
    observed.navigated(),
    observed.frame({ secure: false }),
    observed.frame({ supported: false }),
    observed.frame({ error: 'SecurityError' }),
    observed.frame({ permission: 'denied' }),
    { type: 'tracer', state: 'failed', reason: 'policy', detail: '' } as const,
    { type: 'worker-state', worker: 'w1', state: 'redundant' } as const,
  ]
  for (const body of shown) expect(isVerboseRow(rowOf(body)), body.type).toBe(false)
})

test('a row is Verbose for what it is, not for the event that it came with', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { attributes: attributesOf({}) }))
  const [row] = stream.model.rows
  expect(row && isVerbose({ ...row, kind: 'ended-unseen', event: { ...row.event, body: trace.on() } })).toBe(
    false,
  )
})
