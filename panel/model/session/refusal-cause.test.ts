import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { createStream, KEY, observed } from '../streams/events.fixture'
import { refused } from './calls.fixture'

test('of a call for which no fetch was seen, what is known of the cause is said', () => {
  const stream = createStream()
  stream.page(observed.frame())
  stream.page(observed.seen('h'))
  const at = stream.model.fetches[0]?.seenAt ?? 0
  stream.page(refused(at + 100))
  expect(stream.last('fetch-not-seen')).toMatch(
    /^no fetch seen: .*“episode”.*a background fetch with this ID was active in the scope \/$/,
  )
  stream.page(refused(at + 100, '', 'b'))
  expect(stream.last('fetch-not-seen')).toMatch(
    /fetch\(“b”\) was called, .*; 1 background fetch of this origin/,
  )
})

test('what the browser says of another cause is all that is said', () => {
  const stream = createStream()
  stream.page(observed.frame())
  const { at } = stream.page(observed.seen('h'))
  const error = 'TypeError: No active registration available on the ServiceWorkerRegistration.'
  stream.page(refused(at + 100, error))
  expect(stream.last('fetch-not-seen')).toMatch(
    /was rejected: TypeError: No active registration available on the Service\w*\.$/,
  )
})

test('an ID is in use where the browser says so', () => {
  const stream = createStream()
  const { at } = stream.page(observed.seen('h', { scope: `${KEY}/a/` }))
  stream.page(refused(at + 100, 'TypeError: There already is a registration for the given id.'))
  expect(stream.last('fetch-not-seen')).toMatch(
    /; a background fetch with this ID was active in the scope \/a\/$/,
  )
})

test('where the origin has several registrations, a fetch with the ID may be of another one than the call', () => {
  const stream = createStream()
  stream.page(observed.frame({ scopes: [`${KEY}/a/`, `${KEY}/b/`] }))
  const { at } = stream.page(observed.seen('h', { scope: `${KEY}/a/` }))
  stream.page({ ...refused(at + 100), permission: 'denied' })
  expect(stream.last('fetch-not-seen')).toMatch(
    /was seen within 3 s.*; a background fetch with this ID was active in the scope \/a\/; which registration the call was of is not known; the permission background-fetch is “denied”/,
  )
})

test.each([
  ['denied', 'is “denied” now'],
  ['granted', 'is “granted” now'],
  ['unknown', 'site’s settings'],
] as const)('a call without permission says what that means, and that it is %s', (permission, end) => {
  const stream = createStream()
  const { at } = stream.page(observed.seen('h', { id: 'other' }))
  const error = 'TypeError: This origin does not have permission to start a fetch.'
  stream.page({ ...refused(at + 100, error), permission })
  expect(stream.last('fetch-not-seen')).toMatch(
    /fetch; 1 background fetch .* active then; the browser lets a site start only one .*“Automatic downloads”/,
  )
  expect(stream.last('fetch-not-seen').endsWith(end)).toBe(true)
})

test('an exception that may be of a call is said to be no more, and of nothing else that may be the cause', () => {
  const stream = createStream()
  const possibleError = 'QuotaExceededError: Quota exceeded.'
  stream.page({ ...refused(1000), possibleError, permission: 'prompt' })
  expect(stream.last('fetch-not-seen')).toMatch(
    /was called, .*did not catch “QuotaExceededError: Quota exceeded\.” meanwhile, which it may have been/,
  )
  expect(stream.last('fetch-not-seen')).not.toMatch(/prompt/)
})

test('all scopes with an active fetch of the ID are named', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { scope: `${KEY}/a` }))
  const { at } = stream.page(observed.seen('h2', { scope: `${KEY}/b` }))
  stream.page(refused(at + 100))
  expect(stream.last('fetch-not-seen')).toMatch(/with this ID was active in the scopes \/a, \/b; which/)
})

test('the browser may be asking only where the permission says so, and nothing else explains the call', () => {
  const textOf = (some: Partial<ReturnType<typeof refused>>, before: readonly Body[] = []) => {
    const stream = createStream()
    stream.page(observed.frame())
    for (const body of before) stream.page(body)
    const calledAt = (stream.events.at(-1)?.at ?? 1_000_000) + 100
    stream.page({ ...refused(calledAt), permission: 'prompt', ...some }, 3000)
    return stream.last('fetch-not-seen')
  }
  expect(textOf({})).toMatch(
    /; the permission background-fetch is “prompt”: the browser may be asking “Download multiple files\?” below the address$/,
  )
  expect(textOf({ permission: 'denied' })).toMatch(
    /; the permission background-fetch is “denied” \(“Automatic downloads” in the site’s settings\)$/,
  )
  for (const permission of ['granted', 'unknown', undefined] as const) {
    expect(textOf({ permission })).not.toMatch(/permission background-fetch/)
  }
  expect(textOf({ error: 'TypeError: no' })).not.toMatch(/prompt/)
  expect(textOf({}, [observed.seen('h')])).not.toMatch(/prompt/)
  const others = ['a', 'b', 'c', 'd'].map((id) => observed.seen(id, { id }))
  expect(textOf({}, others)).toMatch(/4 background fetches .*; the permission .*may be asking/)
  expect(textOf({}, [...others, observed.seen('e', { id: 'e' })])).not.toMatch(/prompt/)
})

test('where five fetches were active, the limit is said', () => {
  const stream = createStream()
  for (let i = 1; i <= 5; i++) stream.page(observed.seen(`h${i}`, { id: `${i}` }))
  stream.page(refused((stream.events.at(-1)?.at ?? 0) + 100))
  expect(stream.last('fetch-not-seen')).toMatch(
    /; 5 background fetches of this origin were active then, and the browser allows no more$/,
  )
})
