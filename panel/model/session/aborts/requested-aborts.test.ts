import { expect, test } from 'vitest'
import { sinceOrigin } from '../../log/time-origin'
import { observed, startedStream } from '../../streams/events.fixture'
import { outcomeOf } from '../../table/outcome'
import type { AbortOutcome } from './abort-attempt'
import { isAbortAnswered } from './requested-aborts'

const yes: AbortOutcome = { kind: 'resolved', value: true }
const no: AbortOutcome = { kind: 'resolved', value: false }

/** A fetch of which two aborts are asked for, 100 ms apart; what it says when it has ended by an abort. */
function pressedTwice(answers: readonly (readonly [command: 'c1' | 'c2', AbortOutcome])[], early = 0) {
  const stream = startedStream()
  const fetch = () => stream.model.fetches[0] ?? expect.unreachable()
  stream.panel(observed.abort('h', 'c1'))
  const answer = ([command, outcome]: (typeof answers)[number]) =>
    stream.page(observed.answer('h', outcome, command))
  for (const one of answers.slice(0, early)) answer(one)
  stream.panel(observed.abort('h', 'c2'), 100)
  for (const one of answers.slice(early)) answer(one)
  const last = fetch().abort
  const answered = isAbortAnswered(fetch())
  stream.page(observed.failure('h'))
  const row = stream.model.rows.at(-1)
  return {
    command: last?.command,
    outcome: last?.outcome,
    answered,
    ended: outcomeOf(fetch())?.text,
    said: stream.last(),
    after: row?.after,
    since: row && sinceOrigin(row)?.text,
  }
}

test.each([
  ['before the second was asked for', 1],
  ['after the second was asked for', 0],
])('an abort that was answered with true %s counts, whatever the second one is answered', (_, early) => {
  const ended = pressedTwice(
    [
      ['c1', yes],
      ['c2', no],
    ],
    early,
  )
  expect(ended).toMatchObject({ command: 'c1', outcome: yes, ended: 'aborted · panel', after: 130 })
  expect(ended.since).toBe('+130 ms')
  expect(ended.said).not.toMatch(/not aborted from this panel/i)
})

test('the second one counts where the first came to nothing', () => {
  const failed = pressedTwice(
    [
      ['c1', { kind: 'page-gone' }],
      ['c2', yes],
    ],
    1,
  )
  expect(failed).toMatchObject({ command: 'c2', ended: 'aborted · panel', after: 20 })
})

test('one that has no answer yet may have ended the fetch, also where a later one did not', () => {
  expect(pressedTwice([])).toMatchObject({ command: 'c2', ended: 'aborted · panel', after: 110 })
  const open = pressedTwice([['c2', no]])
  expect(open).toMatchObject({ answered: false, ended: 'aborted · panel', after: 120 })
})

test('where it is not known what became of one, nobody is said to have ended the fetch', () => {
  const unknown = pressedTwice(
    [
      ['c1', { kind: 'unanswered' }],
      ['c2', no],
    ],
    1,
  )
  expect(unknown).toMatchObject({ command: 'c2', answered: true, ended: 'aborted' })
  expect(unknown.said).not.toMatch(/not aborted from this panel/i)
})

test('aborts that both came to nothing ended nothing', () => {
  const none = pressedTwice([
    ['c1', no],
    ['c2', { kind: 'rejected', error: 'no' }],
  ])
  expect(none).toMatchObject({ command: 'c2', after: null, answered: true })
  expect(none.said).toMatch(/not aborted from this panel/i)
})

test('a command that is asked for once more is one abort', () => {
  const stream = startedStream()
  stream.panel(observed.abort('h', 'c1'))
  stream.panel(observed.abort('h', 'c2'))
  stream.panel(observed.abort('h', 'c1'))
  expect(stream.kinds()).toEqual(['fetch-seen', 'abort-requested', 'abort-requested'])
})
