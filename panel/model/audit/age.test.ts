import { expect, test } from 'vitest'
import { ageText } from './age'
import { rowOf } from './audit.fixture'

const added = (firstSeen: number) => ageText(rowOf('a', 'a', { firstSeen }), 10_000)

test('what is new says whether it was seen before the fetch was found, or at that moment', () => {
  expect(added(10_100)).toBe('')
  expect(added(10_010)).toBe('there when the fetch was found')
  expect(added(10_000)).toBe('there when the fetch was found')
  expect(added(9_500)).toBe('first seen 500 ms before the fetch was found')
})
