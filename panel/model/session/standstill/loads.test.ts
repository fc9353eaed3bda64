import { expect, test } from 'vitest'
import type { Handle } from '../../../../protocol/handle'
import { createStream, observed } from '../../streams/events.fixture'
import { standstillOf } from './standstill'

function standstill(stream: ReturnType<typeof createStream>, later: number) {
  const [fetch] = stream.model.fetches
  return fetch && standstillOf(fetch, stream.model, (stream.events.at(-1)?.at ?? 0) + later)
}
const textOf = (stream: ReturnType<typeof createStream>, later: number) =>
  standstill(stream, later)?.text ?? ''
const reasonsOf = (stream: ReturnType<typeof createStream>, later: number) =>
  standstill(stream, later)?.reasons ?? []

test('a fetch that began while a tab was loading may wait until 30 s after that', () => {
  const stream = createStream()
  const handle = 'h' as Handle
  stream.page(observed.seen('h'))
  stream.panel({ type: 'tabs-loading', handle, tabs: 1, own: false })
  expect(textOf(stream, 5000)).toBe('a tab is loading · no bytes yet, 5 s')
  expect(reasonsOf(stream, 5000)[0]).toMatch(/^Another tab was loading/)
  stream.panel({ type: 'tabs-loaded', handle }, 5000)
  expect(textOf(stream, 5000)).toMatch(/^may wait until \d[^·]* · no bytes yet, 10 s$/)
  expect(textOf(stream, 30_000)).toBe('no bytes yet, 35 s')
  stream.page(observed.progress('h', 10))
  expect(textOf(stream, 7000)).toBe('no progress, 7 s')
})

test('the site of another tab that was loading is named', () => {
  const stream = createStream()
  const handle = 'h' as Handle
  stream.page(observed.seen('h'))
  stream.panel({ type: 'tabs-loading', handle, tabs: 1, own: false, other: 'https://news.example:8443' })
  expect(reasonsOf(stream, 5000)[0]).toMatch(
    /^Another tab \(news\.example:8443\) was loading when .*and a tab still is/,
  )
  stream.panel({ type: 'tabs-loaded', handle }, 5000)
  expect(reasonsOf(stream, 5000)[0]).toMatch(
    /^Another tab \(news\.example:8443\) was loading when .* after the load, \d/,
  )
})
