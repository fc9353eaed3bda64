import { expect, test } from 'vitest'
import { createAuditStream } from '../audit/audit.fixture'
import { observed } from '../streams/events.fixture'
import { attributeNotes } from './attribute-notes'

type Story = ReturnType<typeof createAuditStream>
const notesOf = ({ fetch }: Pick<Story, 'fetch'>) =>
  Object.fromEntries(Object.entries(attributeNotes(fetch())).filter(([, note]) => note !== ''))

test('while a fetch runs, and where all was read at its end, nothing is said beside its attributes', () => {
  expect(notesOf(createAuditStream().seen())).toEqual({})
  expect(notesOf(createAuditStream().seen({}, 1000).ended({}, [], observed.success('h')))).toEqual({})
  // Nothing had arrived.
  expect(notesOf(createAuditStream().seen({}, 0).ended())).toEqual({})
})

test('the bytes that the browser sets back to 0 are said to be, with what had arrived', () => {
  const story = createAuditStream().seen({}, 276_000).ended()
  expect(story.fetch().attributes.downloaded).toBe(0)
  expect(notesOf(story)).toEqual({
    downloaded: 'set to 0 by the browser at the end; 276,000 bytes before',
  })
})

test('the same of an upload', () => {
  const story = createAuditStream().seen({}, 0)
  const attributes = { ...story.fetch().attributes, uploaded: 500, uploadTotal: 900 }
  story.stream.page({ type: 'progress', handle: story.fetch().handle, attributes })
  story.ended()
  expect(notesOf(story)).toEqual({ uploaded: 'set to 0 by the browser at the end; 500 bytes before' })
})

test('what was read last while it ran is said to be so where its end was not read', () => {
  const story = createAuditStream().seen({}, 1000)
  story.stream.page({ type: 'fetch-gone', handle: story.fetch().handle, reason: 'not-listed' })
  expect(story.fetch()).toMatchObject({ state: 'gone', attributes: { result: '' } })
  expect(notesOf(story)).toEqual({
    downloaded: 'last read while the fetch ran',
    uploaded: 'last read while the fetch ran',
    result: 'last read while the fetch ran',
    failureReason: 'last read while the fetch ran',
    recordsAvailable: 'last read while the fetch ran',
  })
})

test('a page that is away reads nothing', () => {
  const story = createAuditStream().seen({}, 1000)
  story.stream.page(observed.frameGone())
  expect(story.fetch().state).toBe('unobserved')
  expect(notesOf(story)).toMatchObject({ result: 'last read while the fetch ran' })
})

test('recordsAvailable that was read before the release of the records is said to be', () => {
  // Both are reported by different pages.
  const { stream, fetch } = createAuditStream().seen({}, 0)
  stream.page(observed.over('h'))
  stream.page(observed.failure('h'))
  const story = { fetch }
  expect(story.fetch()).toMatchObject({ state: 'over', attributes: { recordsAvailable: true } })
  expect(notesOf(story)).toEqual({ recordsAvailable: 'last read before the records were released' })
})
