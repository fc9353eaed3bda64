import { expect, test } from 'vitest'
import { type Filterable, parseFilter } from './filter'

const row = (more: Partial<Filterable> = {}): Filterable => {
  const parts = {
    source: 'worker' as const,
    fetch: 'episode 12',
    level: 'info' as const,
    kind: 'wait-until',
    name: 'waitUntil() #1',
    text: 'The event waits for a promise',
    ...more,
  }
  const low = `${parts.source} ${parts.fetch} ${parts.name} ${parts.text}`.toLowerCase()
  return { ...parts, low }
}

const shown = (query: string, more?: Partial<Filterable>) => parseFilter(query).matches(row(more))

test('nothing typed hides nothing', () => {
  expect(shown('')).toBe(true)
  expect(shown('   ')).toBe(true)
})

test('words are looked for everywhere, in any case, and all must be found', () => {
  expect(shown('WAITS promise')).toBe(true)
  expect(shown('waits nothing')).toBe(false)
  expect(shown('"waits for"')).toBe(true)
  expect(shown('"for waits"')).toBe(false)
  expect(shown('episode')).toBe(true)
})

test('a minus hides what follows it', () => {
  expect(shown('-progress')).toBe(true)
  expect(shown('-promise')).toBe(false)
  expect(shown('-source:worker')).toBe(false)
})

test('a regular expression stands between slashes', () => {
  expect(shown('/waits? for/')).toBe(true)
  expect(shown('/WAITS/')).toBe(false)
  expect(shown('/WAITS/i')).toBe(true)
  expect(shown('event:/^waitUntil/')).toBe(true)
})

test('source, event, fetch and level are looked at alone', () => {
  expect(shown('source:worker event:waitUntil')).toBe(true)
  expect(shown('source:page')).toBe(false)
  expect(shown('event:promise')).toBe(false)
  expect(shown('fetch:"episode 12"')).toBe(true)
  expect(shown('level:error')).toBe(false)
  expect(shown('level:error', { level: 'error' })).toBe(true)
})

test('an event is also found by the kind that it has in every language', () => {
  const german = { kind: 'settled', name: 'abgeschlossen: success' }
  expect(shown('event:settled', german)).toBe(true)
  expect(shown('-event:settled', german)).toBe(false)
  expect(shown('event:abgeschlossen', german)).toBe(true)
  expect(shown('event:settled', { kind: 'promise-settled', name: 'Promise #1 erfüllt' })).toBe(false)
})

test('a query that can’t be read shows everything and says why', () => {
  expect(parseFilter('/(/').problem).not.toBe('')
  expect(shown('/(/')).toBe(true)
  expect(parseFilter('source:moon').problem).toContain('moon')
})

test('a lone minus or colon is a word', () => {
  expect(shown('-')).toBe(false)
  expect(shown('-', { text: 'a-b' })).toBe(true)
  expect(parseFilter(':').problem).toBe('')
})

test('a term that is about to be typed hides nothing, and the others hold', () => {
  for (const query of ['source:', '-source:', 'level:', '-event:', 'fetch:']) {
    const { matches, problem } = parseFilter(query)
    expect([matches(row()), problem], query).toEqual([true, ''])
  }
})

test('asks for a level only where it names one that is to be shown', () => {
  expect(parseFilter('level:verbose').asksLevel).toBe(true)
  expect(parseFilter('abort level:w').asksLevel).toBe(true)
  expect(parseFilter('-level:error').asksLevel).toBe(false)
  expect(parseFilter('"level:error"').asksLevel).toBe(false)
  expect(parseFilter('level:').asksLevel).toBe(false)
  expect(parseFilter('level:loud').problem).toMatch(/loud/)
})
