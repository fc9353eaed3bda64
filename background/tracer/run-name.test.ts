import { expect, test } from 'vitest'
import { runName, targetOf } from './run-name'

test('the target of a run is found in its name, also where one target ends like another', () => {
  expect(targetOf(runName('b1', 12, 'AB-1'))).toBe('AB-1')
  expect(targetOf(runName('b2', 3, 'B-1'))).toBe('B-1')
})
