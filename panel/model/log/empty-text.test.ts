import { expect, test } from 'vitest'
import { emptyText } from './empty-text'

test('an empty log says that rows are filtered out, where some are', () => {
  expect(emptyText(0, true)).toBe('Events appear here as they happen.')
  expect(emptyText(1, true)).toMatch(/as they happen\. 1 row of level Verbose is filtered out\.$/)
  expect(emptyText(4, true)).toMatch(/as they happen\. 4 rows of level Verbose are filtered out\.$/)
  expect(emptyText(4, false)).toBe('The filter and the log levels hide every row.')
})
