import { expect, test } from 'vitest'
import { commonStack } from './common-stack'

const at = (line: number, file = 'lib.js') => ({ url: `https://pod.example/${file}`, line, column: 1 })
const call = { location: at(10), callers: [at(20), at(1, 'a.js')] }

test('the stack of one call is its own', () => {
  expect(commonStack([call])).toEqual(call)
  expect(commonStack([{ location: null, callers: [] }])).toEqual({ location: null, callers: [] })
  expect(commonStack([])).toBeNull()
})

test('calls with the same stack have all of it in common', () => {
  expect(commonStack([call, structuredClone(call), structuredClone(call)])).toEqual(call)
})

test.each([
  ['another caller further out', [at(20), at(1, 'b.js')], [at(20)]],
  ['another caller', [at(21), at(1, 'a.js')], []],
  ['more callers', [...call.callers, at(1, 'b.js')], call.callers],
  ['fewer callers', [at(20)], [at(20)]],
  ['none', [], []],
])(
  'calls at one place, one of which has %s, have the place and their first callers in common',
  (_, callers, shared) => {
    const other = { ...call, callers }
    const expected = { location: call.location, callers: shared }
    expect(commonStack([call, other])).toEqual(expected)
    expect(commonStack([other, call, call])).toEqual(expected)
  },
)

test.each([
  ['line', { line: 11 }],
  ['column', { column: 2 }],
  ['script', { url: 'https://pod.example/other.js' }],
])('calls that were made at another %s have nothing in common', (_, some) => {
  expect(commonStack([call, call, { ...call, location: { ...call.location, ...some } }])).toBeNull()
})

test('the name of a function is not part of its place, and is said where no call has another one', () => {
  const named = (name: string) => ({ ...call, location: { ...call.location, name } })
  expect(commonStack([call, named('f')])).toEqual(named('f'))
  expect(commonStack([named('A.f'), named('B.f')])).toEqual(call)
})

test('a place that is not known is not the same as any', () => {
  const unknown = { location: null, callers: [] }
  expect(commonStack([unknown, unknown])).toBeNull()
  expect(commonStack([unknown, call])).toBeNull()
  expect(commonStack([call, unknown])).toBeNull()
})
