import { expect, test } from 'vitest'
import { say, tell } from '../events.fixture'
import { entryOf, fileOf, type Look, recordOf, rowOf, tellAudit, usageOf } from './stock.fixture'

// A wrong verdict on a right site is worse than a missing one.

type Told = ReturnType<typeof tellAudit>

const row = rowOf('episode', 'episode downloading')
const file = fileOf('parts/episode.part', 100)
const notes: Look = { rows: [row], files: [file] }
const missing = recordOf({ status: 404 })
const grown = { usage: usageOf(900_000), caches: [{ name: 'media', count: 1, before: 1 }] }

const succeeded = (seen: Look, after: Look) =>
  tellAudit()
    .seen(seen, 900_000)
    .ended(after, [recordOf({ size: 900_000 })], say.success('h'))

const clean: Record<string, () => Told> = {
  'everything is deleted': () => tellAudit().seen(notes).ended(),
  'the row is updated instead of deleted': () =>
    tellAudit()
      .seen(notes)
      .ended({ rows: [{ ...row, value: 'episode aborted' }] }),
  'a tombstone takes the place of the row': () =>
    tellAudit()
      .seen(notes)
      .ended({ rows: [rowOf('gone:episode', 'episode aborted')] }),
  'what arrived is kept in a new file': () =>
    tellAudit()
      .seen(notes)
      .ended({ files: [fileOf('media/episode.wav', 500)] }),
  'what arrived is kept in the file that was made for it': () =>
    tellAudit()
      .seen(notes)
      .ended({ files: [{ ...file, size: 500 }] }),
  'the file is emptied': () =>
    tellAudit()
      .seen(notes)
      .ended({ files: [{ ...file, size: 0 }] }),
  'what arrived whole is kept': () =>
    tellAudit()
      .seen(notes)
      .ended({ entries: [entryOf(200)] }, [recordOf()]),
  'what arrived whole is kept in a row that was there before': () =>
    tellAudit()
      .seen()
      .ended(grown, [recordOf({ size: 900_000 }), recordOf({ index: 1, state: 'failed' })]),
  'databases come and go meanwhile, which the browser counts until it tidies up': () =>
    tellAudit()
      .seen()
      .ended({ usage: usageOf(0, 5_000_000) }),
  'another fetch holds its responses meanwhile, which count in the total only': () =>
    tellAudit()
      .seen()
      .ended({ usage: { ...usageOf(), total: 9_000_000 } }),
  'a success is kept in a new row': () =>
    succeeded(notes, { rows: [row, rowOf('media', 'Blob 900000 audio/wav')] }),
  'a success is kept in the row that was there': () =>
    succeeded(notes, { rows: [{ ...row, value: 'episode Blob 900000 audio/wav' }] }),
  'a success is kept as text in the row that was there': () =>
    succeeded(notes, { rows: [{ ...row, value: `episode ${'tile '.repeat(50)} …k3x` }] }),
  'a success is kept in the file that was made for it': () =>
    succeeded(notes, { files: [{ ...file, size: 900_000 }] }),
  'the page writes other rows and files meanwhile': () =>
    tellAudit()
      .seen({ rows: [rowOf('other', 'mine', { related: false })] })
      .ended({
        rows: [rowOf('other', 'mine', { related: false })],
        files: [fileOf('other', 9, { related: false })],
      }),
  'the page goes on writing other rows': () =>
    tellAudit()
      .seen()
      .settled()
      .over({ rows: [rowOf('a', 'x', { related: false })] })
      .later({ rows: [rowOf('b', 'x', { related: false })] }),
  'a 404 was stored before': () =>
    tellAudit()
      .seen()
      .ended({ entries: [entryOf(404, { before: true })] }, [missing]),
  'the page stores an error of its own for a request that never came': () =>
    tellAudit()
      .seen()
      .ended({ entries: [entryOf(503)] }, [recordOf({ state: 'failed', status: null })]),
  'the page stores an error of its own for a request that went well': () =>
    tellAudit()
      .seen()
      .ended({ entries: [entryOf(500)] }, [recordOf()]),
  'the page stores an opaque response': () =>
    tellAudit()
      .seen()
      .ended({ entries: [entryOf(0, { responseType: 'opaque' })] }, [recordOf()]),
  'a redirect is stored': () =>
    tellAudit()
      .seen()
      .ended({ entries: [entryOf(0, { responseType: 'opaqueredirect' })] }, [recordOf()]),
  'the page plays the sound, and its worker stores it then': () =>
    tellAudit()
      .seen()
      .settled([recordOf({ state: 'failed', status: null })])
      .over()
      .later({ entries: [entryOf(200)] }),
  'a success keeps its rows and files': () =>
    tellAudit().seen(notes).ended(notes, [recordOf()], say.success('h')),
  'a success stores nothing of the little it brought': () =>
    tellAudit().seen({}, 900).ended({}, [recordOf()], say.success('h')),
  'the answer to an upload is dropped': () =>
    tellAudit()
      .seen({}, 50_000)
      .ended({}, [recordOf({ method: 'POST' })], say.success('h')),
  'a success replaces what was there': () =>
    tellAudit()
      .seen({}, 50_000)
      .ended({ usage: usageOf(0, 60_000), usageBefore: usageOf(0, 60_000) }, [recordOf()], say.success('h')),
  'nobody listens, and nothing was written': () =>
    tellAudit().seen().settled().event({ handlers: 0 }).over().later(),
  'a notification says that it was cancelled': () =>
    tellAudit()
      .seen({ notifications: ['episode Downloading'] })
      .ended({ notifications: ['episode Cancelled'] }),
  'the title of a notification has the letter that is the id': () =>
    tellAudit('a')
      .seen({ notifications: ['news Read a book'] })
      .ended({ notifications: ['news Read a book'] }),
  'the handler answers with nothing to wait for': () =>
    tellAudit()
      .seen()
      .settled()
      .event({}, [{ type: 'wait-until', worker: 'w', event: 1, n: 1, given: 'value', location: null }])
      .over()
      .later(),
}

test.each(Object.entries(clean))('clean where %s', (_, story) => {
  const verdict = story().verdict()
  expect(verdict.findings).toEqual([])
  expect(verdict).toMatchObject({ kind: 'clean', gaps: [] })
})

const unknown: Record<string, [() => Told, RegExp]> = {
  'the row may have been there before': [
    () => {
      const old: Look = { baseline: 'first-sight', rows: [{ ...row, atFirstSight: true }] }
      return tellAudit().seen(old).ended(old)
    },
    /1 item mentions this fetch/,
  ],
  'a 404 may have been there before': [
    () =>
      tellAudit()
        .seen()
        .ended({ entries: [entryOf(404, { before: null })] }, [missing]),
    /an error is stored under a URL/,
  ],
  'a database was busy later on': [
    () =>
      tellAudit()
        .seen(notes)
        .settled()
        .over(notes)
        .later({ cuts: ['database pod is busy or gone'] }),
    /busy/,
  ],
  'a database was busy at the end of the event': [
    () =>
      tellAudit()
        .seen()
        .settled()
        .over({ cuts: ['database pod is busy or gone'] })
        .later({ rows: [rowOf('gone:episode')], cuts: ['one more'] }),
    /one more/,
  ],
  'the fetch had settled before the first look was done': [
    () => {
      const told = tellAudit()
      told.stream.page(say.seen('h'))
      told.settled().look('seen', { rows: [{ ...row, value: 'episode failed' }] })
      return told
        .over({ rows: [{ ...row, value: 'episode failed' }] })
        .later({ rows: [{ ...row, value: 'episode failed' }] })
    },
    /not looked at while the fetch ran/,
  ],
  'the requests could not be read': [
    () => tellAudit().seen().settled().fates({ problem: 'InvalidStateError' }).over().later(),
    /requests could not be read/,
  ],
  'there were more requests than are looked up': [
    () =>
      tellAudit()
        .seen()
        .settled()
        .fates({ total: 700, records: [recordOf()] })
        .over()
        .later(),
    /699 of 700 requests/,
  ],
}

test.each(Object.entries(unknown))('unknown where %s', (_, [story, gap]) => {
  const verdict = story().verdict()
  expect(verdict.findings).toEqual([])
  expect(verdict.kind).toBe('unknown')
  expect(verdict.line).toMatch(gap)
})

test('after a reload what was known before still tells what is new, and what is left', () => {
  const told = tellAudit().seen(notes)
  told.look('seen', { baseline: 'first-sight', rows: [{ ...row, atFirstSight: true }] })
  const after: Look = { baseline: 'first-sight', rows: [{ ...row, atFirstSight: true }] }
  expect(told.ended(after).rules()).toEqual(['row-left'])
})

test('an id that is in use again at once is not blamed for the notes of the second fetch', () => {
  const first = tellAudit().seen(notes).settled().over()
  const second = tellAudit('episode', first.stream, 'h2')
  first.stream.page(say.seen('h2'), 300)
  first.later(notes)
  expect(first.verdict()).toMatchObject({ kind: 'unknown', findings: [] })
  expect(first.verdict().line).toMatch(/in use again/)
  expect(second.fetch().occurrence).toBe(2)
})

test('what was left when the event was over is told although the id is in use again', () => {
  const first = tellAudit().seen(notes).settled().over(notes)
  first.stream.page(say.seen('h2'), 2000)
  first.later(notes)
  expect(first.rules()).toEqual(['row-left', 'file-left'])
})

test('two fetches at once are judged by their own', () => {
  const stream = tell()
  const one = tellAudit('ep-1', stream, 'h1').seen({ rows: [rowOf('ep-1')] })
  const twelve = tellAudit('ep-12', stream, 'h12').seen({ rows: [rowOf('ep-12')] })
  one.ended({ rows: [rowOf('ep-12', 'ep-12', { related: false })] })
  twelve.ended({ rows: [rowOf('ep-12')] })
  expect(one.verdict().kind).toBe('clean')
  expect(twelve.verdict().line).toBe('Still there: pod/downloads: ep-12')
})
