import { expect, test } from 'vitest'
import {
  changed,
  createAuditStream,
  entryOf,
  fileOf,
  foreign,
  notificationOf,
  old,
  recordOf,
  rowOf,
} from '../audit/audit.fixture'
import { observed } from '../streams/events.fixture'
import { checkOf } from './checks'
import { testOffer } from './copy-test'
import { abortedStream, around, leftRow } from './copy-test.fixture'

const offerOf = (story: ReturnType<typeof createAuditStream>, seen: null | [] = null) =>
  testOffer(story.fetch(), around(story, seen))
const whyOf = (story: ReturnType<typeof createAuditStream>) => {
  const offer = offerOf(story)
  return offer.ok ? 'ok' : offer.why
}

test('of an aborted fetch that left something a script is made', () => {
  const offer = offerOf(abortedStream())
  if (!offer.ok) return expect.unreachable(offer.why)
  expect(offer.facts).toMatchObject({
    ...{ page: 'https://pod.example/', scope: 'https://pod.example/', id: 'episode', downloadTotal: 1000 },
    requests: [{ method: 'GET', url: recordOf().url, headers: [] }],
    checks: [{ kind: 'row', names: { database: 'pod', store: 'downloads', key: 'episode' } }],
  })
  const about = offer.facts.about.join('\n')
  expect(about).toMatch(/^Background fetch "episode", aborted at 1970-01-01 00:16:40 UTC, as observed/)
  expect(about).toMatch(/Verdict: left\. 1 item names this fetch/)
  expect(about).toMatch(/The headers of its requests were not read/)
})

test('the page may know its headers, and that is no secret to who gets the script', () => {
  const story = abortedStream()
  const headers: [string, string][] = [['authorization', 'Bearer 1']]
  const seen = [{ method: 'GET', url: 'https://pod.example/2.mp3', headers }]
  const offer = testOffer(story.fetch(), { ...around(story), seen })
  if (!offer.ok) return expect.unreachable(offer.why)
  expect(offer.facts.requests).toEqual(seen)
  expect(offer.facts.about.join(' ')).toMatch(/They may hold secrets/)
})

test('what a script would not bring about is not checked, and said', () => {
  const part = fileOf('parts/episode.part')
  const story = createAuditStream('episode')
  story.seen({ items: [part, rowOf('episode', 'downloading')] })
  story.ended(
    {
      items: [
        part,
        leftRow,
        old(fileOf('episode.old')),
        changed(rowOf('episode', 'other', { store: 'state' })),
        notificationOf('episode', 'Done'),
        entryOf(404),
        rowOf(`binary ${'0f'.repeat(32)}`, 'episode'),
      ],
    },
    [recordOf({ status: 404 })],
  )
  const offer = offerOf(story)
  if (!offer.ok) return expect.unreachable(offer.why)
  expect(offer.facts.checks.map(({ kind, names }) => [kind, ...Object.values(names)])).toEqual([
    ['cache-entry', 'media', 'https://pod.example/media/1.wav', 'GET'],
    // It was there while the fetch ran, and is another one now.
    ['row', 'pod', 'downloads', 'episode'],
  ])
  const unchecked = offer.facts.about.find((line) => line.startsWith('Not checked here')) ?? ''
  expect(unchecked).toContain('"parts/episode.part" (stored before the abort')
  expect(unchecked).toContain('"episode.old" (may have been there before the fetch)')
  expect(unchecked).toContain('"pod/state: episode" (may have been there before the fetch)')
  expect(unchecked).toContain('"episode Done" (a script can’t find it')
})

test.each<[string, () => ReturnType<typeof createAuditStream>, RegExp]>([
  [
    'a success',
    () =>
      createAuditStream()
        .seen()
        .ended({ items: [leftRow] }, [recordOf()], observed.success('h')),
    /Only a fetch that was aborted/,
  ],
  ['one that runs', () => createAuditStream().seen(), /Only a fetch that was aborted/],
  [
    'one that is not compared to the end',
    () =>
      createAuditStream()
        .seen()
        .settled([recordOf()])
        .over({ items: [leftRow] }),
    /no final verdict/,
  ],
  ['a clean one', () => abortedStream({}), /names nothing that is left/],
  [
    'what is no item',
    () => abortedStream({ items: [notificationOf('episode', 'Done')] }),
    /can’t find it by what is stored/,
  ],
])('of %s no script is made, and the reason is said', (_, make, why) => {
  expect(whyOf(make())).toMatch(why)
})

test.each<[string, () => ReturnType<typeof createAuditStream>, RegExp]>([
  [
    'what is left was stored before the abort',
    () =>
      createAuditStream()
        .seen({ items: [leftRow] })
        .ended({ items: [leftRow] }, [recordOf()]),
    /stored before the abort/,
  ],
  [
    'requests were not read',
    () =>
      createAuditStream()
        .seen()
        .ended({ items: [leftRow] }),
    /requests were not read/,
  ],
  [
    'requests have bodies',
    () => {
      const ended = { uploadTotal: 5, result: 'failure', failureReason: 'aborted' } as const
      return createAuditStream()
        .seen()
        .ended({ items: [leftRow] }, [recordOf({ method: 'POST' })], observed.settled('h', ended))
    },
    /have bodies/,
  ],
])('where %s, the page is to start the fetch', (_, make, why) => {
  const offer = offerOf(make())
  if (!offer.ok) return expect.unreachable(offer.why)
  expect(offer.facts.requests).toBeNull()
  expect(offer.facts.checks).toMatchObject([{ kind: 'row', names: { key: 'episode' } }])
  expect(offer.facts.about.join('\n')).toMatch(why)
})

test('a late item is checked where it is there in the end, and names the fetch', () => {
  const story = createAuditStream().seen().settled([recordOf()])
  const gone = rowOf('episode', 'gone', { store: 'gone' })
  story.over({ items: [gone] }).later({ items: [leftRow] })
  const offer = offerOf(story)
  if (!offer.ok) return expect.unreachable(offer.why)
  expect(story.rules()).toEqual(['changed-after'])
  expect(offer.facts.checks).toMatchObject([{ kind: 'row', names: { store: 'downloads' } }])
})

test.each(['binary 0f', '[binary , x]'])('a key of bytes is not looked for by its text: %s', (key) => {
  expect(checkOf(rowOf(key))).toBeNull()
})

test('what is new and does not name the fetch may get another name', () => {
  const unmatched = foreign(rowOf('log-17', 'x'))
  const offer = offerOf(abortedStream({ items: [unmatched] }))
  if (!offer.ok) return expect.unreachable(offer.why)
  expect(offer.facts.about.join('\n')).toMatch(/gets another name in another run/)
})

test('where nobody read the storage before the abort, that is said', () => {
  const said = (story: ReturnType<typeof createAuditStream>) => {
    const offer = offerOf(story)
    return offer.ok && offer.facts.about.some((line) => line.startsWith('The storage was not read'))
  }
  const unread = createAuditStream()
  unread.stream.page(observed.seen('h', { id: 'episode' }))
  unread.ended({ items: [leftRow] }, [recordOf()])
  expect(said(unread)).toBe(true)
  expect(said(abortedStream())).toBe(false)
})
