import { isDeepStrictEqual } from 'node:util'
import { serialize } from 'node:v8'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBudget } from './budget'
import { digestOf } from './digest'
import { summarize } from './value-text'

async function read(value: unknown) {
  const open = summarize(value)
  const digests: (number | null)[] = []
  for (const content of open.contents) digests.push(await digestOf(content, createBudget()))
  return open.close(digests)
}

/** Few names and contents, so that values are often the same, or differ in one place. */
const word = fc.constantFrom('', 'a', 'b', 'object', 'string', 'array 1 1', '1')
const leaf = fc.oneof(
  word,
  fc.constantFrom(0, -0, 1, 2, Number.NaN, true, false, null, undefined, 1n, 'x'.repeat(70_000)),
  fc.constantFrom('a', 'b').map((one) => `${'x'.repeat(70_001)}${one}${'x'.repeat(70_000)}`),
  fc.integer({ min: 0, max: 2 }).map((at) => new Date(at)),
  fc.uint8Array({ maxLength: 2, max: 1 }),
  fc.int8Array({ maxLength: 2, min: 0, max: 1 }),
  fc.uint8Array({ maxLength: 2, max: 1 }).map(({ buffer }) => buffer),
  word.map((text) => new RegExp(text || 'a')),
)
const { value } = fc.letrec<{ value: unknown }>((of) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(of('value'), { maxLength: 3 }),
    fc.sparseArray(of('value'), { maxLength: 2 }),
    fc
      .tuple(fc.array(of('value'), { maxLength: 2 }), word, of('value'))
      .map(([list, name, one]) => Object.assign(list, { [`own ${name}`]: one })),
    fc.dictionary(word, of('value'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(fc.tuple(of('value'), of('value')), { maxLength: 2 }).map((entries) => new Map(entries)),
    fc.array(of('value'), { maxLength: 2 }).map((members) => new Set(members)),
  ),
}))

test('two values have one mark only where they are the same', async () => {
  await fc.assert(
    fc.asyncProperty(value, value, async (one, other) => {
      const [a, b] = [await read(one), await read(other)]
      if (!a.complete || !b.complete) return
      if (a.mark === b.mark) expect(isDeepStrictEqual(one, other)).toBe(true)
      else expect(Buffer.compare(serialize(one), serialize(other))).not.toBe(0)
    }),
    { numRuns: 1500 },
  )
}, 60_000)
