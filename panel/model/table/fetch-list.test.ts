import { describe, expect, test } from 'vitest'
import { createStream, observed } from '../streams/events.fixture'
import { countFetches, listFetches, type Sorting } from './fetch-list'

/** Two fetches that run and three that have ended. */
function session() {
  const stream = createStream()
  for (const id of ['a', 'b', 'c', 'd', 'e']) stream.page(observed.seen(id, { id }))
  stream.page(observed.progress('d', 500))
  stream.page(observed.failure('b'))
  stream.page(observed.success('e'))
  stream.page(observed.failure('a', 'bad-status'))
  return stream.model.fetches
}

const ids = (sorting: Sorting | null = null, onlyActive = false) =>
  listFetches(session(), { onlyActive, sorting, verdict: () => '', now: 2_000_000 }).map(({ id }) => id)

describe('the list of fetches', () => {
  test('has active ones first as they began, and ended ones below, newest first', () => {
    expect(ids()).toEqual(['c', 'd', 'a', 'e', 'b'])
  })

  test('has only the active ones where the others are not wanted', () => {
    expect(ids(null, true)).toEqual(['c', 'd'])
  })

  test('is sorted within active and ended ones', () => {
    expect(ids({ by: 'id', descending: false })).toEqual(['c', 'd', 'a', 'b', 'e'])
    expect(ids({ by: 'id', descending: true })).toEqual(['d', 'c', 'e', 'b', 'a'])
    expect(ids({ by: 'progress', descending: true }).slice(0, 2)).toEqual(['d', 'c'])
    expect(ids({ by: 'state', descending: false }).slice(2)).toEqual(['b', 'a', 'e'])
    expect(ids({ by: 'started', descending: false })).toEqual(['c', 'd', 'a', 'b', 'e'])
  })

  test('is sorted by the verdict’s word', () => {
    const list = listFetches(session(), {
      onlyActive: false,
      sorting: { by: 'verdict', descending: false },
      verdict: ({ id }) => (id === 'b' ? 'clean' : 'wrong'),
      now: 0,
    })
    expect(list.map(({ id }) => id)[2]).toBe('b')
  })
})

test('what cannot be seen any more takes no slot, and is counted by itself', () => {
  const stream = createStream()
  stream.page(observed.seen('a', { id: 'a' }))
  stream.page(observed.seen('b', { id: 'b' }))
  stream.page(observed.failure('b'))
  stream.page(observed.over('b'))
  expect(countFetches(stream.model.fetches)).toEqual({
    usage: [{ storageKey: 'https://pod.example', active: 1 }],
    unobserved: 0,
    ended: 1,
  })
  stream.page(observed.frameGone())
  expect(countFetches(stream.model.fetches)).toEqual({ usage: [], unobserved: 1, ended: 1 })
})
