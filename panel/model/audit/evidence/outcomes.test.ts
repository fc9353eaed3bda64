import { expect, test } from 'vitest'
import { observed } from '../../streams/events.fixture'
import { createAuditStream, recordOf } from '../audit.fixture'
import { withResponses } from './outcomes'

test('what came or failed since the requests were read is not pending any more', () => {
  const story = createAuditStream().seen()
  const url = 'https://pod.example/lost.mp3'
  const pending = { state: 'pending', status: null, url } as const
  const records = [recordOf({ ...pending, index: 4 }), recordOf({ ...pending, url: `${url}?2`, index: 5 })]
  const failed = { index: 0, url, status: 0, responseType: 'error' }
  story.stream.page(observed.response('h', failed, 1))
  expect(withResponses(story.fetch(), records)).toMatchObject([
    { index: 4, state: 'ready', status: 0 },
    { index: 5, state: 'pending' },
  ])
  // Which of two with one URL it was is not known.
  story.stream.page(observed.response('h', { ...failed, index: 1 }, 2))
  expect(withResponses(story.fetch(), records)[0]).toMatchObject({ state: 'pending' })
})

test.each([
  ['POST', 200],
  ['POST', 507],
  ['PUT', 404],
  ['DELETE', 302],
])('what a %s is answered with the status %i need not be stored', (method, status) => {
  const { outcomes } = createAuditStream()
    .seen()
    .ended({}, [recordOf({ method, status }), recordOf({ index: 1, url: 'https://pod.example/b' })])
    .verdict()
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['answered', 'dropped'])
})
