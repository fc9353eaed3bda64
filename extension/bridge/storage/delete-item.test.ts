import { afterEach, expect, test, vi } from 'vitest'
import { deleteItem } from './delete-item'

afterEach(() => {
  vi.unstubAllGlobals()
})

const none = async () => []
const URL_A = 'https://pod.example/a'
const entry = { kind: 'cache-entry', cache: 'tiles', url: URL_A, method: 'GET' } as const

function stubCaches(requests: Request[]) {
  const remove = vi.fn(async (_: Request) => true)
  const open = vi.fn(async () => ({
    keys: async (url: string) => requests.filter((request) => request.url === url),
    delete: remove,
  }))
  vi.stubGlobal('caches', { has: async (name: string) => name === 'tiles', open })
  return { remove, open }
}

test('the entry of that URL and method is deleted, and no cache is created for it', async () => {
  const [get, head] = [new Request(URL_A), new Request(URL_A, { method: 'HEAD' })]
  const { remove, open } = stubCaches([get, head, new Request(`${URL_A}?b`)])
  expect(await deleteItem(entry, none)).toBe(true)
  expect(remove.mock.calls).toEqual([[get]])
  expect(await deleteItem({ ...entry, url: `${URL_A}c` }, none)).toBe(false)
  expect(await deleteItem({ ...entry, cache: 'gone' }, none)).toBe(false)
  expect(open).toHaveBeenCalledTimes(2)
})

test('two items with one name stay', async () => {
  const { remove } = stubCaches([new Request(URL_A), new Request(URL_A)])
  await expect(deleteItem(entry, none)).rejects.toThrow('2 items')
  expect(remove).not.toHaveBeenCalled()
})

test('a key of localStorage is removed, and one that is not there is said not to be', async () => {
  const keys = new Map([['a', '1']])
  const removeItem = vi.fn((key: string) => void keys.delete(key))
  vi.stubGlobal('localStorage', { getItem: (key: string) => keys.get(key) ?? null, removeItem })
  expect(await deleteItem({ kind: 'local-storage', key: 'a' }, none)).toBe(true)
  expect(await deleteItem({ kind: 'local-storage', key: 'a' }, none)).toBe(false)
  expect(removeItem).toHaveBeenCalledTimes(1)
})

test('a notification of that tag and title is closed', async () => {
  const close = vi.fn()
  const shown = async () => [
    { tag: 't', title: 'one', close },
    { tag: 't', title: 'two', close: () => expect.unreachable() },
  ]
  expect(await deleteItem({ kind: 'notification', tag: 't', title: 'one' }, shown)).toBe(true)
  expect(close).toHaveBeenCalledTimes(1)
  expect(await deleteItem({ kind: 'notification', tag: '', title: 'one' }, shown)).toBe(false)
})

test('a file that is not there is said not to be, and other refusals are passed on', async () => {
  const getFileHandle = vi.fn().mockRejectedValueOnce(new DOMException('no', 'NotFoundError'))
  getFileHandle.mockRejectedValueOnce(new DOMException('a folder', 'TypeMismatchError'))
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => ({ getFileHandle }) } })
  expect(await deleteItem({ kind: 'file', path: 'a' }, none)).toBe(false)
  await expect(deleteItem({ kind: 'file', path: 'a' }, none)).rejects.toThrow('a folder')
})
