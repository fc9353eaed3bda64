import { describe, expect, test } from 'vitest'
import { say, tell } from '../events.fixture'
import { countFetches, listFetches, type Sorting } from './fetch-list'

/** Two fetches that run and three that have ended. */
function session() {
  const stream = tell()
  for (const id of ['a', 'b', 'c', 'd', 'e']) stream.page(say.seen(id, { id }))
  stream.page(say.progress('d', 500))
  stream.page(say.failure('b'))
  stream.page(say.success('e'))
  stream.page(say.failure('a', 'bad-status'))
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
  const stream = tell()
  stream.page(say.seen('a', { id: 'a' }))
  stream.page(say.seen('b', { id: 'b' }))
  stream.page(say.failure('b'))
  stream.page(say.over('b'))
  expect(countFetches(stream.model.fetches)).toEqual({
    usage: [{ storageKey: 'https://pod.example', active: 1 }],
    unobserved: 0,
    ended: 1,
  })
  stream.page(say.frameGone())
  expect(countFetches(stream.model.fetches)).toEqual({ usage: [], unobserved: 1, ended: 1 })
})
