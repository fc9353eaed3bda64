import { expect, test } from 'vitest'
import { checkFields, fieldsLike, type NewFetchFields, testFields, usedAgain } from './fields'
import { idOf } from './id-template'
import type { PageRegistration } from './registrations'

const SCOPE = 'https://pod.example/'
const registration: PageRegistration = {
  ...{ storageKey: 'https://pod.example', scope: SCOPE, base: `${SCOPE}app?q=1#top` },
  ...{ own: true, framed: false },
}
const none: ReadonlySet<string> = new Set()
const good: NewFetchFields = { id: 'movie', title: '', downloadTotal: '', requests: '/a' }
const check = (some: Partial<NewFetchFields> = {}, used = none) =>
  checkFields({ ...good, ...some }, registration, used)

test('a fetch has the ID as its title and no total where none is given', () => {
  expect(check().fetch).toEqual({
    ...{ id: 'movie', title: 'movie', downloadTotal: 0 },
    requests: [{ method: 'GET', url: `${SCOPE}a`, headers: [] }],
  })
  expect(check({ title: 'A film', downloadTotal: ' 1200 ' }).fetch).toMatchObject({
    ...{ title: 'A film', downloadTotal: 1200 },
  })
})

test('the number of an ID is the lowest that no fetch has had', () => {
  expect(check({ id: 'movie-{n}' }, new Set(['movie-1', 'movie-3'])).fetch).toMatchObject({
    ...{ id: 'movie-2', title: 'movie-2' },
  })
  expect(idOf('{n}/{n}', none)).toBe('1/1')
  expect(idOf('plain', new Set(['plain']))).toBe('plain')
})

test.each<[keyof NewFetchFields, string, RegExp]>([
  ['id', '', /^Enter an ID/],
  ['id', 'x'.repeat(16_385), /^Too long/],
  ['title', 'x'.repeat(16_385), /^Too long/],
  ['downloadTotal', '-1', /whole number/],
  ['downloadTotal', '1.5', /whole number/],
  ['downloadTotal', '1e3', /whole number/],
  ['downloadTotal', '12 MB', /whole number/],
  ['downloadTotal', '9'.repeat(20), /whole number/],
  ['requests', '', /at least one URL/],
])('%s %s is refused beside its field', (name, value, problem) => {
  const { fetch, problems } = check({ [name]: value })
  expect(fetch).toBe(null)
  expect(Object.keys(problems)).toEqual([name])
  expect(problems[name]?.[0]).toMatch(problem)
})

test('without a registration there is nothing to start it in', () => {
  const { fetch, problems, warnings } = checkFields(good, undefined, none)
  expect([fetch, Object.keys(problems), warnings]).toEqual([null, ['registration'], []])
})

test('of many problems the first are said, and the others counted', () => {
  const said = check({ requests: 'a b\n'.repeat(10) }).problems.requests
  expect(said).toHaveLength(5)
  expect(said?.at(-1)).toBe('And 6 more.')
})

test('requests that Background Fetch does not send are warned about, and can be started', () => {
  const { warnings, fetch } = check({
    requests: `/own
https://other.example/simple
fetch("https://other.example/json", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" })
fetch("/own", { method: "PUT" })
fetch("https://other.example/", { method: "DELETE" })
http://other.example/
fetch("https://other.example/text", { method: "POST", headers: { "Content-Type": "text/plain" }, body: "x" })`,
  })
  expect(warnings.map((text) => text.slice(0, 25))).toEqual([
    'Line 3: This request need',
    'Line 5: This request need',
    'Line 6: This request is m',
  ])
  expect(fetch?.requests).toHaveLength(7)
})

test('the form begins with a fetch of the page, under an ID that is free', () => {
  expect(testFields(registration, none)).toEqual({ ...good, id: 'test-fetch', requests: `${SCOPE}app?q=1` })
  expect(testFields(registration, new Set(['test-fetch', 'test-fetch-2'])).id).toBe('test-fetch-3')
})

test('what was used before has the next ID where its own is used; a template stays', () => {
  expect(usedAgain(good, new Set(['movie'])).id).toBe('movie-2')
  expect(usedAgain(good, none)).toEqual(good)
  expect(usedAgain({ ...good, id: 'movie-{n}' }, new Set(['movie-1'])).id).toBe('movie-{n}')
})

test('a fetch that was seen fills the form', () => {
  const requests = [{ method: 'POST', url: `${SCOPE}b`, headers: [], body: 'x' }]
  const fields = fieldsLike('again', requests, 5)
  expect(fields.downloadTotal).toBe('5')
  expect(checkFields(fields, registration, none).fetch).toEqual({
    ...{ id: 'again', title: 'again', downloadTotal: 5, requests },
  })
  expect(fieldsLike('again', requests, 0).downloadTotal).toBe('')
})
