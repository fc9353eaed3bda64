import { expect, test } from 'vitest'
import { entryOf, fileOf, foreign, rowOf } from '../audit.fixture'
import { namesOf, placeOf } from './items'
import { isCalled, isRule, keysOf, suggestRule } from './matching'

test.each([
  ['map-42', 'map-(.*)', '$1', ['42']],
  ['dl-7', 'dl-(\\d+)', 'movie-$1', ['movie-7']],
  ['a.b', 'a\\.(\\w+)', '$1', ['b']],
  ['a/7/x', '(.+)/(\\d+)/(.*)', '$3:$2', ['x:7']],
  ['dl-7', 'map-(.*)', '$1', []],
  ['dl-', 'dl-(.*)', '$1', []],
])('of the ID %s, %s → %s makes %j', (id, pattern, replacement, keys) => {
  expect(keysOf(id, [{ pattern, replacement }])).toEqual(keys)
})

test.each(['', '(a+)+$', '(.*', '[a-z]+', 'a|b', 'a{2}', '(.*)(.*)(.*)(.*)', '\\d', 'x'.repeat(101), 'a*'])(
  '%j is not a pattern',
  (pattern) => expect(isRule({ pattern, replacement: 'x' })).toBe(false),
)

test.each(['', ' ', '$2', '$0', 'x'.repeat(101)])('%j is not a key', (replacement) => {
  expect(isRule({ pattern: '(.*)', replacement })).toBe(false)
})

test('a pattern is tried on the first 200 characters of a text: on more it could take long', () => {
  const rule = { pattern: '(.*)a(.*)a(.*)b', replacement: '$1' }
  expect(keysOf(`${'a'.repeat(199)}b`, [rule])).toEqual(['a'.repeat(197)])
  expect(keysOf(`${'a'.repeat(200)}b`, [rule])).toEqual([])
})

test.each([
  ['map-42', foreign(fileOf('parts/42.part')), { pattern: 'map-(.*)', replacement: '$1' }],
  ['dl-7', foreign(rowOf('movie-7')), { pattern: 'dl-(.*)', replacement: 'movie-$1' }],
  ['show:s01', foreign(rowOf('s01_meta')), null],
  ['7', foreign(rowOf('movie-7')), { pattern: '(.*)', replacement: 'movie-$1' }],
  ['talk', foreign(rowOf('list')), null],
  ['x'.repeat(500), foreign(rowOf('list')), null],
])('for the ID %s the panel offers a rule where the name shares a part', (id, item, rule) => {
  const suggested = suggestRule(id, placeOf(item).name)
  if (id === 'show:s01') return expect(suggested && isCalled(item, keysOf(id, [suggested]))).toBe(true)
  expect(suggested).toEqual(rule)
})

test.each([
  ['1', 'ep-1', 'ep-$1'],
  ['1', 'ep1', 'ep$1'],
  ['12', 'ep_12_meta', 'ep_$1_meta'],
  ['ep-1', 'draft-ep-1', 'draft-$1'],
  ['show:s01', 'ep-show:s01', 'ep-$1'],
  ['https://pod.example/1.mp3', 'ep-https://pod.example/1.mp3', 'ep-$1'],
  ['42', 'cache/v2-42', 'v2-$1'],
  ['7', 'job 17, ep-7', 'ep-$1'],
  ['[a]', 'ep-[a]', 'ep-$1'],
])('for the ID %s a rule of the whole ID is offered for the name %s', (id, name, replacement) => {
  const rule = suggestRule(id, name)
  expect(rule).toEqual({ pattern: '(.*)', replacement })
  expect(isCalled(foreign(rowOf(name)), keysOf(id, rule ? [rule] : []))).toBe(true)
})

test.each([
  ['1', 'ep-12'],
  ['12', 'ep-3120'],
  ['', 'ep-1'],
  ['talk', 'talks'],
])('for the ID %s none is offered for the name %s', (id, name) => {
  expect(suggestRule(id, name)).toBeNull()
})

test('what is in a cache of that name is called by it, too', () => {
  const entry = foreign(entryOf(200, { cache: 'dl-7' }))
  const rule = namesOf(entry)
    .map((name) => suggestRule('7', name))
    .find((one) => one !== null)
  expect(rule).toEqual({ pattern: '(.*)', replacement: 'dl-$1' })
  expect(isCalled(entry, keysOf('7', rule ? [rule] : []))).toBe(true)
  expect(isCalled(entry, ['dl-77'])).toBe(false)
})

test('a key is found as a word of its own, not inside another', () => {
  expect(isCalled(foreign(rowOf('movie-7')), ['movie-7'])).toBe(true)
  expect(isCalled(foreign(rowOf('movie-77')), ['movie-7'])).toBe(false)
  expect(isCalled(foreign(fileOf('parts/42.part')), ['42'])).toBe(true)
})
