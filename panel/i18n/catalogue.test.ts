import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../../extension/public/_locales', import.meta.url))

type Catalogue = Readonly<Record<string, { readonly message: string; readonly description?: string }>>

const read = (locale: string) =>
  JSON.parse(readFileSync(`${folder}/${locale}/messages.json`, 'utf8')) as Catalogue

const english = read('en')
const locales = readdirSync(folder)

/** Sources of what a person sees; a fixture or a test says nothing. */
const sources = Object.entries({
  ...import.meta.glob<string>('../../{panel,extension,background}/**/*.{ts,tsx}', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('../../manifest.json', { query: '?raw', import: 'default', eager: true }),
})
  .filter(([path]) => !/\.(test|fixture)\.ts$/.test(path))
  .map(([path, text]) => ({ path, text }))

/** What a message counts, of one that has a form for each plural category; null of any other. */
function countedBy(key: string): string | null {
  const [, base = ''] = /^(.+)_(?:zero|one|two|few|many|other)$/.exec(key) ?? []
  return `${base}_one` in english && `${base}_other` in english ? base : null
}

/** The keys that a catalogue has: as in English, with the plural categories of its own language. */
function keysIn(locale: string): string[] {
  const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions()
  const keys = Object.keys(english).flatMap((key) => {
    const base = countedBy(key)
    return base === null ? [key] : pluralCategories.map((category) => `${base}_${category}`)
  })
  return [...new Set(keys)].sort()
}

const places = (message: string) => [...new Set(message.match(/\$\d/g))].sort()

/** The arguments of a call that begins at `from`, right after its parenthesis, split at its own commas. */
function argumentsOf(text: string, from: number): string[] {
  const found: string[] = []
  let depth = 0
  let start = from
  for (let at = from; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (`'"\``.includes(letter)) at = text.indexOf(letter, at + 1)
    else if ('([{'.includes(letter)) depth++
    else if (depth === 0 && (letter === ',' || letter === ')')) {
      found.push(text.slice(start, at).trim())
      if (letter === ')') break
      start = at + 1
    } else if (')]}'.includes(letter)) depth--
  }
  return found.filter(Boolean)
}

/** Files that ask for messages; what another one quotes is no key. */
const asking = sources.filter(({ text }) => /\bi18n\b|__MSG_/.test(text))

const calls = asking.flatMap(({ path, text }) =>
  [...text.matchAll(/\b(?:t|getMessage)\((?!key\b)/g)].map(({ 0: call, index }) => {
    const [key = '', ...values] = argumentsOf(text, index + call.length)
    const line = text.slice(0, index).split('\n').length
    const form = key.includes('counted(') ? '_other' : ''
    const keys = [...key.matchAll(/'(\w+)'/g)].map(([, name]) => `${name}${form}`)
    return { where: `${path}:${line}`, keys, values }
  }),
)

test('every message that is asked for is in the catalogue, with as many places as it is given values', () => {
  expect(calls.length).toBeGreaterThan(100)
  for (const { where, keys, values } of calls) {
    for (const key of keys) {
      // What distinguishes one message from another is a key by itself, or a word that is none.
      if (!(key in english) && keys.some((other) => other in english)) continue
      expect(english, where).toHaveProperty(key)
      if (values.some((value) => value.startsWith('...'))) continue
      const needed = places(english[key]?.message ?? '').length
      expect(values, `${where} ${key}`).toHaveLength(needed)
    }
  }
})

test('every message of the catalogue is asked for', () => {
  const code = asking.map(({ text }) => text).join('\n')
  const unused = Object.keys(english).filter(
    (key) => !code.includes(`'${countedBy(key) ?? key}'`) && !code.includes(`__MSG_${key}__`),
  )
  expect(unused).toEqual([])
})

test('no two keys are the same to the browser, which does not distinguish capitals', () => {
  const keys = Object.keys(english).map((key) => key.toLowerCase())
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(key).toMatch(/^[a-z0-9_]+$/)
})

test('every message says to translators where it stands, and what each of its values is', () => {
  for (const [key, { message, description = '' }] of Object.entries(english)) {
    expect(description, key).not.toBe('')
    expect(places(description), key).toEqual(expect.arrayContaining(places(message)))
  }
})

describe.each(locales)('%s', (locale) => {
  const catalogue = read(locale)

  test('says everything, and nothing else', () => {
    expect(Object.keys(catalogue).sort()).toEqual(keysIn(locale))
    expect(catalogue.language?.message).toBe(locale)
  })

  test('has the same places for values', () => {
    for (const [key, { message }] of Object.entries(catalogue)) {
      expect(message.trim(), key).toBe(message)
      expect(message, key).not.toBe('')
      const base = countedBy(key)
      const expected = places(english[base === null ? key : `${base}_other`]?.message ?? '')
      // A message for a single number may leave that out.
      if (base !== null) expect(expected, key).toEqual(expect.arrayContaining(places(message)))
      else expect(places(message), key).toEqual(expected)
      // Anything else after a dollar would be read by the browser in its own way.
      expect(message.replace(/\$[1-9]/g, ''), key).not.toContain('$')
      // Two places with nothing between them are a name to the browser, which then refuses the extension.
      expect(message, key).not.toMatch(/\$\w+\$/)
    }
  })

  test('fits the web store', () => {
    expect(catalogue.name?.message.length).toBeLessThanOrEqual(75)
    expect(catalogue.description?.message.length).toBeLessThanOrEqual(132)
  })

  test('calls the tab by its name, by which it is found in DevTools', () => {
    expect(catalogue.tab_title?.message).toBe('Background Fetch')
  })
})
