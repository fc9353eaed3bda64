import { expect, test } from 'vitest'
import type { Handle } from '../../protocol/handle'
import { createSeenRequests } from './seen-requests'

const handle = (n: number) => `b:${n}` as Handle
const request = (path: string, init?: RequestInit) => new Request(`https://pod.example/${path}`, init)

test('requests are remembered with their methods and headers, and a later reading changes nothing', () => {
  const seen = createSeenRequests()
  seen.note(handle(1), [request('a', { headers: { 'X-Mine': '1' } }), request('b', { method: 'HEAD' })])
  seen.note(handle(1), [request('other')])
  expect(seen.of(handle(1))).toEqual([
    { method: 'GET', url: 'https://pod.example/a', headers: [['x-mine', '1']] },
    { method: 'HEAD', url: 'https://pod.example/b', headers: [] },
  ])
  expect(seen.of(handle(2))).toBe(undefined)
})

test('only of so many fetches, and of none that is very long', () => {
  const seen = createSeenRequests()
  for (let n = 1; n <= 21; n++) seen.note(handle(n), [request(String(n))])
  expect(seen.of(handle(1))).toBe(undefined)
  expect(seen.of(handle(21))).toHaveLength(1)
  seen.note(
    handle(30),
    Array.from({ length: 501 }, () => request('x')),
  )
  expect(seen.of(handle(30))).toBe(undefined)
  seen.note(handle(31), [request('x'.repeat(1_000_001))])
  expect(seen.of(handle(31))).toBe(undefined)
})
