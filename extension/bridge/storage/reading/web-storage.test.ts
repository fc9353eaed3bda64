import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { webStorageKeys, webStorageMark } from './web-storage'

/** A storage of a page. */
class FakeStorage {
  readonly all = new Map<string, string>()
  get length() {
    return this.all.size
  }
  key = (i: number) => [...this.all.keys()][i] ?? null
  getItem = (key: string) => this.all.get(key) ?? null
}

let local = new FakeStorage()
let session = new FakeStorage()
beforeEach(() => {
  local = new FakeStorage()
  session = new FakeStorage()
  vi.stubGlobal('localStorage', local)
  vi.stubGlobal('sessionStorage', session)
})
afterEach(() => vi.unstubAllGlobals())

test('the mark of both storages changes with a key, a value, its length and the storage that it is in', () => {
  const marks = new Set<string>()
  const note = () => marks.add(webStorageMark())
  note()
  local.all.set('a', '1')
  note()
  local.all.set('a', '2')
  note()
  local.all.delete('a')
  session.all.set('a', '2')
  note()
  session.all.set('large', 'x'.repeat(300_000))
  note()
  session.all.set('large', 'x'.repeat(300_001))
  note()
  expect(marks.size).toBe(6)
  note()
  expect(marks.size).toBe(6)
})

test('where the page may not use them there are no keys and no mark', () => {
  vi.stubGlobal('localStorage', undefined)
  expect(webStorageMark()).toBe('')
  expect(webStorageKeys()).toEqual([])
})

test('the keys of both are listed, up to a bound', () => {
  local.all.set('a', '1')
  for (let i = 0; i < 2000; i++) session.all.set(`s${i}`, '')
  const keys = webStorageKeys()
  expect(keys[0]).toEqual({ kind: 'local-storage', key: 'a' })
  expect(keys).toHaveLength(1001)
})
