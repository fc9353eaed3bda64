import { expect, test } from 'vitest'
import type { SeenRequest } from '../../../protocol/seen-requests'
import { attributesOf } from '../streams/events.fixture'
import { knownRequest } from './known-request'

const url = 'https://pod.example/a'
const seenOf = (value: string, more: Partial<SeenRequest> = {}): SeenRequest => ({
  method: 'GET',
  url,
  headers: [['x-mine', value]],
  ...more,
})

const known = (request: Partial<SeenRequest>, seen: readonly SeenRequest[] | null, uploadTotal = 0) =>
  knownRequest({ attributes: attributesOf({ uploadTotal }) }, { method: 'GET', url, ...request }, 40, seen)

test('a request has the headers that its page has seen', () => {
  expect(known({}, [seenOf('1'), seenOf('2', { method: 'HEAD' })])).toEqual({
    method: 'GET',
    url,
    headers: [['x-mine', '1']],
    mayHaveBody: false,
    isCut: false,
  })
  // The browser names a request without its fragment.
  expect(known({}, [seenOf('1', { url: `${url}#part` })]).headers).toEqual([['x-mine', '1']])
})

test('it has none where they are not known, or those of several requests differ', () => {
  expect(known({}, null).headers).toBeNull()
  expect(known({}, [seenOf('1', { url: `${url}b` })]).headers).toBeNull()
  expect(known({}, [seenOf('1'), seenOf('1')]).headers).toEqual([['x-mine', '1']])
  expect(known({}, [seenOf('1'), seenOf('2')]).headers).toBeNull()
})

test('it may have a body where its method allows one and bytes are sent', () => {
  expect(known({ method: 'POST' }, null, 5).mayHaveBody).toBe(true)
  expect(known({ method: 'POST' }, null).mayHaveBody).toBe(false)
  expect(known({}, null, 5).mayHaveBody).toBe(false)
})

test('a URL that was cut is the one that was seen, if only one begins so', () => {
  const long = `${url}?${'x'.repeat(40)}`
  const cut = { url: long.slice(0, 40) }
  expect(known(cut, null)).toMatchObject({ url: cut.url, isCut: true })
  expect(known(cut, [seenOf('1', { url: long })])).toMatchObject({
    url: long,
    isCut: false,
    headers: [['x-mine', '1']],
  })
  const two = [seenOf('1', { url: long }), seenOf('1', { url: `${long}y` })]
  expect(known(cut, two)).toMatchObject({ url: cut.url, isCut: true })
})
