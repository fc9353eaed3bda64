import { describe, expect, test } from 'vitest'
import { suggestFilter, withSuggestion } from './filter-suggestions'

const values = {
  events: () => ['abort-answered', 'settled', 'settled', 'event-over'],
  fetches: () => ['episode-1', 'episode-12', 'my show', 'a"b'],
}
const words = (query: string, asked = false, caret = query.length) =>
  suggestFilter(query, caret, values, asked)?.words ?? []

describe('what is suggested', () => {
  test.each([
    ['s', ['source:']],
    ['-F', ['-fetch:']],
    ['source:', ['source:panel', 'source:page', 'source:worker', 'source:storage', 'source:network']],
    ['source:pa', ['source:panel', 'source:page']],
    ['level:v', ['level:verbose']],
    ['event:e', ['event:event-over', 'event:abort-answered', 'event:settled']],
    ['fetch:my', ['fetch:"my show"']],
    ['fetch:"my', ['fetch:"my show"']],
    ['fetch:episode-1', ['fetch:/^episode-1$/', 'fetch:episode-12']],
    ['-fetch:a', ['-fetch:/^a"b$/']],
    ['level:error sou', ['source:']],
  ])('for %s', (query, expected) => {
    expect(words(query)).toEqual(expected)
  })

  test.each(['', 'x', 'foo:bar', 'level:verbose', 'source:panel ', '/a(b/', 'http://a'])(
    'nothing for %j',
    (query) => {
      expect(words(query)).toEqual([])
    },
  )

  test('all keys, where the person asks for them', () => {
    expect(words('', true)).toEqual(['source:', 'event:', 'fetch:', 'level:'])
  })

  test('nothing in the middle of a word', () => {
    expect(words('source', false, 3)).toEqual([])
  })

  test('no more than ten', () => {
    const many = { ...values, fetches: () => Array.from({ length: 1000 }, (_, n) => `f${n}`) }
    expect(suggestFilter('fetch:', 6, many)?.words).toHaveLength(10)
  })
})

test('a suggestion replaces its word, and leaves the rest', () => {
  const take = (query: string, caret: number, word: string) => {
    const found = suggestFilter(query, caret, values)
    return found && withSuggestion(query, found, word)
  }
  expect(take('so', 2, 'source:')).toEqual({ query: 'source:', caret: 7 })
  expect(take('lev abort', 3, 'level:')).toEqual({ query: 'level: abort', caret: 6 })
  expect(take('source:pa  abort', 9, 'source:page')).toEqual({ query: 'source:page abort', caret: 12 })
})
