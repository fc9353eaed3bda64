import { expect, test } from 'vitest'
import { createAuditStream, fileOf, rowOf } from './audit.fixture'
import { isStillThere } from './still-there'

const row = rowOf('episode')
const part = fileOf('episode.part')

test('what was removed after the event ended is said to be removed, and is no item any more', () => {
  const story = createAuditStream()
    .seen()
    .settled()
    .over({ items: [row] })
    .later()
  const { kind, line, wrong } = story.verdict()
  expect(kind).toBe('wrong')
  expect(line).toMatch(
    /^Storage changed after the event ended: .* pod\/downloads: episode \(removed 100 ms to 1\.60 s after the event ended\)$/,
  )
  expect(wrong).toMatchObject([{ rule: 'changed-after', stored: null, bytes: 0 }])
  expect(isStillThere(story.fetch(), row)).toBe(false)
})

test('what was written after the event ended is there', () => {
  const story = createAuditStream()
    .seen()
    .settled()
    .over()
    .later({ items: [row] })
  expect(story.verdict().wrong).toMatchObject([{ item: 'pod/downloads: episode', stored: row }])
  expect(isStillThere(story.fetch(), row)).toBe(true)
})

test('what is found and was removed later is not there', () => {
  const items = [row, part]
  const story = createAuditStream().seen().ended({ items })
  expect(items.map((item) => isStillThere(story.fetch(), item))).toEqual([true, true])
  story.look('later', { items: [part] }, 1200)
  expect(story.verdict().left).toHaveLength(1)
  expect(items.map((item) => isStillThere(story.fetch(), item))).toEqual([false, true])
})

test('where the storage could not be read again, what was there is there as far as is known', () => {
  const story = createAuditStream()
    .seen()
    .ended({ items: [row] })
  story.look(
    'later',
    { gaps: [{ kind: 'unreadable', side: 'now', area: 'indexeddb', detail: 'x' }], items: [] },
    1200,
  )
  expect(isStillThere(story.fetch(), row)).toBe(true)
})
