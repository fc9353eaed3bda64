import { expect, test } from 'vitest'
import type { Follow } from '../watching/follow'
import { createRequests } from './requests'

const A = 'https://pod.example/a.mp3'

test('a request with a fragment is also known by the URL under which a cache has its response', async () => {
  const pending = { request: new Request(`${A}#t=10`), responseReady: new Promise<Response>(() => {}) }
  const registration = { id: 'a', recordsAvailable: true, matchAll: async () => [pending] }
  const followed = { registration, handle: 'h' } as unknown as Follow
  const requests = createRequests(followed, false, () => {})
  await requests.read()
  expect([...requests.urls]).toEqual([`${A}#t=10`, A])
})
