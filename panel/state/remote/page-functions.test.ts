import { afterEach, expect, test, vi } from 'vitest'
import { readFetches } from './page-functions'

afterEach(() => void vi.unstubAllGlobals())

test('an ID that is listed as an empty one hides no other fetch of the page', async () => {
  const amounts = { uploaded: 0, uploadTotal: 0, downloaded: 5, downloadTotal: 9 }
  const backgroundFetch = {
    getIds: async () => ['', 'other'],
    async get(id: string) {
      if (id === '') throw new TypeError('The provided id is invalid.')
      return { id, ...amounts }
    },
  }
  const scope = 'https://pod.example/'
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('location', { href: scope })
  vi.stubGlobal('navigator', {
    serviceWorker: { getRegistrations: async () => [{ scope, backgroundFetch }] },
  })
  readFetches('name')
  await vi.waitFor(() => expect(Reflect.has(globalThis, Symbol.for('name'))).toBe(true))
  expect(JSON.parse(readFetches('name'))).toEqual({
    url: scope,
    fetches: [{ scope, id: 'other', ...amounts }],
  })
})
