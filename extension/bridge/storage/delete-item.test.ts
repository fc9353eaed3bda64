import { afterEach, expect, test, vi } from 'vitest'
import { deleteItem } from './delete-item'

afterEach(() => {
  vi.unstubAllGlobals()
})

const none = async () => []
const URL_A = 'https://pod.example/a'
const entry = { kind: 'cache-entry', cache: 'tiles', url: URL_A, method: 'GET' } as const

const DELETED = { kind: 'deleted' }
const GONE = { kind: 'gone' }

/** @param opened what the cache holds when it is opened, where that is something else by then */
function stubCaches(requests: Request[], opened = requests) {
  const remove = vi.fn(async (_: Request) => true)
  const open = vi.fn(async () => ({
    keys: async (url?: string) => opened.filter((request) => url === undefined || request.url === url),
    delete: remove,
  }))
  const match = async (url: string, { cacheName }: { cacheName: string }) =>
    cacheName === 'tiles' && requests.some((request) => request.url === url) ? new Response() : undefined
  vi.stubGlobal('caches', { match, open })
  return { remove, open }
}

test('the entry of that URL and method is deleted, and no cache is opened that does not hold it', async () => {
  const [get, head] = [new Request(URL_A), new Request(URL_A, { method: 'HEAD' })]
  const { remove, open } = stubCaches([get, head, new Request(`${URL_A}?b`)])
  expect(await deleteItem(entry, none)).toEqual(DELETED)
  expect(remove.mock.calls).toEqual([[get]])
  expect(await deleteItem({ ...entry, url: `${URL_A}c` }, none)).toEqual(GONE)
  expect(await deleteItem({ ...entry, cache: 'gone' }, none)).toEqual(GONE)
  expect(open).toHaveBeenCalledTimes(1)
})

test('a cache that was deleted just before it is opened is said to be there again', async () => {
  const { remove } = stubCaches([new Request(URL_A)], [])
  expect(await deleteItem(entry, none)).toEqual({ kind: 'emptied' })
  expect(remove).not.toHaveBeenCalled()
})

test('two items with one name stay', async () => {
  const { remove } = stubCaches([new Request(URL_A), new Request(URL_A)])
  expect(await deleteItem(entry, none)).toEqual({ kind: 'ambiguous', count: 2 })
  expect(remove).not.toHaveBeenCalled()
})

test('a key of localStorage is removed, and one that is not there is said not to be', async () => {
  const keys = new Map([['a', '1']])
  const removeItem = vi.fn((key: string) => void keys.delete(key))
  vi.stubGlobal('localStorage', { getItem: (key: string) => keys.get(key) ?? null, removeItem })
  expect(await deleteItem({ kind: 'local-storage', key: 'a' }, none)).toEqual(DELETED)
  expect(await deleteItem({ kind: 'local-storage', key: 'a' }, none)).toEqual(GONE)
  expect(removeItem).toHaveBeenCalledTimes(1)
})

test('a notification of that tag and title is closed', async () => {
  const close = vi.fn()
  const shown = async () => [
    { tag: 't', title: 'one', close },
    { tag: 't', title: 'two', close: () => expect.unreachable() },
  ]
  expect(await deleteItem({ kind: 'notification', tag: 't', title: 'one' }, shown)).toEqual(DELETED)
  expect(close).toHaveBeenCalledTimes(1)
  expect(await deleteItem({ kind: 'notification', tag: '', title: 'one' }, shown)).toEqual(GONE)
})

test('a file that is not there is said not to be, and other refusals are passed on', async () => {
  const getFileHandle = vi.fn().mockRejectedValueOnce(new DOMException('no', 'NotFoundError'))
  getFileHandle.mockRejectedValueOnce(new DOMException('a folder', 'TypeMismatchError'))
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => ({ getFileHandle }) } })
  expect(await deleteItem({ kind: 'file', path: 'a' }, none)).toEqual(GONE)
  await expect(deleteItem({ kind: 'file', path: 'a' }, none)).rejects.toThrow('a folder')
})
