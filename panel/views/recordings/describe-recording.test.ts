import { expect, test } from 'vitest'
import type { SavedRecording } from '../../../protocol/recordings'
import { factsOf, lossesOf, nameOf, pastTitle } from './describe-recording'

const session = (some: Partial<SavedRecording> = {}): SavedRecording => ({
  id: 'k',
  title: 'pod.example/library',
  startedAt: new Date(2026, 4, 6, 12, 0).getTime(),
  endedAt: new Date(2026, 4, 6, 12, 45).getTime(),
  why: 'tab-closed',
  events: 1234,
  bytes: 320_000,
  lost: 0,
  replaced: [],
  ...some,
})

test('a recording is named by its page, in one line, or as unknown', () => {
  expect(nameOf(session())).toBe('pod.example/library')
  expect(nameOf(session({ title: 'a\nb' }))).toBe('a b')
  expect(nameOf(session({ title: '' }))).toBe('Unknown page')
})

test('when it was, why it ended and how much it is stand beside it', () => {
  expect(factsOf(session()).join(' · ')).toMatch(
    /2026.*12:00.*12:45.* · The tab was closed · 1,234 events, 320 kB$/,
  )
  expect(factsOf(session({ events: 1 })).at(-1)).toMatch(/^1 event,/)
})

test('what a bound took away is said, and otherwise nothing', () => {
  expect(lossesOf(session())).toBe('')
  expect(lossesOf(session({ lost: 2000, replaced: ['a.example/', ''] }))).toBe(
    'Not saved for lack of space: 2,000 events. Replaced a.example/, Unknown page.',
  )
})

test('the title of a shown recording says what could not be read', () => {
  expect(pastTitle(session(), 0)).toMatch(/^pod.example\/library, .*12:45[^,]*$/)
  expect(pastTitle(session(), 3)).toMatch(/, 3 events skipped \(other version\)$/)
})
