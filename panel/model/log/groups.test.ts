import { expect, test } from 'vitest'
import { createStream, observed } from '../streams/events.fixture'
import { group, isHeading } from './groups'

function session() {
  const stream = createStream()
  stream.panel(observed.navigated())
  stream.page(observed.seen('h1', { id: 'one' }))
  stream.page(observed.seen('h2', { id: 'two' }))
  stream.page(observed.progress('h1', 10))
  stream.panel(observed.unreachable())
  return stream.model
}

const lines = (closed: ReadonlySet<string> = new Set()) =>
  group(session().rows, closed).map((entry) =>
    isHeading(entry) ? `${entry.fetch?.id ?? 'none'} (${entry.count})` : entry.kind,
  )

test('each fetch’s rows stand together, those of no fetch too', () => {
  expect(lines()).toEqual([
    'none (2)',
    'navigated',
    'unreachable',
    'one (2)',
    'fetch-seen',
    'progress',
    'two (1)',
    'fetch-seen',
  ])
})

test('a closed group keeps its head', () => {
  const [heading] = group(session().rows, new Set())
  expect(lines(new Set([String(heading?.key)]))[1]).toBe('one (2)')
})
