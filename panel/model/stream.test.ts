import { expect, test } from 'vitest'
import type { Body, SessionEvent } from '../../protocol/events'
import { say, shown, tell } from './events.fixture'
import { createModel } from './fold'
import { below, bodyShapes, pick, pieces, randomOf, randomStream, sampleBody } from './random.fixture'
import { isLive } from './view'

const SEEDS = Array.from({ length: 80 }, (_, i) => i + 1)

const fold = (batches: readonly (readonly SessionEvent[])[], preserve = true) => {
  const model = createModel(() => preserve)
  for (const batch of batches) model.apply(batch)
  return model
}

test('events that come late are sorted by their clock', () => {
  const stream = tell()
  stream.page(say.seen('h1', { id: 'a' }))
  stream.page(say.seen('h2', { id: 'b' }))
  stream.page(say.seen('h3', { id: 'c' }), 0, { at: 1_000_015 })
  expect(stream.model.rows.map((row) => row.fetch?.id)).toEqual(['a', 'c', 'b'])
})

test('events of the same moment stay as they came', () => {
  const stream = tell()
  for (const id of ['a', 'b', 'c']) stream.page(say.seen(id, { id }), 0)
  expect(stream.model.rows.map((row) => row.fetch?.id)).toEqual(['a', 'b', 'c'])
})

test('consecutive progress of a fetch shares a row, which counts and shows the last', () => {
  const stream = tell()
  stream.page(say.seen('h1'))
  stream.page(say.seen('h2', { id: 'other' }))
  for (let i = 1; i <= 5; i++) {
    stream.page(say.progress('h1', i * 100))
    stream.page(say.progress('h2', i))
  }
  stream.page(say.failure('h1'))
  expect(stream.kinds()).toEqual(['fetch-seen', 'fetch-seen', 'progress', 'progress', 'settled'])
  expect(stream.model.rows[2]).toMatchObject({
    count: 5,
    event: { body: { attributes: { downloaded: 500 } } },
  })
})

test('a response that several pages tell of has one row', () => {
  const stream = tell()
  const other = (body: Body) => stream.page(body, 1, { document: 'other' })
  stream.page(say.seen('h1'))
  other(say.seen('h2', { already: true }))
  stream.page(say.response('h1', { url: 'a' }, 1))
  other(say.response('h2', { url: 'a' }, 1))
  // One URL may be asked for twice.
  other(say.response('h2', { url: 'b' }, 2))
  other(say.response('h2', { url: 'b' }, 3))
  stream.page(say.response('h1', { url: 'b' }, 2))
  expect(stream.kinds()).toEqual(['fetch-seen', 'response-ready', 'response-ready', 'response-ready'])
  expect(stream.model.fetches).toMatchObject([{ responses: { ready: 3, total: 3 } }])
})

test('what happens between is not passed over: progress after it has a row of its own', () => {
  const stream = tell()
  stream.page(say.seen('h'))
  stream.page(say.progress('h', 1))
  stream.panel(say.abort('h'))
  stream.page(say.progress('h', 2))
  expect(stream.kinds()).toEqual(['fetch-seen', 'progress', 'abort-requested', 'progress'])
})

test('a row keeps its name while others come before and after it', () => {
  const stream = tell()
  stream.page(say.seen('h1'))
  const [row] = stream.model.rows
  const key = row?.key
  stream.page(say.seen('h2', { id: 'b' }), 0, { at: 1 })
  stream.page(say.progress('h1', 1))
  expect(stream.model.rows[1]).toBe(row)
  expect(row?.key).toBe(key)
  expect(new Set(stream.model.rows.map((one) => one.key)).size).toBe(3)
})

test('the same events give the same view, in one batch, one by one or in pieces', () => {
  for (const seed of SEEDS) {
    const random = randomOf(seed)
    const events = randomStream(random, 150)
    const preserve = random() < 0.5
    const whole = shown(fold([events], preserve))
    expect(
      shown(
        fold(
          events.map((event) => [event]),
          preserve,
        ),
      ),
      `seed ${seed}`,
    ).toEqual(whole)
    expect(shown(fold(pieces(random, events), preserve)), `seed ${seed}`).toEqual(whole)
  }
})

test('what is sent once more after a reconnection is ignored', () => {
  for (const seed of SEEDS) {
    const random = randomOf(seed)
    const events = randomStream(random, 150)
    const model = createModel()
    for (let i = 0; i < events.length; i += 10) model.apply(events.slice(below(random, i + 1), i + 10))
    expect(shown(model), `seed ${seed}`).toEqual(shown(fold([events])))
  }
})

test('folding does not change the events: they can be folded again', () => {
  const events = randomStream(randomOf(7), 300)
  const before = structuredClone(events)
  fold([events])
  expect(events).toEqual(before)
})

test('whatever is told, rows are in the order of their clock', () => {
  for (const seed of SEEDS) {
    const times = fold([randomStream(randomOf(seed), 200)]).rows.map((row) => row.at)
    expect(times, `seed ${seed}`).toEqual([...times].sort((a, b) => a - b))
  }
})

test('whatever is told, fetches are never mixed', () => {
  for (const seed of SEEDS) {
    const events = randomStream(randomOf(seed), 200).filter(({ body }) => body.type !== 'cleared')
    const idOf = new Map<string, string>()
    for (const { body } of events) if (body.type === 'fetch-seen') idOf.set(body.handle, body.id)
    const model = fold([events])
    for (const { event, fetch } of model.rows) {
      if (fetch && 'handle' in event.body) expect(idOf.get(event.body.handle), `seed ${seed}`).toBe(fetch.id)
    }
    const names = new Map<string, typeof model.fetches>()
    for (const fetch of model.fetches) {
      const name = `${fetch.storageKey} ${fetch.scope} ${fetch.id}`
      names.set(name, [...(names.get(name) ?? []), fetch])
    }
    for (const [name, all] of names) {
      expect(
        all.map((fetch) => fetch.occurrence),
        `${name}, seed ${seed}`,
      ).toEqual(all.map((_, i) => i + 1))
      expect(all.slice(0, -1).filter(isLive), `${name}, seed ${seed}`).toEqual([])
    }
    expect(new Set(model.fetches.map((fetch) => fetch.key)).size).toBe(model.fetches.length)
  }
})

test('any valid events, in any order, are taken', () => {
  for (const seed of SEEDS) {
    const random = randomOf(seed)
    const model = createModel()
    for (let seq = 1; seq <= 200; seq++) {
      const body = sampleBody(pick(random, bodyShapes), random)
      model.apply([{ producer: 'p', seq, at: seq, source: 'page', document: 'a', storageKey: 'b', body }])
    }
    expect(model.have).toEqual({ p: 200 })
  }
})

test('rows that the journal has let go of are let go of here as well, and what remains stays the same', () => {
  const stream = tell()
  for (let i = 0; i < 130; i++) stream.page(say.seen(`h${i}`, { id: `${i}` }))
  const { model } = stream
  const { version } = model.since(-1)
  const last = model.rows.at(-1)
  stream.panel({ type: 'journal-cut', dropped: 30, bound: 100 })
  expect(model.rows).toHaveLength(81)
  expect(model.rows.at(-2)).toBe(last)
  expect(model.since(version).from).toBe(0)
  for (let i = 0; i < 10; i++) stream.panel({ type: 'journal-cut', dropped: 30, bound: 100 })
  expect(model.rows).toHaveLength(91)
})
