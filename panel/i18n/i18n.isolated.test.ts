import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'

type I18n = typeof import('./i18n')
type Format = typeof import('../model/format')

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** Loads the words as a browser has them that speaks this language and has this catalogue. */
async function inBrowser(
  ui: string,
  locale: string,
): Promise<{ i18n: I18n; format: Format; asked: string[] }> {
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
  return { i18n: await import('./i18n'), format: await import('../model/format'), asked }
}

test('without a browser, English is spoken', async () => {
  const { t, language } = await import('./i18n')
  expect(language).toBe('en')
  expect(t('table_usage', 2, 5)).toBe('2 of 5 active')
})

test('the browser’s catalogue is spoken, and each message is asked for once', async () => {
  const { i18n, asked } = await inBrowser('de', 'de')
  expect(i18n.t('table_usage', 2, 5)).toBe('2 von 5 aktiv')
  expect(i18n.t('table_usage', 3, 5)).toBe('3 von 5 aktiv')
  expect(asked.filter((key) => key === 'table_usage')).toHaveLength(1)
})

test('what a value contains is not read as a place', async () => {
  const { i18n } = await inBrowser('de', 'de')
  expect(i18n.t('table_usage', '$2 $$ $1', '$1')).toBe('$2 $$ $1 von $1 aktiv')
  expect(i18n.t('row_done', '$&')).toBe('$& fertig')
})

test('a place without a value stays empty', async () => {
  const { i18n } = await inBrowser('en', 'en')
  expect(i18n.t('table_usage', 2)).toBe('2 of  active')
})

test('one thing and several have messages of their own', async () => {
  const { counted, t } = await import('./i18n')
  const text = (count: number) => t(counted(count, 'known_caches'), count)
  expect([0, 1, 2, 21].map(text)).toEqual(['0 caches', '1 cache', '2 caches', '21 caches'])
})

/** So many caches, in the words of a language. */
const cachesIn = (
  { t, counted }: Pick<typeof import('./i18n'), 't' | 'counted'>,
  counts: readonly number[],
): string[] => counts.map((count) => t(counted(count, 'known_caches'), count))

describe('a language with other plurals than English needs only its messages', () => {
  test('Polish', async () => {
    const { i18n } = await withCatalogue('pl', {
      language: 'pl',
      known_caches_one: '$1 pamięć',
      known_caches_few: '$1 pamięci',
      known_caches_many: '$1 pamięci podręcznych',
      known_caches_other: '$1 pamięci podręcznej',
    })
    expect(cachesIn(i18n, [1, 2, 5, 22, 25, 1.5])).toEqual([
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
    const { i18n } = await withCatalogue('ar', {
      language: 'ar',
      ...Object.fromEntries(categories.map((category) => [`known_caches_${category}`, `${category} $1`])),
    })
    expect(cachesIn(i18n, [0, 1, 2, 3, 11, 100])).toEqual([
      'zero 0',
      'one 1',
      'two 2',
      'few 3',
      'many 11',
      'other 100',
    ])
  })

  test('and where it lacks a category it takes the one for all other numbers', async () => {
    const { i18n } = await withCatalogue('pl', { language: 'pl', known_caches_other: 'inne: $1' })
    expect(i18n.t(i18n.counted(3, 'known_caches'), 3)).toBe('inne: 3')
  })
})

test('numbers and times are written as in the language of the words', async () => {
  const german = await inBrowser('de-AT', 'de')
  expect(german.i18n.language).toBe('de-AT')
  expect(german.format.bytes(12_345)).toBe('12,3 kB')
  expect(german.format.duration(1234)).toBe('1,23 s')
  expect(german.format.timeOfDay(new Date(2024, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05,006')
  // Where the browser speaks what no catalogue does, one language is spoken all the same.
  const french = await inBrowser('fr', 'en')
  expect(french.i18n.language).toBe('en')
  expect(french.format.bytes(12_345)).toBe('12.3 kB')
  expect(french.format.count(12_345)).toBe('12,345')
})
