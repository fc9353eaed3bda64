import { expect, test } from 'vitest'
import { refusal } from '../../protocol/page-requests'
import { testFetchProblem } from './test-fetch'

test('a test fetch that was started has no problem', () => {
  expect(testFetchProblem({ ok: true })).toBe('')
})

test.each([
  ['TypeError: This origin does not have permission to start a fetch.', /Automatic downloads/],
  ['TypeError: There are too many active fetches for this origin.', /five background fetches/],
  ['TypeError: Failed\nto fetch', /^Not started: TypeError: Failed.to fetch$/],
])('what the browser refuses is explained where it is known: %s', (detail, text) => {
  expect(testFetchProblem(refusal('rejected', detail))).toMatch(text)
})

test('a page without a worker has nothing to start it with', () => {
  expect(testFetchProblem(refusal('no-worker'))).toMatch(/^Not started: .*active service worker/)
})
