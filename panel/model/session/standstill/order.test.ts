import { expect, test } from 'vitest'
import { createStream, observed } from '../../streams/events.fixture'
import { stateText } from '../../table/live-state'
import { called } from '../calls.fixture'
import { isBefore } from './order'
import { standstillOf } from './standstill'

type Stream = ReturnType<typeof createStream>
const CALLS = { producer: 'background-1' }
const ONE_LOOK = { began: { after: 1, before: 2 } }

/** The page calls `fetch('9')` and then `fetch('10')`; one look finds both, by their IDs as text. */
function found(traced = false): Stream {
  const stream = createStream()
  if (traced) for (const id of ['9', '10']) stream.page(called('fetch', id), 1, CALLS)
  stream.page(observed.seen('h10', { id: '10', ...ONE_LOOK }))
  stream.page(observed.seen('h9', { id: '9', ...ONE_LOOK }))
  return stream
}

const named = ({ model }: Stream, id: string) =>
  model.fetches.find((one) => one.id === id) ?? expect.unreachable()

/** State and standstill in words. */
function said(stream: Stream, id: string, later = 500) {
  const standstill = standstillOf(named(stream, id), stream.model, (stream.events.at(-1)?.at ?? 0) + later)
  const state = stateText(named(stream, id), stream.model.fetches, standstill)
  return [state, standstill?.text ?? ''].filter(Boolean).join(' · ')
}

test('of two fetches that one look has found neither is said to be queued behind the other', () => {
  const stream = found()
  expect(['9', '10'].map((id) => said(stream, id))).toEqual(['no bytes yet', 'no bytes yet'])
  expect(['9', '10'].map((id) => said(stream, id, 5000))).toEqual(['no bytes yet, 5 s', 'no bytes yet, 5 s'])
})

test('the one of which bytes move is in front of the other, whichever was listed first', () => {
  for (const [moves, waits] of [
    ['9', '10'],
    ['10', '9'],
  ] as const) {
    const stream = found()
    stream.page(observed.progress(`h${moves}`, 10))
    expect([said(stream, moves), said(stream, waits)]).toEqual(['downloading', `queued · behind ${moves}`])
    stream.page({ type: 'no-progress', handle: named(stream, waits).handle, online: true }, 10_000)
    expect(stream.last()).toMatch(new RegExp(`^waiting: .* ${moves} is in front of it`))
  }
})

test('so it is of two that were there already', () => {
  const stream = createStream()
  for (const id of ['10', '9']) {
    const read = { downloaded: id === '9' ? 10 : 0 }
    stream.page(observed.seen(id, { id, already: true, began: { after: 0, before: 1 } }, read))
  }
  expect(said(stream, '10')).toBe('queued · behind 9')
  expect(said(stream, '9')).toBe('downloading')
})

test('traced calls say which began first, until bytes say otherwise', () => {
  const stream = found(true)
  expect(['9', '10'].map((id) => said(stream, id))).toEqual(['no bytes yet', 'queued'])
  stream.page(observed.progress('h10', 10))
  expect(['9', '10'].map((id) => said(stream, id))).toEqual(['queued · behind 10', 'downloading'])
})

test('of a fetch that one of several calls at one place has started, only their whole time is known', () => {
  for (const [ids, known] of [
    [['9', '10', '9'], false],
    [['9', '9', '10'], true],
  ] as const) {
    const stream = createStream()
    for (const id of ids) stream.page(called('fetch', id), 1, CALLS)
    for (const id of ['10', '9']) stream.page(observed.seen(id, { id, ...ONE_LOOK }))
    expect(isBefore(named(stream, '9'), named(stream, '10'))).toBe(known)
    expect(isBefore(named(stream, '10'), named(stream, '9'))).toBe(false)
  }
})

test('a fetch that another tab may have started has no order by its call', () => {
  const stream = createStream()
  stream.page({ ...called('fetch', '9'), otherTab: true } as ReturnType<typeof called>, 1, CALLS)
  stream.page(called('fetch', '10'), 1, CALLS)
  for (const id of ['10', '9']) stream.page(observed.seen(id, { id, ...ONE_LOOK }))
  expect(isBefore(named(stream, '9'), named(stream, '10'))).toBe(false)
})

test('calls in a frame and in the page have an order only where their times are far apart', () => {
  for (const [apart, known] of [
    [5, false],
    [500, true],
  ] as const) {
    const stream = createStream()
    stream.page({ ...called('fetch', '9'), framed: true } as ReturnType<typeof called>, 1, CALLS)
    stream.page(called('fetch', '10'), apart, CALLS)
    for (const id of ['10', '9']) stream.page(observed.seen(id, { id, ...ONE_LOOK }))
    expect(isBefore(named(stream, '9'), named(stream, '10'))).toBe(known)
    expect(isBefore(named(stream, '10'), named(stream, '9'))).toBe(false)
  }
})

test('nothing is said of one without bytes that was listed before the one that moves', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'one', ...ONE_LOOK }))
  stream.page(observed.seen('h2', { id: 'two', began: { after: 2, before: 3 } }))
  stream.page(observed.progress('h2', 10))
  expect(said(stream, 'one')).toBe('no bytes yet')
})

test('what another page had seen before this one looked began first; what its first look finds may have', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'one', ...ONE_LOOK }))
  const there = { producer: 'bridge-2' }
  stream.page(observed.seen('h2', { id: 'two', already: true, began: { after: 0, before: 1 } }), 10, there)
  stream.page(observed.seen('h3', { id: 'three', began: { after: 1, before: 2 } }), 10, there)
  const [one, two, three] = ['one', 'two', 'three'].map((id) => named(stream, id))
  if (!one || !two || !three) expect.unreachable()
  expect([isBefore(one, two), isBefore(two, one), isBefore(one, three), isBefore(two, three)]).toEqual([
    false,
    false,
    true,
    true,
  ])
})
