import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'

type Words = typeof import('./words')
type Format = typeof import('../model/format')

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** Loads the words as a browser has them that speaks this language and has this catalogue. */
async function inBrowser(
  ui: string,
  locale: string,
): Promise<{ words: Words; format: Format; asked: string[] }> {
  const file = new URL(`../../extension/public/_locales/${locale}/messages.json`, import.meta.url)
  const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>
  return withCatalogue(
    ui,
    Object.fromEntries(Object.entries(catalogue).map(([key, { message }]) => [key, message])),
  )
}

/** The same with messages that are given. */
async function withCatalogue(ui: string, catalogue: Readonly<Record<string, string>>) {
  const asked: string[] = []
  const getMessage = (key: string, values: readonly string[] = []) => {
    asked.push(key)
    return (catalogue[key] ?? '').replace(/\$([1-9])/g, (_, n) => values[n - 1] ?? '')
  }
  vi.resetModules()
  vi.stubGlobal('chrome', { i18n: { getMessage, getUILanguage: () => ui } })
  return { words: await import('./words'), format: await import('../model/format'), asked }
}

test('without a browser, English is spoken', async () => {
  const { say, language } = await import('./words')
  expect(language).toBe('en')
  expect(say('table_usage', 2, 5)).toBe('2 of 5')
})

test('the browser’s catalogue is spoken, and each message is asked for once', async () => {
  const { words, asked } = await inBrowser('de', 'de')
  expect(words.say('table_usage', 2, 5)).toBe('2 von 5')
  expect(words.say('table_usage', 3, 5)).toBe('3 von 5')
  expect(asked.filter((key) => key === 'table_usage')).toHaveLength(1)
})

test('what a value contains is not read as a place', async () => {
  const { words } = await inBrowser('de', 'de')
  expect(words.say('table_usage', '$2 $$ $1', '$1')).toBe('$2 $$ $1 von $1')
  expect(words.say('row_done', '$&')).toBe('$& fertig')
})

test('a place without a value stays empty', async () => {
  const { words } = await inBrowser('en', 'en')
  expect(words.say('table_usage', 2)).toBe('2 of ')
})

test('one thing and several have messages of their own', async () => {
  const { counted, say } = await import('./words')
  const text = (count: number) => say(counted(count, 'known_caches'), count)
  expect([0, 1, 2, 21].map(text)).toEqual(['0 caches', '1 cache', '2 caches', '21 caches'])
})

describe('a language with other plurals than English needs only its messages', () => {
  test('Polish', async () => {
    const { words } = await withCatalogue('pl', {
      language: 'pl',
      known_caches_one: '$1 pamięć',
      known_caches_few: '$1 pamięci',
      known_caches_many: '$1 pamięci podręcznych',
      known_caches_other: '$1 pamięci podręcznej',
    })
    const text = (count: number) => words.say(words.counted(count, 'known_caches'), count)
    expect([1, 2, 5, 22, 25, 1.5].map(text)).toEqual([
      '1 pamięć',
      '2 pamięci',
      '5 pamięci podręcznych',
      '22 pamięci',
      '25 pamięci podręcznych',
      '1.5 pamięci podręcznej',
    ])
  })

  test('Arabic, which has all six categories', async () => {
    const categories = ['zero', 'one', 'two', 'few', 'many', 'other']
    const { words } = await withCatalogue('ar', {
      language: 'ar',
      ...Object.fromEntries(categories.map((category) => [`known_caches_${category}`, `${category} $1`])),
    })
    const text = (count: number) => words.say(words.counted(count, 'known_caches'), count)
    expect([0, 1, 2, 3, 11, 100].map(text)).toEqual([
      'zero 0',
      'one 1',
      'two 2',
      'few 3',
      'many 11',
      'other 100',
    ])
  })

  test('and where it lacks a category it takes the one for all other numbers', async () => {
    const { words } = await withCatalogue('pl', { language: 'pl', known_caches_other: 'inne: $1' })
    expect(words.say(words.counted(3, 'known_caches'), 3)).toBe('inne: 3')
  })
})

test('numbers and times are written as in the language of the words', async () => {
  const german = await inBrowser('de-AT', 'de')
  expect(german.words.language).toBe('de-AT')
  expect(german.format.bytes(12_345)).toBe('12,3 kB')
  expect(german.format.duration(1234)).toBe('1,23 s')
  expect(german.format.timeOfDay(new Date(2024, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05,006')
  // Where the browser speaks what no catalogue does, one language is spoken all the same.
  const french = await inBrowser('fr', 'en')
  expect(french.words.language).toBe('en')
  expect(french.format.bytes(12_345)).toBe('12.3 kB')
  expect(french.format.count(12_345)).toBe('12,345')
})
