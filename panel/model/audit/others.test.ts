import { expect, test } from 'vitest'
import { createStream, observed } from '../streams/events.fixture'
import { createAuditStream, foreign, rowOf } from './audit.fixture'

/** What is judged of a fetch that leaves a row, while the origin had another fetch of this ID. */
const verdictBeside = (id: string, key: string, value: string) => {
  const stream = createStream()
  stream.page(observed.seen('other', { id }))
  return createAuditStream('101', stream)
    .seen()
    .ended({ items: [foreign(rowOf(key, value))] }, [])
    .verdict()
}

test('a new row that names another fetch, by its key or in its value, is that one’s', () => {
  for (const [id, key, value] of [
    ['map-2', 'map-2', ''],
    ['map-2', 'job', 'id map-2 state done'],
    ['100', '100', ''],
  ] as const)
    expect(verdictBeside(id, key, value)).toMatchObject({ kind: 'clean', others: [{ owner: id }] })
})

test('a number in a value names no other fetch: it may be a count of anything', () => {
  const { kind, others, line } = verdictBeside('100', 'job', 'state partial percent 100')
  expect(others).toEqual([])
  expect(kind).not.toBe('clean')
  expect(line).toBe(
    '1 new row in pod/downloads (job), not matched to this fetch; may belong to the fetch 100, which ran in that time too',
  )
})
