import { expect, test } from 'vitest'
import { createRefusals } from './refusals'

test('a flood of what is refused makes a few rows, which say how many there were', () => {
  const noted: string[] = []
  const refused = createRefusals((detail: string, about: string) => noted.push(`${about}: ${detail}`))
  for (let i = 1; i <= 2000; i++) refused('no event', 'page')
  expect(noted).toEqual([
    ...Array.from({ length: 10 }, () => 'page: no event'),
    'page: no event; 100 in all',
    'page: no event; 1000 in all',
  ])
})
