import { expect, test } from 'vitest'
import { endingChoices } from './ending-choices'

const around = { origin: 'https://pod.example', name: 'missing-1', traced: true, otherRuns: false }
const problems = (some: Partial<typeof around> = {}) =>
  endingChoices({ ...around, ...some }).flatMap(({ ending, problem }) =>
    problem ? [`${ending} ${problem}`] : [],
  )

test('each failure but an abort can be made, and says how', () => {
  expect(problems()).toEqual([])
  expect(endingChoices(around).map(({ ending, forced }) => [ending, forced?.by])).toEqual([
    ['none', undefined],
    ['abort', undefined],
    ['download-total-exceeded', { kind: 'total', downloadTotal: 1 }],
    ['quota-exceeded', { kind: 'quota', room: 4096 }],
    ['bad-status', { kind: 'request', method: 'GET', url: 'https://pod.example/missing-1' }],
    ['fetch-error', { kind: 'request', method: 'PUT', url: 'https://background-fetch.invalid/missing-1' }],
  ])
})

test('a quota needs the debugger, and would concern other fetches', () => {
  expect(problems({ traced: false, otherRuns: true })).toEqual(['quota-exceeded tracing'])
  expect(problems({ otherRuns: true })).toEqual(['quota-exceeded others'])
})
