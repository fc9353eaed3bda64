import fc from 'fast-check'
import { expect, test } from 'vitest'
import { join } from './join'

const things = (...texts: string[]) => texts.map((text) => ({ text }))
/** By the text, and by the text without digits. */
const names = ({ text }: { readonly text: string }) => [text, text.replace(/\d/g, '')]
const shown = (...[a, b]: Parameters<typeof join<{ readonly text: string }>>) =>
  join(a, b, names).map((one) => `${one.a?.text ?? ''}-${one.b?.text ?? ''}`)

test('what has the same exact name is joined first, and only what is left by a vaguer one', () => {
  expect(shown(things('x1', 'x2'), things('x2', 'x3'), names)).toEqual(['x1-x3', 'x2-x2'])
})

test('of several with one name as many are joined as both have', () => {
  expect(shown(things('x', 'x', 'y'), things('x'), names)).toEqual(['x-x', 'x-', 'y-'])
  expect(shown(things('x'), things('x', 'x', 'y'), names)).toEqual(['x-x', '-x', '-y'])
})

test('each thing is there once, and the two sides can be swapped', () => {
  const some = fc.array(fc.constantFrom('a', 'a1', 'a2', 'b', 'b1', 'c').map((text) => ({ text })))
  fc.assert(
    fc.property(some, some, (a, b) => {
      const joined = join(a, b, names)
      expect(joined.filter((one) => one.a).map((one) => one.a)).toEqual(a)
      expect(new Set(joined.flatMap((one) => (one.b ? [one.b] : []))).size).toBe(b.length)
      const mirrored = join(b, a, names).map((one) => `${one.b?.text}-${one.a?.text}`)
      expect(mirrored.sort()).toEqual(joined.map((one) => `${one.a?.text}-${one.b?.text}`).sort())
    }),
  )
})
