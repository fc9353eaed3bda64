import { describe, expect, test } from 'vitest'
import { say, tell } from '../events.fixture'
import { endedAt, outcomeOf } from './outcome'

const outcome = (stream: ReturnType<typeof tell>) => {
  const [fetch] = stream.model.fetches
  return fetch && outcomeOf(fetch)
}

describe('the outcome of a fetch', () => {
  test('is not there while it may still run', () => {
    const stream = tell()
    stream.page(say.seen('h'))
    expect(outcome(stream)).toBe(null)
    stream.page(say.progress('h', 10))
    expect(outcome(stream)).toBe(null)
    stream.page(say.frameGone())
    expect(stream.states()).toEqual(['episode 1 unobserved'])
    expect(outcome(stream)).toBe(null)
  })

  test('says success, and which reason a failure has', () => {
    const success = tell()
    success.page(say.seen('h'))
    success.page(say.success('h'))
    expect(outcome(success)).toMatchObject({ kind: 'success', text: 'success' })
    const failure = tell()
    failure.page(say.seen('h'))
    failure.page(say.failure('h', 'bad-status'))
    expect(outcome(failure)).toMatchObject({ kind: 'failed', text: 'failed: bad-status' })
  })

  test('is the panel’s only when its abort() did it', () => {
    const stream = tell()
    stream.page(say.seen('h'))
    stream.panel(say.abort('h'))
    stream.page(say.failure('h'))
    // The answer of the page comes on another way, and may be later.
    expect(outcome(stream)).toMatchObject({ by: 'panel', text: 'aborted · panel' })
    stream.page(say.answer('h'))
    expect(outcome(stream)).toMatchObject({ by: 'panel' })
  })

  test('is nobody’s when nobody was seen to abort it', () => {
    const stream = tell()
    stream.page(say.seen('h'))
    stream.page(say.failure('h'))
    expect(outcome(stream)).toMatchObject({ kind: 'aborted', by: 'unknown', text: 'aborted' })
  })

  test.each([
    [{ kind: 'resolved', value: false }],
    [{ kind: 'rejected', error: 'no' }],
    [{ kind: 'already-finished' }],
    [{ kind: 'page-gone', detail: '' }],
    [{ kind: 'unanswered', detail: '' }],
  ] as const)('is not the panel’s when its abort was answered with %j', (answer) => {
    const stream = tell()
    stream.page(say.seen('h'))
    stream.panel(say.abort('h'))
    stream.page(say.answer('h', answer))
    stream.page(say.failure('h'))
    expect(outcome(stream)).toMatchObject({ by: 'unknown', text: 'aborted' })
  })

  test('is not the panel’s when Abort was pressed after the end', () => {
    const stream = tell()
    stream.page(say.seen('h'))
    stream.page(say.failure('h'))
    stream.panel(say.abort('h'))
    expect(outcome(stream)).toMatchObject({ by: 'unknown' })
  })

  test('is unknown when the end was not reported, and says so when the worker was unregistered', () => {
    const unseen = tell()
    unseen.page(say.seen('h'))
    unseen.page(say.inventory())
    expect(outcome(unseen)).toMatchObject({ kind: 'unknown', text: 'end not reported' })
    const unregistered = tell()
    unregistered.page(say.seen('h'))
    unregistered.page(say.gone('h'))
    expect(outcome(unregistered)).toMatchObject({ kind: 'unknown', text: 'unregistered' })
  })
})

test('a fetch ended when it settled, else when it was seen for the last time', () => {
  const stream = tell()
  stream.page(say.seen('h'))
  const { at } = stream.page(say.progress('h', 10))
  const [fetch] = stream.model.fetches
  if (!fetch) throw new Error('No fetch.')
  expect(endedAt(fetch)).toBe(at)
  const { at: settled } = stream.page(say.success('h'))
  expect(endedAt(fetch)).toBe(settled)
})
