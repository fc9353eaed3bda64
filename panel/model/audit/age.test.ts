import { expect, test } from 'vitest'
import { ageText } from './age'
import { createAuditStream, foreign, rowOf } from './audit.fixture'

const added = (firstSeen: number) => ageText(rowOf('a', 'a', { firstSeen }), 10_000)

test('what is new says whether it was seen before the fetch was found, or at that moment', () => {
  expect(added(10_100)).toBe('')
  expect(added(10_010)).toBe('there when the fetch was found')
  expect(added(10_000)).toBe('there when the fetch was found')
  expect(added(9_500)).toBe('first seen 500 ms before the fetch was found')
})

test('what names the fetch does not say so, and what was not matched to it does', () => {
  const early = { firstSeen: 1_000_000 }
  const { left, unmatched } = createAuditStream()
    .seen()
    .ended({ items: [rowOf('episode', '', early), foreign(rowOf('movie-7', '', early))] })
    .verdict()
  expect(left).toMatchObject([{ note: '' }])
  expect(unmatched).toMatchObject([{ note: 'there when the fetch was found' }])
})
