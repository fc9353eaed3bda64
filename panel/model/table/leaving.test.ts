import { expect, test } from 'vitest'
import { summary } from '../report/summary'
import { caused } from '../session/calls.fixture'
import { observed } from '../streams/events.fixture'
import { createTracedStream, trace } from '../streams/workers.fixture'
import { abortedBy } from './aborted-by'
import { outcomeOf } from './outcome'

type Stream = ReturnType<typeof createTracedStream>

/** A fetch that runs, with its worker traced. */
function running() {
  const stream = createTracedStream()
  stream.panel({ type: 'watch-started' })
  stream.panel(trace.on())
  stream.worker(trace.seen())
  stream.page(observed.seen('h'))
  return stream
}

const said = (stream: Stream) => [outcomeOf(stream.fetch())?.text, abortedBy(stream.fetch())]

const LEFT = [
  'aborted · page left?',
  'Aborted while a page of its origin was being left, whose last calls can’t be seen (possible: that page, as in pagehide, its service worker, the browser’s download UI, another tab, another DevTools or another extension; not this panel)',
]
const UNKNOWN = ['aborted · unknown', 'Aborted by an unknown source (not this panel)']

test.each<[string, (stream: Stream) => void]>([
  [
    'was seen by the page',
    (stream) => {
      stream.page(observed.failure('h'))
      stream.page(observed.frameGone(), 40)
    },
  ],
  [
    'and the release of the records were seen by the page',
    (stream) => {
      stream.page(observed.failure('h'))
      stream.page(observed.over('h'))
      stream.page(observed.frameGone(), 40)
    },
  ],
  [
    'was seen by the worker before the page was known to be gone',
    (stream) => {
      stream.worker(trace.dispatched())
      stream.page(observed.frameGone(), 40)
    },
  ],
  [
    'was seen by the worker after it',
    (stream) => {
      stream.page(observed.frameGone())
      stream.worker(trace.dispatched(), 100)
    },
  ],
])('an abort while its page is left, whose end %s', (_, end) => {
  const stream = running()
  end(stream)
  expect(said(stream)).toEqual(LEFT)
})

test('not one that came before or after that, or while a page of another origin was left', () => {
  const before = running()
  before.page(observed.failure('h'))
  before.page(observed.frameGone(), 1500)
  expect(said(before)).toEqual(UNKNOWN)
  const after = running()
  after.page(observed.frameGone())
  after.worker(trace.dispatched(), 1500)
  expect(said(after)).toEqual(UNKNOWN)
  const other = running()
  other.page(observed.failure('h'))
  other.page(observed.frameGone(), 10, { document: 'document-2', storageKey: 'https://other.example' })
  expect(said(other)).toEqual(UNKNOWN)
})

test('what is known of who aborted it is said all the same, but not that no call was seen', () => {
  const panel = running()
  panel.page(observed.failure('h'))
  panel.page(caused('other-panel'))
  panel.page(observed.frameGone())
  expect(said(panel)[0]).toBe('aborted · other panel')
  const unseen = running()
  unseen.page(observed.failure('h'))
  unseen.page(caused('not-this-tab'))
  unseen.page(observed.frameGone())
  expect(said(unseen)).toEqual(LEFT)
})

const gone = (stream: Stream) => {
  stream.page(observed.progress('h', 410))
  stream.page(observed.frameGone())
  stream.page(observed.inventory(), 10, { producer: 'bridge-2', document: 'document-2' })
  return [outcomeOf(stream.fetch())?.text, ...summary(stream.fetch(), null, 0, stream.model.workers)]
}

test('an end that nobody observed is called the same in the table and the log, with what would have shown it', () => {
  const untraced = createTracedStream()
  untraced.page(observed.seen('h'))
  expect(gone(untraced)).toEqual([
    'end not observed',
    'No longer listed; its end was not observed.',
    expect.stringMatching(
      /^A page of its origin that stays open .* With tracing on, its service worker also says/,
    ),
  ])
  expect(untraced.last()).toMatch(/^end not observed: /)
  // A worker that is traced would not have said more.
  expect(gone(running()).join(' ')).toMatch(/its end was not observed\. A page of its origin that stays open/)
  expect(gone(running()).join(' ')).not.toContain('With tracing on')
  const listed = running()
  listed.page(observed.gone('h', 'not-listed'))
  expect(listed.last()).toMatch(/: Its end was not observed;/)
})
