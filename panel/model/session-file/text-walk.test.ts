import type * as v from 'valibot'
import { expect, test } from 'vitest'
import { StorageItem } from '../../../protocol/storage-items'
import { type Shape, walk } from './text-walk'

test('an item whose schema is for several kinds stays in a redacted session', () => {
  const common = { change: 'added', mentions: true, firstSeen: 1000, mayBeOlder: false } as const
  const item = {
    kind: 'session-storage',
    ...{ key: 'https://pod.example/?a=b', value: '', length: 3 },
    ...common,
  } as const
  const shape = StorageItem as v.GenericSchema as unknown as Shape
  const redacted = walk(shape, item, (text) => text.replace('pod.example', 'host'))
  expect(redacted).toEqual({ ...item, key: 'https://host/?a=b' })
})
