import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOpenPages, type OpenPage } from './open-pages'

const ORIGIN = 'https://pod.example'
const page = (tabId: number, url = `${ORIGIN}/`, frameId = 0): OpenPage => ({ tabId, frameId, url })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function opened(...pages: readonly OpenPage[]) {
  const made = createOpenPages(async () => pages)
  made.look()
  await vi.advanceTimersByTimeAsync(0)
  return made
}

test.each<[boolean, string, OpenPage[]]>([
  [false, 'only in the tab itself', [page(1), page(1, `${ORIGIN}/frame`, 5)]],
  [true, 'in another tab', [page(1), page(2, `${ORIGIN}/other`)]],
  [true, 'in a frame of another tab', [page(2, 'https://other.example/'), page(2, `${ORIGIN}/frame`, 3)]],
  [false, 'nowhere, but those of other origins', [page(2, 'https://other.example/'), page(3, 'about:blank')]],
])('%s: a page of the origin was open %s', async (expected, _, pages) => {
  expect((await opened(...pages)).inOtherTab(1, ORIGIN)).toBe(expected)
})

test('documents that come are known, and those that went for a moment more', async () => {
  const pages = await opened()
  pages.committed(page(2, 'https://other.example/'))
  expect(pages.inOtherTab(1, ORIGIN)).toBe(false)
  pages.committed(page(2, `${ORIGIN}/frame`, 3))
  expect(pages.inOtherTab(1, ORIGIN)).toBe(true)
  pages.committed(page(2, 'https://third.example/'))
  expect(pages.inOtherTab(1, ORIGIN)).toBe(true)
  vi.advanceTimersByTime(1001)
  expect(pages.inOtherTab(1, ORIGIN)).toBe(false)
  pages.committed(page(2))
  pages.replaced(4, 2)
  expect([pages.inOtherTab(2, ORIGIN), pages.inOtherTab(4, ORIGIN)]).toEqual([true, false])
  pages.removed(4)
  expect([pages.inOtherTab(1, ORIGIN), pages.inOtherTab(4, ORIGIN)]).toEqual([true, false])
  vi.advanceTimersByTime(1001)
  expect(pages.inOtherTab(1, ORIGIN)).toBe(false)
})

test('of documents that come before anybody looks nothing is kept', async () => {
  const pages = createOpenPages(async () => [])
  pages.committed(page(2))
  pages.look()
  await vi.advanceTimersByTimeAsync(0)
  expect(pages.inOtherTab(1, ORIGIN)).toBe(false)
})

test('where the tabs could not be listed, they are once more the next time', async () => {
  const list = vi.fn<() => Promise<OpenPage[]>>().mockRejectedValueOnce(new Error('No'))
  list.mockResolvedValue([page(2)])
  const pages = createOpenPages(list)
  for (let i = 0; i < 3; i++) {
    pages.look()
    await vi.advanceTimersByTimeAsync(0)
  }
  expect(list).toHaveBeenCalledTimes(2)
  expect(pages.inOtherTab(1, ORIGIN)).toBe(true)
})
