import { expect, test } from 'vitest'
import { type Filterable, parseFilter } from './filter'
import { termFor, withTerm } from './filter-terms'

const row = (fetch: string): Filterable => ({
  source: 'page',
  fetch,
  level: 'info',
  kind: 'settled',
  name: 'settled',
  text: '',
  low: `page ${fetch.toLowerCase()} settled`,
})

const found = (term: string, fetch: string) => {
  const { matches, problem } = parseFilter(term)
  expect(problem).toBe('')
  return matches(row(fetch))
}

test('a term finds its fetch, whatever its ID is', () => {
  const ids = [
    'talk',
    'a b',
    'say "it"',
    'a/b',
    '/x/',
    '[1]',
    'line\nbreak',
    '-minus',
    'level:error',
    '\\',
    'x"y z/',
  ]
  for (const id of ids) {
    const term = termFor('fetch', id)
    expect(found(term, id), term).toBe(true)
    expect(found(term, 'other'), term).toBe(false)
    expect(found(withTerm('', term, true), id), term).toBe(false)
  }
})

test('a term finds no other fetch whose ID contains the ID', () => {
  const term = termFor('fetch', 'talk', ['talk', 'talk-2'])
  expect(found(term, 'talk')).toBe(true)
  expect(found(term, 'talk-2')).toBe(false)
})

test('a term is added once, and takes its opposite out', () => {
  expect(withTerm('abort', 'source:page', false)).toBe('abort source:page')
  expect(withTerm('abort source:page', 'source:page', false)).toBe('abort source:page')
  expect(withTerm('abort source:page x', 'source:page', true)).toBe('abort x -source:page')
  expect(withTerm('-source:page', 'source:page', false)).toBe('source:page')
})
