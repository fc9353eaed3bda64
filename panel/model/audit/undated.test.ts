import { expect, test } from 'vitest'
import type { StorageItem } from '../../../protocol/storage-items'
import { outcomeText } from '../describe/describe-request'
import { observed } from '../streams/events.fixture'
import { bodyOf, createAuditStream, entryOf, type Look, old, recordOf, rowOf } from './audit.fixture'

/** The same item as a page read it that knows nothing of before. */
const undated = <T extends StorageItem>(item: T): T => ({ ...item, change: 'unknown', mayBeOlder: true })
const none = { baseline: 'none', baselineAt: null, usageBefore: null } as const

/** A fetch that was aborted, and what another page read when its event had ended. */
const aborted = (items: readonly StorageItem[], look: Look = none) =>
  createAuditStream()
    .seen()
    .ended({ items, ...look }, [recordOf()])
    .verdict()

const outcomeOf = (verdict: ReturnType<typeof aborted>) => verdict.outcomes.map(outcomeText)

test('a complete response that may be older than the fetch is not said to be left, nor stored before', () => {
  const verdict = aborted([undated(entryOf(200))])
  expect(verdict.kind).toBe('unknown')
  expect(verdict.left).toEqual([])
  expect(outcomeOf(verdict)).toEqual(['stored; not known whether before the fetch'])
  expect(verdict.gaps).toContain('1 item may be new, or older than the fetch')
})

test('the same goes for a row that holds it, also where the row is called by the ID', () => {
  const verdict = aborted([undated(rowOf('episode', 'episode', { size: 1000, bodies: [bodyOf(1000)] }))])
  expect(verdict).toMatchObject({ kind: 'unknown', left: [] })
  expect(outcomeOf(verdict)).toEqual(['stored; not known whether before the fetch'])
})

test('what is no complete response is left, whatever its age, and not called stored', () => {
  const verdict = aborted([undated(entryOf(200, { size: 10 })), undated(rowOf('episode'))])
  expect(verdict.kind).toBe('left')
  expect(verdict.left.map(({ item }) => item)).toHaveLength(2)
  expect(outcomeOf(verdict)).toEqual(['not known'])
})

test('what was there when a running fetch was found may not have been before it', () => {
  const items = [old(entryOf(200))]
  expect(outcomeOf(aborted(items, { baseline: 'first-seen' }))).toEqual([
    'stored; not known whether before the fetch',
  ])
  expect(outcomeOf(aborted(items, {}))).toEqual(['was stored before'])
})

test('a response that is known to be newer is kept, also where nothing else is known of before', () => {
  const verdict = aborted([entryOf(200)], none)
  expect(verdict).toMatchObject({ kind: 'unknown', left: [] })
  expect(outcomeOf(verdict)).toEqual(['stored'])
})

test('a success is unknown where its response may be older', () => {
  const verdict = createAuditStream()
    .seen({}, 1000)
    .ended({ items: [undated(entryOf(200))], ...none }, [recordOf()], observed.success('h', 1000))
    .verdict()
  expect(verdict.kind).toBe('unknown')
})
