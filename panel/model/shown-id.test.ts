import { expect, test } from 'vitest'
import { shownId } from './shown-id'

test('an ID whose white space nobody would see is shown in quotation marks', () => {
  expect(['', ' ', ' a', 'a\n', 'a b', '"a"'].map(shownId)).toEqual([
    '""',
    '" "',
    '" a"',
    '"a\n"',
    'a b',
    '"a"',
  ])
})
