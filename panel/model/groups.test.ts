import { expect, test } from 'vitest'
import { say, tell } from './events.fixture'
import { group, isHeading } from './groups'

function session() {
  const told = tell()
  told.panel(say.navigated())
  told.page(say.seen('h1', { id: 'one' }))
  told.page(say.seen('h2', { id: 'two' }))
  told.page(say.progress('h1', 10))
  told.panel(say.unreachable())
  return told.model
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
