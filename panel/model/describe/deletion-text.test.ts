import { expect, test } from 'vitest'
import type { Handle } from '../../../protocol/handle'
import { rowOf } from '../streams/events.fixture'
import { describe } from './describe'

const item = { kind: 'row', database: 'maps', store: 'tiles', key: '7' } as const

test.each([
  [{ kind: 'deleted' }, 'info', 'leftover deleted', 'IndexedDB row “7” in maps/tiles'],
  [{ kind: 'gone' }, 'warning', 'leftover not deleted', 'it was not there any more'],
  [{ kind: 'emptied' }, 'warning', 'leftover not deleted', 'its cache was emptied or deleted'],
  [{ kind: 'busy' }, 'warning', 'leftover not deleted', 'its database does not open'],
  [{ kind: 'ambiguous', count: 2 }, 'warning', 'leftover not deleted', '2 items have this name'],
  [{ kind: 'failed', error: 'AbortError: no' }, 'error', 'leftover not deleted', 'AbortError: no'],
] as const)('a deletion that came to %j is a row', (outcome, level, name, text) => {
  const row = rowOf({ type: 'item-deleted', handle: 'h' as Handle, command: 'c', item, outcome })
  expect(describe(row)).toMatchObject({ level, name, text: expect.stringContaining(text) })
})
