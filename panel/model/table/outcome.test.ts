import { describe, expect, test } from 'vitest'
import { type createStream, observed, startedStream } from '../streams/events.fixture'
import { endedAt, outcomeOf } from './outcome'

const outcome = (stream: ReturnType<typeof createStream>) => {
  const [fetch] = stream.model.fetches
  return fetch && outcomeOf(fetch)
}

describe('the outcome of a fetch', () => {
  test('is not there while it may still run', () => {
    const stream = startedStream()
    expect(outcome(stream)).toBe(null)
    stream.page(observed.progress('h', 10))
    expect(outcome(stream)).toBe(null)
    stream.page(observed.frameGone())
    expect(stream.states()).toEqual(['episode 1 unobserved'])
    expect(outcome(stream)).toBe(null)
  })

  test('says success, and which reason a failure has', () => {
    const success = startedStream()
    success.page(observed.success('h'))
    expect(outcome(success)).toMatchObject({ kind: 'success', text: 'success' })
    const failure = startedStream()
    failure.page(observed.failure('h', 'bad-status'))
    expect(outcome(failure)).toMatchObject({ kind: 'failed', text: 'failed: bad-status' })
  })

  test('is the panel’s only when its abort() did it', () => {
    const stream = startedStream()
    stream.panel(observed.abort('h'))
    stream.page(observed.failure('h'))
    // The answer of the page comes on another way, and may be later.
    expect(outcome(stream)).toMatchObject({ by: 'panel', text: 'aborted · panel' })
    stream.page(observed.answer('h'))
    expect(outcome(stream)).toMatchObject({ by: 'panel' })
  })

  test('is nobody’s when nobody was seen to abort it', () => {
    const stream = startedStream()
    stream.page(observed.failure('h'))
    expect(outcome(stream)).toMatchObject({
      kind: 'aborted',
      by: 'elsewhere',
      text: 'aborted · unknown',
    })
  })

  test.each([
    [{ kind: 'resolved', value: false }],
    [{ kind: 'rejected', error: 'no' }],
    [{ kind: 'already-finished' }],
    [{ kind: 'page-gone', detail: '' }],
    [{ kind: 'unanswered', detail: '' }],
  ] as const)('is not the panel’s when its abort was answered with %j', (answer) => {
    const stream = startedStream()
    stream.panel(observed.abort('h'))
    stream.page(observed.answer('h', answer))
    stream.page(observed.failure('h'))
    expect(outcome(stream)).toMatchObject({ by: 'unknown', text: 'aborted' })
  })

  test('is not the panel’s when Abort was pressed after the end', () => {
    const stream = startedStream()
    stream.page(observed.failure('h'))
    stream.panel(observed.abort('h'))
    expect(outcome(stream)).toMatchObject({ by: 'unknown' })
  })

  test('is unknown when the end was not reported, and says so when the worker was unregistered', () => {
    const unseen = startedStream()
    unseen.page(observed.inventory())
    expect(outcome(unseen)).toMatchObject({ kind: 'unknown', text: 'end not observed' })
    const unregistered = startedStream()
    unregistered.page(observed.gone('h'))
    expect(outcome(unregistered)).toMatchObject({ kind: 'unknown', text: 'unregistered' })
  })
})

test('a fetch ended when it settled, else when it was seen for the last time', () => {
  const stream = startedStream()
  const { at } = stream.page(observed.progress('h', 10))
  const [fetch] = stream.model.fetches
  if (!fetch) throw new Error('No fetch.')
  expect(endedAt(fetch)).toBe(at)
  const { at: settled } = stream.page(observed.success('h'))
  expect(endedAt(fetch)).toBe(settled)
})
