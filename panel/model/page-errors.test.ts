import { expect, test } from 'vitest'
import { observed } from './streams/events.fixture'
import { createTracedStream, trace } from './streams/workers.fixture'

const thrown = { message: 'TypeError: no', stack: '' }
const pageError = { type: 'page-error', rejection: false, error: thrown, location: null } as const

function aborted(wait: number) {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.page(observed.seen('h1', { id: 'first' }))
  stream.page(observed.seen('h2', { id: 'second' }))
  stream.panel(observed.abort('h1'))
  stream.page(observed.answer('h1'))
  stream.page(observed.failure('h1'), 0)
  stream.panel(pageError, wait, { source: 'page' })
  return stream
}

test('an error of the page is a row of the fetch that was aborted just before, and says how long after', () => {
  const stream = aborted(100)
  expect(stream.model.rows.at(-1)?.fetch?.id).toBe('first')
  expect(stream.last()).toBe(
    'uncaught error in the page: TypeError: no, 110 ms after the abort was requested in this panel',
  )
})

test('of a fetch that was not aborted in this panel it says how long after its end', () => {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.page(observed.seen('h1', { id: 'first' }))
  stream.page(observed.failure('h1'))
  stream.panel(pageError, 100, { source: 'page' })
  expect(stream.last()).toBe(
    'uncaught error in the page: TypeError: no, 100 ms after the fetch’s end was seen',
  )
})

test('an error later than five seconds after it has no row', () => {
  expect(aborted(5001).kinds()).not.toContain('page-error')
})

test('of two aborted fetches it is the one that was aborted last', () => {
  const stream = aborted(100)
  stream.panel(observed.abort('h2', 'c2'))
  stream.panel({ ...pageError, rejection: true }, 100, { source: 'page' })
  expect(stream.model.rows.at(-1)?.fetch?.id).toBe('second')
})
