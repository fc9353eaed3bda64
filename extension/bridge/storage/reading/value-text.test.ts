import { expect, test } from 'vitest'
import { createBudget } from './budget'
import { digestOf } from './digest'
import { keyMark, keyText, summarize } from './value-text'

/** A value, read to its end. */
async function read(value: unknown) {
  const open = summarize(value)
  const budget = createBudget()
  const digests: (number | null)[] = []
  for (const content of open.contents) digests.push(await digestOf(content, budget))
  return open.close(digests)
}
/** The same without its long contents. */
const readShort = (value: unknown) => summarize(value).close([])

const valueText = (value: unknown) => readShort(value).text

test.each([
  ['a key', 'a key'],
  [7, '7'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [['pod', 7, ['inner']], '[pod, 7, [inner]]'],
  [new Uint8Array([1, 255]), 'binary 01ff'],
  [new Uint8Array([1, 255]).buffer, 'binary 01ff'],
  [new Uint8Array([0, 1, 2]).subarray(1), 'binary 0102'],
])('the key %j reads %j', (key, text) => expect(keyText(key)).toBe(text))

test('a long key is cut', () => expect(keyText('x'.repeat(5000))).toHaveLength(1000))

test('a value says names and contents, whatever holds them', () => {
  const value = {
    id: 'ep-1',
    parts: ['one', 2, null, true],
    at: new Date(5),
    map: new Map([['key', 'inside']]),
    set: new Set(['member']),
    blob: new Blob(['abc'], { type: 'audio/wav' }),
    none: undefined,
  }
  const text = valueText(value)
  for (const word of ['id', 'ep-1', 'one', '2', 'null', 'true', '5', 'key', 'inside', 'member', 'Blob 3']) {
    expect(text).toContain(word)
  }
})

test('a value that refers to itself comes to an end', () => {
  const value: Record<string, unknown> = { id: 'ep-1' }
  value.self = value
  expect(valueText(value)).toContain('ep-1')
})

test('of a large value a part is read, and less is shown', () => {
  const items = Array.from({ length: 200_000 }, (_, n) => ({ n, text: 'x'.repeat(50) }))
  let read = 0
  const value = new Proxy(items, {
    get(target, name, receiver) {
      if (/^\d+$/.test(String(name))) read++
      return Reflect.get(target, name, receiver)
    },
    ownKeys: () => expect.unreachable('Listing the keys takes as long as reading all.'),
  })
  expect(valueText(value).length).toBeLessThanOrEqual(2000)
  expect(read).toBeLessThan(5000)
})

test('a state behind a long list still shows when it changes', () => {
  const urls = Array.from({ length: 300 }, (_, n) => `https://pod.example/media/${n}.wav`)
  const loading = valueText({ id: 'ep-1', urls, state: 'downloading' })
  expect(loading).not.toBe(valueText({ id: 'ep-1', urls, state: 'aborted' }))
  expect(loading).toBe(valueText({ id: 'ep-1', urls, state: 'downloading' }))
  expect(loading.length).toBeLessThanOrEqual(2000)
})

test('a change beyond what is said gives another text', () => {
  const long = 'x'.repeat(5000)
  expect(valueText({ long: `${long}a` })).not.toBe(valueText({ long: `${long}b` }))
  const many = Array.from({ length: 1000 }, (_, n) => `part ${n}`)
  expect(valueText([...many, 'a'])).not.toBe(valueText([...many, 'b']))
})

test('every key has a mark of its own', () => {
  const keys: IDBValidKey[] = [
    7,
    '7',
    new Date(7),
    [7],
    ['7'],
    '[7]',
    new Uint8Array([7]),
    'x'.repeat(1000),
    'x'.repeat(1001),
    new Uint8Array(40),
    new Uint8Array(41),
  ]
  expect(new Set(keys.map(keyMark)).size).toBe(keys.length)
})

test('Blobs and buffers have their size and the digest of their bytes, the largest first', async () => {
  const value = { small: new Uint8Array(5), inner: [{ file: new Blob(['x'.repeat(6_000_000)]) }] }
  const digest = await digestOf(new Uint8Array(5), createBudget())
  const { bodies, ...rest } = await read(value)
  expect(rest).toMatchObject({ size: 6_000_005, complete: true })
  expect(bodies).toEqual([
    { size: 6_000_000, digest: expect.any(Number) },
    { size: 5, digest },
  ])
})

test('another value gives another mark, also where its text is cut', () => {
  const long = 'x'.repeat(60_000)
  const mark = (middle: string) => readShort({ state: `${long}${middle}${long.slice(0, 3000)}` }).mark
  expect(mark('a')).toBe(mark('a'))
  expect(mark('a')).not.toBe(mark('b'))
})

test('a value that is too large to be read to its end says so', () => {
  expect(readShort(Array.from({ length: 10_000 }, (_, n) => n)).complete).toBe(false)
  expect(readShort(Array(20).fill('z'.repeat(60_000))).complete).toBe(false)
})

test('every text is heard uncut', () => {
  const heard: string[] = []
  const long = `${'x'.repeat(9000)} ep-1`
  summarize({ name: { deep: [long] } }, (text) => heard.push(text))
  expect(heard).toEqual(['name', 'deep', long])
})

const MIDDLE = 500_001
/** A million characters of which one is another. */
const longText = (one: string) => `${'x'.repeat(MIDDLE)}${one}${'x'.repeat(499_999)}`
const longBytes = (one: string) => new TextEncoder().encode(longText(one))

test.each<[string, (one: string) => unknown]>([
  ['a long text', (one) => ({ text: longText(one) })],
  ['a Blob', (one) => ({ inner: [new Blob([longText(one)], { type: 'audio/wav' })] })],
  ['a buffer', (one) => new Map([['bytes', longBytes(one).buffer]])],
  ['a typed array', (one) => [longBytes(one)]],
])('one other place deep in %s gives another mark and another text', async (_, make) => {
  const [a, same, b] = [await read(make('a')), await read(make('a')), await read(make('b'))]
  expect([a.mark, a.text]).toEqual([same.mark, same.text])
  expect(a.mark).not.toBe(b.mark)
  expect(a.text).not.toBe(b.text)
})

const withMore = (list: unknown[], more: object) => Object.assign(list, more)

test.each<[string, unknown, unknown]>([
  ['regular expressions', /a/, /ep-1/],
  ['errors', new Error('a'), new Error('ep-1')],
  ['what holds what', [[1], 2], [2, 1]],
  ['an empty list and an empty object', { a: [] }, { a: {} }],
  ['a number and its text', 1, '1'],
  ['boxed numbers', Object(1), Object(2)],
  ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['nothing and an empty object', [null, {}], [{}, null]],
  ['undefined and no value', { a: undefined }, {}],
  ['which object is empty', { a: { b: 1 }, c: {} }, { a: {}, c: { b: 1 } }],
  ['a key that is called like a kind', { a: { object: 1 } }, { a: {}, object: 1 }],
  ['other properties of an array', withMore([1, 2], { state: 'a' }), withMore([1, 2], { state: 'b' })],
  ['the cause of an error', new Error('a', { cause: 1 }), new Error('a', { cause: 2 })],
  ['kinds of views', new Uint8Array([1, 2]), new Int8Array([1, 2])],
  ['names of files', new File(['a'], 'a.wav'), new File(['a'], 'b.wav')],
  ['types of Blobs', new Blob(['a'], { type: 'a/a' }), new Blob(['a'], { type: 'a/b' })],
  ['what a Map holds deep in it', new Map([['a', new Set([[1]])]]), new Map([['a', new Set([[2]])]])],
  ['zeros', 0, -0],
])('another value gives another mark: %s', (_, one, other) => {
  expect(readShort(one).mark).not.toBe(readShort(other).mark)
})

test('the id is heard in a regular expression and in an error', () => {
  const heard: string[] = []
  summarize([/ep-1/, new TypeError('ep-2')], (text) => heard.push(text))
  expect(heard).toEqual(['/ep-1/', 'TypeError: ep-2'])
})

test('an object of the platform is not read to its end', () => {
  expect(readShort({ url: new URL('https://pod.example') }).complete).toBe(false)
  expect(readShort({ list: [1, new Map([['a', { b: null }]])] }).complete).toBe(true)
})
