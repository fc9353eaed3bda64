import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLiteralReader, LiteralError } from './literal'

function read(text: string) {
  const reader = createLiteralReader(text)
  const value = reader.value()
  reader.match(/\s*/y)
  return reader.at === text.length ? value : expect.unreachable(`${text.slice(reader.at)} is left`)
}

test('what JSON writes is read as the same', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
      fc.constantFrom(0, 2),
      (value, indent) => {
        const json = JSON.stringify(value, null, indent)
        expect(read(json)).toEqual(JSON.parse(json))
      },
    ),
  )
})

test.each<[string, unknown]>([
  [`{method: 'POST', body: "a\\"b",}`, { method: 'POST', body: 'a"b' }],
  ['`two\nlines`', 'two\nlines'],
  [String.raw`'\x41\u0042\u{1F600}\n\0\q'`, 'AB😀\n\0q'],
  ["'goes \\\non'", 'goes on'],
  ['[1, -2.5e3, true, false, null,]', [1, -2500, true, false, null]],
  ['// first\n{ /* none */ $a_1: [] }', { $a_1: [] }],
  ['{"a": 1, a: 2}', { a: 2 }],
])('%s is a literal', (text, value) => expect(read(text)).toEqual(value))

test('a name that objects have by themselves is a name like any other', () => {
  const value = read('{"__proto__": "x", "constructor": "y"}')
  expect(Object.entries(value ?? {})).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ])
})

test.each([
  ['JSON.stringify({})', 'not-literal', 0],
  ['{body: data}', 'not-literal', 7],
  [`\`a$\{1}\``, 'not-literal', 2],
  ["'a\nb'", 'not-literal', 2],
  ['[1 2]', 'not-literal', 3],
  ['{a: 1; b: 2}', 'not-literal', 5],
  ["'\\01'", 'not-literal', 2],
  ['08', 'not-literal', 0],
  ['1n', 'not-literal', 0],
  ['{a: "b', 'end', 6],
  ['[[', 'end', 2],
  ['', 'end', 0],
  ['['.repeat(10_000), 'not-literal', 8],
] as const)('%s is none', (text, kind, at) => {
  expect(() => createLiteralReader(text).value()).toThrow(expect.objectContaining({ kind, at }))
})

test('whatever is typed is read, or refused at a place in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]()\'"`\\,:$\n /*a0.-x') }), (text) => {
      try {
        read(text)
      } catch (error) {
        if (!(error instanceof LiteralError)) return
        expect(error.at).toBeLessThanOrEqual(text.length)
      }
    }),
  )
})
