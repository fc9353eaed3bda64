import { expect, test } from 'vitest'
import { handleOf, isHandleOf, isUnlistedHandle, unlistedHandle } from './handle'
import { isPartitioned, originOfKey, partitionedKey } from './storage-key'

test('a storage key has its origin, and is partitioned where it names a top-level site', () => {
  const origin = 'https://pod.example'
  const framed = partitionedKey(origin, 'https://top.example')
  expect([origin, framed].map(originOfKey)).toEqual([origin, origin])
  expect([origin, framed].map(isPartitioned)).toEqual([false, true])
  expect(originOfKey(partitionedKey('https://pod.example:8443', 'opaque'))).not.toBe(origin)
})

test('a handle is of the bridge that gave it, and of no other whose name begins like it', () => {
  const handle = handleOf('bridge-1', 12)
  expect(isHandleOf(handle, 'bridge-1')).toBe(true)
  expect(isHandleOf(handle, 'bridge')).toBe(false)
  expect(isHandleOf(handleOf('a:b', 1), 'a')).toBe(false)
  expect(isUnlistedHandle(handle)).toBe(false)
})

test('a handle of a fetch that no page listed is known as such', () => {
  const handle = unlistedHandle('w1', 3)
  expect(isUnlistedHandle(handle)).toBe(true)
  expect(isHandleOf(handle, 'unlisted')).toBe(false)
})
