import { expect, test } from 'vitest'
import type { StorageItem } from '../../../protocol/storage-items'
import { changed, createAuditStream, entryOf, keyOf, MEDIA, old, recordOf, rowOf } from './audit.fixture'
import { step } from './event-steps.fixture'

/** An abort that nothing listened to, and what is in storage before and after it. */
const unheard = (...items: StorageItem[]) =>
  createAuditStream()
    .seen({ items })
    .settled([recordOf()])
    .event({ handlers: 0 })
    .over({ items })
    .later({ items })
    .verdict()

const undated = <T extends StorageItem>(item: T): T => ({ ...item, change: 'unknown', mayBeOlder: true })
const entry = entryOf(200, { cache: 'shell', url: MEDIA })
const shell = { ...old(entry), mayBeOlder: true }

test.each([
  ['an image that was cached before under the URL of a request', shell],
  ['a row that is older than the fetch', old(rowOf('episode'))],
  ['a row of which it is not known whether it is new', undated(rowOf('episode'))],
  ['a key of localStorage, which no worker can delete', keyOf('episode')],
])('%s does not show that a listener was missing', (_, item) => {
  expect(unheard(item)).toMatchObject({ kind: 'left', wrong: [], left: [{ stored: item }] })
  const value = createAuditStream()
    .seen()
    .settled([recordOf()])
    .event({}, [step.waitUntil('value')])
  expect(
    value
      .over({ items: [item] })
      .later({ items: [item] })
      .verdict().wrong,
  ).toEqual([])
})

test.each([
  ['new', rowOf('episode')],
  ['changed since the fetch began', changed(rowOf('state', 'episode'))],
])('a row that is %s, and names the fetch, shows that a listener was missing', (_, item) => {
  expect(unheard(shell, keyOf('episode'), item)).toMatchObject({
    kind: 'wrong',
    wrong: [{ rule: 'no-handler' }],
  })
})
