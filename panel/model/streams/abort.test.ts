import { expect, test } from 'vitest'
import { describe } from '../describe/describe'
import { createStream, observed } from './events.fixture'

const words = (stream: ReturnType<typeof createStream>) =>
  stream.model.rows.map((row) => {
    const { name, text } = describe(row)
    return `${name}: ${text}`
  })

test('one abort from the panel is four rows, in order, each with the time it took', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.progress('h', 600))
  stream.panel(observed.abort('h'))
  stream.page(observed.answer('h'), 12)
  stream.page(observed.failure('h'), 30)
  stream.page(observed.over('h'), 500)
  expect(stream.kinds()).toEqual([
    'fetch-seen',
    'progress',
    'abort-requested',
    'abort-answered',
    'settled',
    'event-over',
  ])
  expect(stream.model.rows.slice(2).map((row) => row.after)).toEqual([null, 12, 42, 500])
  const [, , asked, answered, settled, over] = words(stream)
  expect(asked).toContain('Abort was pressed')
  expect(answered).toMatch(/abort\(\) → true.*12 ms/)
  expect(settled).toMatch(/aborted.*42 ms after the abort was requested in this panel/)
  expect(over).toMatch(/backgroundfetchabort.*500 ms/)
})

test('the rows of an abort are in order although the worker of the extension was late to say it', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  const answered = stream.page(observed.answer('h'), 50)
  stream.panel(observed.abort('h'), 0, { at: answered.at - 20 })
  stream.page(observed.failure('h'), 10)
  expect(stream.kinds()).toEqual(['fetch-seen', 'abort-requested', 'abort-answered', 'settled'])
})

test('an abort that did not come from the panel says so', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.failure('h'))
  expect(stream.last()).toMatch(/not aborted from this panel/i)
  expect(stream.model.fetches[0]?.abort).toBe(null)
})

test('an abort from the panel does not', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.panel(observed.abort('h'))
  stream.page(observed.failure('h'))
  expect(stream.last()).not.toMatch(/not aborted/i)
})

test('what had arrived is reported although an aborted fetch reads 0', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.progress('h', 600))
  stream.page(observed.settled('h', { result: 'failure', failureReason: 'aborted', downloaded: 0 }))
  expect(stream.last()).toContain('600 B')
  expect(stream.model.fetches[0]).toMatchObject({ arrived: 600, attributes: { downloaded: 0 } })
})

test('where no byte was reported, some may have come', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.failure('h'))
  expect(stream.last()).toContain('no byte was reported')
})

test.each([
  [{ kind: 'resolved', value: false }, /false/, 'warning'],
  [{ kind: 'rejected', error: 'TypeError: no' }, /rejected.*TypeError: no/, 'error'],
  [{ kind: 'already-finished' }, /already finished/, 'warning'],
  [{ kind: 'page-gone' }, /not called: The page that showed this fetch is gone/, 'error'],
  [{ kind: 'unanswered' }, /not answered: The page went.*not known/, 'warning'],
] as const)('an abort that came to nothing says why: %j', (outcome, text, level) => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.panel(observed.abort('h'))
  stream.page(observed.answer('h', outcome))
  expect(stream.last()).toMatch(text)
  const row = stream.model.rows.at(-1)
  expect(row && describe(row).level).toBe(level)
  expect(stream.states()).toEqual(['episode 1 queued'])
})

test('pressing Abort twice: each answer belongs to its own press', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.panel(observed.abort('h', 'c1'))
  stream.panel(observed.abort('h', 'c2'))
  stream.page(observed.answer('h', { kind: 'resolved', value: true }, 'c1'))
  expect(stream.model.fetches[0]?.aborts).toMatchObject([
    { command: 'c1', outcome: { kind: 'resolved', value: true } },
    { command: 'c2', outcome: null },
  ])
  stream.page(observed.answer('h', { kind: 'resolved', value: false }, 'c2'))
  expect(stream.model.fetches[0]?.aborts[1]?.outcome).toEqual({ kind: 'resolved', value: false })
})
