import { expect, test, vi } from 'vitest'
import { disk, startIdle, wait } from './auditor.fixture'
import { keyOf, takeSnapshot } from './snapshot'

/** The page has these keys in its localStorage. */
function hasKeys(...keys: string[]) {
  const storage = { length: keys.length, key: (i: number) => keys[i] ?? null, getItem: () => 'value' }
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('sessionStorage', { length: 0 })
}

test('a key that is written while the bytes used stay the same is in a snapshot two seconds later', async () => {
  hasKeys('a')
  await startIdle()
  const before = disk.snapshots
  await wait(2100)
  expect(disk.snapshots).toBe(before)
  hasKeys('a', 'b')
  await wait(2100)
  expect(disk.snapshots).toBe(before + 1)
  await wait(2100)
  expect(disk.snapshots).toBe(before + 1)
})

test('all is read two seconds after the browser reports a change, whatever the bytes used', async () => {
  const page = await startIdle()
  const before = disk.snapshots
  page.auditor.changeReported(Date.now())
  await wait(2100)
  expect(disk.snapshots).toBe(before + 1)
  await wait(2100)
  expect(disk.snapshots).toBe(before + 1)
})

test('the keys that are there when a fetch is found are known to be from then', async () => {
  const page = await startIdle()
  hasKeys('written')
  disk.takes = 50
  const at = Date.now()
  await page.fetch('ep-1')
  await wait(200)
  const [first, second] = vi.mocked(takeSnapshot).mock.calls.slice(-2)
  const key = keyOf('local-storage', '', 'written')
  expect([first, second].map((one) => one?.[3]?.get(key))).toContain(at)
  await wait(5000)
  expect(vi.mocked(takeSnapshot).mock.calls.at(-1)?.[3]?.size).toBe(0)
})
