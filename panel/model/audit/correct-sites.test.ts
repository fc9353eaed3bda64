import { expect, test } from 'vitest'
import type { StorageItem } from '../../../protocol/storage-items'
import { createStream, observed } from '../streams/events.fixture'
import {
  bodyOf,
  changed,
  createAuditStream,
  entryOf,
  fileOf,
  foreign,
  type Look,
  notificationOf,
  old,
  recordOf,
  rowOf,
  usageOf,
} from './audit.fixture'
import { step } from './event-steps.fixture'
import type { VerdictKind } from './verdict'

// A wrong verdict on a right site is worse than a missing one.

type Story = ReturnType<typeof createAuditStream>

const row = rowOf('episode', 'episode downloading')
const file = fileOf('parts/episode.part', 100)
const notes: Look = { items: [row, file] }
const missing = recordOf({ status: 404 })
const large = recordOf({ contentLength: 900_000 })
const whole = { size: 900_000, contentLength: 900_000 }
const ended = (...look: Parameters<Story['ended']>) =>
  createAuditStream()
    .seen()
    .ended(...look)
const noted = (...look: Parameters<Story['ended']>) =>
  createAuditStream()
    .seen(notes)
    .ended(...look)
const aborted = (...items: StorageItem[]) => noted({ items })
const succeeded = (...items: StorageItem[]) =>
  createAuditStream().seen(notes, 900_000).ended({ items }, [large], observed.success('h', 900_000))

const sites: Record<string, readonly [VerdictKind, () => Story]> = {
  'everything is deleted': ['clean', () => aborted()],
  'the row is updated instead of deleted': ['left', () => aborted({ ...row, value: 'episode aborted' })],
  'a tombstone replaces the row': ['left', () => aborted(rowOf('gone:episode', 'episode aborted'))],
  'part of what arrived is kept in a new file': ['left', () => aborted(fileOf('media/episode.wav', 500))],
  'the file is emptied': ['left', () => aborted({ ...file, size: 0 })],
  'a catalogue names what can be downloaded': ['left', () => aborted(old(rowOf('episode', 'A talk')))],
  'what arrived whole is kept': ['clean', () => noted({ items: [entryOf(200)] }, [recordOf()])],
  'what arrived whole is kept in the file that was made for it': [
    'clean',
    () => noted({ items: [{ ...file, size: 1000 }] }, [recordOf()]),
  ],
  'what arrived whole is kept in a row that was there before': [
    'clean',
    () =>
      ended({ items: [changed(rowOf('episode', 'Blob', { size: 1000, bodies: [bodyOf(1000)] }))] }, [
        recordOf(),
        recordOf({ index: 1, url: 'https://pod.example/b', state: 'failed', status: null }),
      ]),
  ],
  'databases come and go meanwhile': ['unmatched', () => ended({ usage: usageOf(0, 5_000_000) })],
  'another fetch holds its responses meanwhile, which count in the total only': [
    'clean',
    () => ended({ usage: { ...usageOf(), total: 9_000_000 } }),
  ],
  'a success is kept in a new row': [
    'stored',
    () => succeeded(row, rowOf('media', 'Blob', { size: 900_000, bodies: [bodyOf(900_000)] })),
  ],
  'a success is kept in the row that was there': [
    'stored',
    () => succeeded({ ...row, value: 'Blob', size: 900_000, bodies: [bodyOf(900_000)] }),
  ],
  'a success is kept as text in the row that was there': [
    'unknown',
    () => succeeded({ ...row, value: `episode ${'tile '.repeat(70)}…` }),
  ],
  'a success is kept in the file that was made for it': [
    'stored',
    () => succeeded({ ...file, size: 900_000 }),
  ],
  'a success is kept in a cache, with its rows and files': [
    'stored',
    () => succeeded(row, file, entryOf(200, whole)),
  ],
  'a success is kept under the URL that it was redirected to': [
    'stored',
    () => {
      const url = 'https://cdn.example/1.wav'
      const record = recordOf({ redirected: true, responseUrl: url })
      return createAuditStream()
        .seen({}, 1000)
        .ended({ items: [entryOf(200, { url })] }, [record], observed.success('h'))
    },
  ],
  'a success stores nothing of what it brought': ['not-stored', () => succeeded()],
  'the answer to an upload is dropped': [
    'answered',
    () =>
      createAuditStream()
        .seen({}, 50_000)
        .ended({}, [recordOf({ method: 'POST' })], observed.success('h')),
  ],
  'a success replaces what was there by the same': ['unknown', () => succeeded(old(entryOf(200, whole)))],
  'the page writes other rows and files meanwhile': [
    'unmatched',
    () => aborted(foreign(rowOf('other', 'mine')), foreign(fileOf('other', 9))),
  ],
  'the page goes on writing other rows': [
    'unmatched',
    () =>
      createAuditStream()
        .seen()
        .settled()
        .over({ items: [foreign(rowOf('a', 'x'))] })
        .later({ items: [foreign(rowOf('a', 'x')), foreign(rowOf('b', 'x'))] }),
  ],
  'the page goes on writing where a handler waits for its work': [
    'unmatched',
    () =>
      createAuditStream()
        .seen()
        .settled()
        .event({}, [step.waitUntil(), step.fulfilled()])
        .over()
        .later({ items: [foreign(rowOf('b', 'x'))] }),
  ],
  'a 404 was stored before': ['left', () => ended({ items: [old(entryOf(404))] }, [missing])],
  'a 404 may have been stored before': [
    'left',
    () => ended({ items: [entryOf(404, { change: 'unknown', mayBeOlder: true })] }, [missing]),
  ],
  'the page stores an error of its own for a request that never came': [
    'left',
    () => ended({ items: [entryOf(503)] }, [recordOf({ state: 'failed', status: null })]),
  ],
  'the page stores an error of its own for a request that went well': [
    'left',
    () => ended({ items: [entryOf(500)] }, [recordOf()]),
  ],
  'the page stores an opaque response': [
    'left',
    () => ended({ items: [entryOf(0, { responseType: 'opaque', size: null })] }, [recordOf()]),
  ],
  'the page plays the sound, and its worker stores it then': [
    'left',
    () =>
      createAuditStream()
        .seen()
        .settled([recordOf({ state: 'failed', status: null })])
        .over()
        .later({ items: [entryOf(200)] }),
  ],
  'nobody listens, and nothing was written': [
    'clean',
    () => createAuditStream().seen().settled().event({ handlers: 0 }).over().later(),
  ],
  'a notification says that it was cancelled': [
    'left',
    () => aborted(notificationOf('episode', 'Cancelled')),
  ],
  'a notification of something else is shown': [
    'clean',
    () => aborted(old(foreign(notificationOf('news', 'Read a book')))),
  ],
  'the handler answers with nothing to wait for': [
    'clean',
    () =>
      createAuditStream()
        .seen()
        .settled()
        .event({}, [step.waitUntil('value')])
        .over()
        .later(),
  ],
  'the handler writes to the console as it likes': [
    'errors',
    () =>
      createAuditStream()
        .seen()
        .settled()
        .event({}, [step.logged('done')])
        .over()
        .later(),
  ],
  'a database was busy at the end of the event': [
    'left',
    () =>
      createAuditStream()
        .seen()
        .settled()
        .over({ gaps: [{ kind: 'database-busy', database: 'pod', side: 'now' }] })
        .later({ items: [rowOf('gone:episode')] }),
  ],
  'a database is busy later on': [
    'unknown',
    () =>
      createAuditStream()
        .seen(notes)
        .settled()
        .over({ items: [row] })
        .later({ gaps: [{ kind: 'database-busy', database: 'pod', side: 'now' }] }),
  ],
  'the ID is in use again before the storage was compared': [
    'unknown',
    () => {
      const first = createAuditStream().seen(notes).settled()
      createAuditStream('episode', first.stream, 'h2').seen(notes)
      return first.over(notes).later(notes)
    },
  ],
  'a handler of a minute waits for its work': [
    'clean',
    () => {
      const story = createAuditStream().seen().settled()
      story.stream.page(observed.over('h'), 60_000)
      return story.look('event-ended').later()
    },
  ],
}

test.each(Object.entries(sites))('never wrong where %s', (_, [kind, story]) => {
  const verdict = story().verdict()
  expect(verdict.wrong.filter(({ rule }) => rule !== 'error-logged' && rule !== 'nothing-stored')).toEqual([])
  expect(verdict.kind).toBe(kind)
  expect(
    story()
      .stream.model.rows.filter((row) => row.kind === 'verdict')
      .at(-1)?.evidence,
  ).not.toBeNull()
})

test('what was left when the event ended is reported although the ID is in use again', () => {
  const first = createAuditStream().seen(notes).settled().over(notes)
  first.stream.page(observed.seen('h2'), 2000)
  first.later(notes)
  expect(first.rules()).toEqual(['row-left', 'file-left'])
})

test('two fetches at once are judged by their own', () => {
  const stream = createStream()
  const one = createAuditStream('ep-1', stream, 'h1').seen({ items: [rowOf('ep-1')] })
  const twelve = createAuditStream('ep-12', stream, 'h12').seen({ items: [rowOf('ep-12')] })
  one.ended({ items: [foreign(rowOf('ep-12'))] }, [], observed.failure('h1'))
  twelve.ended({ items: [rowOf('ep-12')] }, [], observed.failure('h12'))
  expect(one.verdict().kind).toBe('clean')
  expect(twelve.verdict().line).toBe('1 item names this fetch: pod/downloads: ep-12')
})
