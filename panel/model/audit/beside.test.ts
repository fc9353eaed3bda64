import { expect, test } from 'vitest'
import type { StorageItem } from '../../../protocol/storage-items'
import { createStream, observed } from '../streams/events.fixture'
import {
  bodyOf,
  createAuditStream,
  entryOf,
  foreign,
  type Look,
  recordOf,
  rowOf,
  usageOf,
} from './audit.fixture'
import { sentencesOf } from './rules'
import { noSettings } from './site-settings'

const succeeded = (handle: string) => observed.success(handle, 1000)
const media = (key: string, digest: number) =>
  foreign(rowOf(key, 'Blob', { size: 1000, bodies: [bodyOf(1000, digest)] }))
const url = (id: string) => `https://pod.example/media/${id}`
const record = (id: string, bodyDigest: number) => recordOf({ url: url(id), bodyDigest })
const entry = (id: string, some: Parameters<typeof entryOf>[1] = {}) =>
  entryOf(200, { url: url(id), size: 1_800_000, contentLength: 1_800_000, ...some })

/** A fetch that is aborted while others run, and what is stored then. */
function beside(look: Look, others: readonly string[] = ['show-41', 'show-42']) {
  const stream = createStream()
  const all = others.map((id) => createAuditStream(id, stream, `of ${id}`).seen())
  const story = createAuditStream('show-40', stream, 'h').seen().ended(look)
  return { story, others: all }
}

test('what is new while other fetches run may be of one of them, and is not to be deleted without more ado', () => {
  const { unmatched, line, kind } = beside({ items: [media('s2e42', 9)] }).story.verdict()
  expect(kind).toBe('unmatched')
  expect(line).toBe(
    '1 new row in pod/downloads (s2e42, 1.0 kB), not matched to this fetch; may belong to the fetch show-41 or 1 more, which ran in that time too',
  )
  const [finding] = unmatched
  expect(finding).toMatchObject({
    note: 'may belong to the fetch show-41 or 1 more, which ran in that time too',
    mayBeOf: ['show-41', 'show-42'],
  })
  const { fix } = sentencesOf(finding ?? expect.unreachable(), { success: false, unregistered: false })
  expect(fix).toMatch(/^Find out first which fetch it belongs to/)
})

test('the fetch whose ID has a part of the name is named first', () => {
  const { unmatched } = beside({ items: [media('42', 9)] }).story.verdict()
  expect(unmatched).toMatchObject([{ mayBeOf: ['show-42', 'show-41'] }])
})

test('where no other fetch ran, nothing else is said than before', () => {
  const { unmatched, line } = beside({ items: [media('42', 9)] }, []).story.verdict()
  expect(line).toBe('1 new row in pod/downloads (42, 1.0 kB), not matched to this fetch')
  expect(unmatched).toMatchObject([{ mayBeOf: [], note: '' }])
})

test('a complete response of another fetch is that one’s, also where that one ends later', () => {
  const items: StorageItem[] = [media('s2e41', 41)]
  const { story, others } = beside({ items })
  expect(story.verdict().kind).toBe('unmatched')
  others[0]?.ended({ items }, [record('41', 41)], succeeded('of show-41'))
  expect(story.verdict()).toMatchObject({ kind: 'clean', others: [{ owner: 'show-41' }] })
  expect(story.said().at(-1)).toMatch(/^verdict: clean/)
})

test('what has other bytes than the response of another fetch is not known to be of it', () => {
  const items: StorageItem[] = [media('s2e41', 9)]
  const { story, others } = beside({ items })
  others[0]?.ended({ items }, [record('41', 41)], succeeded('of show-41'))
  expect(story.verdict().kind).toBe('unmatched')
})

test('what a matching rule matches to another fetch of that time is that one’s', () => {
  const { story } = beside({ items: [media('s2e41', 9)] })
  const matching = [{ pattern: 'show-(.*)', replacement: 's2e$1' }]
  expect(story.verdict({ ...noSettings, matching })).toMatchObject({
    kind: 'clean',
    others: [{ owner: 'show-41' }],
  })
})

test('what names another fetch as well is not to be deleted as a whole', () => {
  const { left } = beside({ items: [rowOf('queue', 'show-40 show-41')] }).story.verdict()
  expect(left).toMatchObject([{ note: 'also names the fetch show-41', mayBeOf: ['show-41'] }])
  const { fix } = sentencesOf(left[0] ?? expect.unreachable(), { success: true, unregistered: true })
  expect(fix).toMatch(/^Remove from it only what belongs to this fetch/)
})

test('entries that other fetches of that time have stored account for growth of the caches', () => {
  const { story, others } = beside({ usage: usageOf(1_900_000) })
  expect(story.verdict()).toMatchObject({
    line: '1.9 MB in Cache Storage that no listed item accounts for, not matched to this fetch; may belong to the fetch show-41 or 1 more, which ran in that time too',
    // The amount is in what is said of it.
    unmatched: [{ rule: 'bytes-grew', bytes: 0 }],
  })
  others[0]?.ended({ items: [entry('41')] }, [], succeeded('of show-41'))
  expect(story.verdict().kind).toBe('clean')
})

test.each<[string, StorageItem, RegExp]>([
  ['that was there before', entry('41', { change: 'same' }), /^1\.9 MB in Cache/],
  ['that is smaller', entry('41', { size: 900_000 }), /^1\.0 MB in Cache/],
])('an entry of another fetch %s does not account for all growth', (_, item, line) => {
  const { story, others } = beside({ usage: usageOf(1_900_000) })
  others[0]?.ended({ items: [item] }, [], succeeded('of show-41'))
  expect(story.verdict().line).toMatch(line)
})

test('what changes after the event while another fetch goes on is no late work of the handler', () => {
  const stream = createStream()
  const other = createAuditStream('show-41', stream, 'of show-41').seen()
  const story = createAuditStream('show-40', stream, 'h').seen().settled().event().over()
  const items = [media('42', 9)]
  expect(story.later({ items }).verdict()).toMatchObject({ kind: 'unmatched', wrong: [] })
  expect(other.fetch().settledAt).toBeNull()
  const alone = createAuditStream().seen().settled().event().over().later({ items })
  expect(alone.verdict().wrong).toMatchObject([{ rule: 'changed-after' }])
})

test('a response of a success is not expected in one of another fetch', () => {
  const stream = createStream()
  const items = [foreign(rowOf('41', 'Blob', { size: 5000, bodies: [bodyOf(5000, 41)] }))]
  const other = createAuditStream('show-41', stream, 'other').seen()
  const story = createAuditStream('show-40', stream, 'h')
    .seen()
    .ended({ items }, [record('40', 40)], succeeded('h'))
  expect(story.verdict()).toMatchObject({ kind: 'unknown', line: expect.stringMatching(/may be in .*41/) })
  const large = recordOf({ url: url('41'), bodyDigest: 41, contentLength: 5000 })
  other.ended({ items }, [large], observed.success('other', 5000))
  expect(story.verdict()).toMatchObject({ kind: 'not-stored', line: expect.stringMatching(/^Not found/) })
})
