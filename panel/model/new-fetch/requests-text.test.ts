import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NewRequest } from '../../../protocol/new-fetch'
import { MAX_REQUESTS_TEXT, readRequests, requestsText } from './requests-text'

const BASE = 'https://pod.example/app/page?q=1'
const requestsOf = (text: string) => {
  const { requests, problems } = readRequests(text, BASE)
  expect(problems).toEqual([])
  return requests.map(({ request }) => request)
}
const problemOf = (text: string) => readRequests(text, BASE).problems.map(({ problem }) => problem)
const get = (url: string): NewRequest => ({ method: 'GET', url, headers: [] })

test('a line is a URL, relative to the page', () => {
  expect(requestsOf('\n https://cdn.example/a.wav#t=1 \r\n\n/b\n../c?d\n//other.example\n')).toEqual([
    get('https://cdn.example/a.wav#t=1'),
    get('https://pod.example/b'),
    get('https://pod.example/c?d'),
    get('https://other.example/'),
  ])
})

test('a call has a method, headers and a body, as a script would write it', () => {
  const typed = `/first
await fetch('/upload', {
  method: 'post',
  headers: { 'X-Mine': ' yes ', n: 1 },
  body: \`two
lines\`,
});
new Request("/x", { headers: [['A', '1'], ['a', '2']], "mode": "cors", credentials: 'include', body: null }),
'/quoted',
fetch("/only")`
  expect(requestsOf(typed)).toEqual([
    get('https://pod.example/first'),
    {
      method: 'POST',
      url: 'https://pod.example/upload',
      headers: [
        ['X-Mine', 'yes'],
        ['n', '1'],
      ],
      body: 'two\nlines',
    },
    {
      method: 'GET',
      url: 'https://pod.example/x',
      headers: [
        ['A', '1'],
        ['a', '2'],
      ],
      options: { mode: 'cors', credentials: 'include' },
    },
    get('https://pod.example/quoted'),
    get('https://pod.example/only'),
  ])
})

test.each([
  ['', /^Enter at least one URL/],
  [' \n ', /^Enter at least one URL/],
  ['/a b', /^A URL has no spaces/],
  ['POST /a', /^A URL has no spaces/],
  ['https://', /^“https:\/\/” is not a valid URL/],
  ['data:,x', /not data:/],
  ['javascript:alert(1)', /not javascript:/],
  ['https://me:secret@pod.example/', /user name or password/],
  ["fetch('/a', 1)", /must be an object/],
  ["fetch('/a', [])", /must be an object/],
  ["fetch('/a', { body: 'x' })", /GET or HEAD request can’t have a body/],
  ["fetch('/a', { method: 'head', body: '' })", /GET or HEAD request can’t have a body/],
  ["fetch('/a', { method: 'POST', body: {} })", /“body” must be text/],
  ["fetch('/a', { method: 'TRACE' })", /method TRACE is not allowed/],
  ["fetch('/a', { method: 'A B' })", /"A B" is not a valid method/],
  ["fetch('/a', { method: 7 })", /7 is not a valid method/],
  ["fetch('/a', { headers: 'x' })", /“headers” must be/],
  ["fetch('/a', { headers: [['a']] })", /“headers” must be/],
  ["fetch('/a', { headers: { 'a b': 'x' } })", /“a b” is not a valid header name/],
  ["fetch('/a', { headers: { a: 'x\\ny' } })", /value of the header “a”/],
  ["fetch('/a', { headers: { a: '日本' } })", /value of the header “a”/],
  ["fetch('/a', { headers: { Cookie: 'x' } })", /header “Cookie” is not allowed/],
  ["fetch('/a', { headers: { 'Sec-Fetch-Mode': 'x' } })", /header “Sec-Fetch-Mode” is not allowed/],
  ["fetch('/a', { headers: { 'X-HTTP-Method': 'GET, trace' } })", /header “X-HTTP-Method” is not allowed/],
  ["fetch('/a', { mode: 'no-cors' })", /refuses requests with mode “no-cors”/],
  ["fetch('/a', { referrer: '' })", /crashes .* Use referrerPolicy: "no-referrer"/],
  ["fetch('/a', { mode: 'navigate' })", /“mode” can’t be "navigate"/],
  ["fetch('/a', { signal: null })", /“signal” is not supported/],
  ["fetch('/a', { toString: 1 })", /“toString” is not supported/],
  ['fetch(location.href)', /^Can’t read “location.href\)”/],
  ["fetch('/a', { body: JSON.stringify({}) })", /^Can’t read “JSON/],
  ["fetch('/a'", /^The call has no end/],
  ["fetch('/a') .then(alert)", /^Can’t read “.then/],
])('%s is refused, in a sentence', (text, problem) => {
  const problems = problemOf(text)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(problem)
})

test('sizes have limits', () => {
  expect(problemOf('/a\n'.repeat(501))).toEqual(['Too many requests: at most 500.'])
  expect(requestsOf('/a\n'.repeat(500))).toHaveLength(500)
  expect(problemOf('x'.repeat(MAX_REQUESTS_TEXT + 1))[0]).toMatch(/^Too long/)
  const header = (length: number) => problemOf(`fetch('/a', { headers: { a: '${'x'.repeat(length)}' } })`)
  expect(header(16_384)).toEqual([])
  expect(header(16_385)[0]).toMatch(/^The header “a” is too long/)
  const headers = (count: number) =>
    problemOf(
      `fetch('/a', { headers: ${JSON.stringify(Array.from({ length: count }, (_, i) => [`h${i}`, '']))} })`,
    )
  expect(headers(200)).toEqual([])
  expect(headers(201)[0]).toMatch(/^Too many headers/)
})

test('what is wrong is said with its line and its place, and the others are read', () => {
  const text = "/a\nb c\nfetch('/d', {\n  method: 'TRACE'\n})\n/e\nfetch('/f', {\n  body: data\n})\n/g"
  const { requests, problems } = readRequests(text, BASE)
  expect(requests.map(({ line, request }) => [line, request.url])).toEqual([
    [1, 'https://pod.example/a'],
    [6, 'https://pod.example/e'],
  ])
  expect(problems.map(({ problem }) => problem.split(':')[0])).toEqual(['Line 2', 'Line 3', 'Line 8'])
  expect(problems.map(({ from, to }) => text.slice(from, to).split('\n')[0])).toEqual([
    'b c',
    "fetch('/d', {",
    "fetch('/f', {",
  ])
})

const token = fc
  .stringMatching(/^[A-Za-z!#$%&'*+.^_`|~-][\w-]{0,8}$/)
  .filter((name) => !/^(sec|proxy)-/i.test(name))
const request: fc.Arbitrary<NewRequest> = fc
  .record(
    {
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'patch'),
      url: fc.webUrl({ withQueryParameters: true, withFragments: true }).map((url) => new URL(url).href),
      headers: fc.array(
        fc.tuple(
          token.map((name) => `x${name}`),
          fc.stringMatching(/^[!-~\u00a1-\u00ff]{0,9}$/),
        ),
        { maxLength: 3 },
      ),
      body: fc.string({ unit: 'binary' }),
      options: fc.constant({ mode: 'cors', credentials: 'omit' } as const),
    },
    { requiredKeys: ['method', 'url', 'headers'] },
  )
  .map(({ body, ...one }) => (one.method === 'GET' || body === undefined ? one : { ...one, body }))

test('requests that are written are read as the same', () => {
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 6 }), (requests) => {
      expect(requestsOf(requestsText(requests))).toEqual(requests)
    }),
  )
})

test('headers that an object would merge or sort are written as pairs', () => {
  const requests: NewRequest[] = [
    {
      ...get(BASE),
      headers: [
        ['2', 'x'],
        ['1', 'y'],
      ],
    },
    {
      ...get(BASE),
      headers: [
        ['a', '1'],
        ['a', '2'],
      ],
    },
  ]
  expect(requestsOf(requestsText(requests))).toEqual(requests)
})
