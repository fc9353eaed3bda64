import { expect, test } from 'vitest'
import { createAuditStream, entryOf, fileOf, foreign, MEDIA, recordOf, rowOf } from '../audit/audit.fixture'
import { createStream, observed } from '../streams/events.fixture'
import { compare } from './compare'
import { played, sideOf } from './compare.fixture'

const other = 'https://pod.example/media/2.wav'
const records = [recordOf(), recordOf({ index: 1, url: other })]
const entries = [entryOf(200), entryOf(200, { url: other })]

/** What is said of these items of one fetch beside another one, of a session with a third. */
function groups(
  items: NonNullable<NonNullable<Parameters<typeof played>[0]>['look']>['items'],
  b: ReturnType<typeof third>,
) {
  const { side } = played({ look: { items: items ?? [] }, records })
  return Object.fromEntries(compare(side, b).findings.map(({ name, group }) => [name, group]))
}

/** An aborted fetch that leaves nothing; the entry of one of its URLs, which a third one may have stored, is removed late. */
function third() {
  const stream = createStream()
  const success = createAuditStream('third', stream, 'third').seen({}, 1000)
  const aborted = createAuditStream('episode', stream, 'h').seen()
  aborted.settled(records).over({ items: [entryOf(200)] })
  success.settled([recordOf()], observed.success('third'))
  aborted.later()
  return sideOf(aborted.fetch(), stream.model)
}

/** An aborted fetch that leaves nothing beside a running fetch of its ID. */
function sameId() {
  const stream = createStream()
  const aborted = createAuditStream('episode', stream, 'h').seen({ items: [rowOf('episode')] })
  stream.page(observed.seen('inner', { scope: 'https://pod.example/app/' }))
  aborted.settled(records).over().later()
  return sideOf(aborted.fetch(), stream.model)
}

test('an entry that a third fetch may have stored hides entries of its URL only', () => {
  expect(groups([...entries, rowOf('episode'), fileOf('episode.bin')], third())).toEqual({
    [`media: ${MEDIA}`]: 'not-observed',
    [`media: ${other}`]: 'only-a',
    'pod/downloads: episode': 'only-a',
    'episode.bin': 'only-a',
  })
})

test('a third fetch of the ID hides what names the ID only', () => {
  expect(groups([...entries, rowOf('episode'), foreign(fileOf('tmp.bin'))], sameId())).toEqual({
    [`media: ${MEDIA}`]: 'only-a',
    [`media: ${other}`]: 'only-a',
    'pod/downloads: episode': 'not-observed',
    'tmp.bin': 'only-a',
  })
})
