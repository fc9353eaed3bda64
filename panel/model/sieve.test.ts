import { describe, expect, test } from 'vitest'
import { say, tell } from './events.fixture'
import { createModel } from './fold'
import { createSieve, createWhole, frozen } from './sieve'
import { streamNumber } from './stream.fixture'
import type { Row } from './view'

const isPage = ({ event }: Row) => event.source === 'page'

describe('a sieve', () => {
  test('always holds what a filter over all rows would', () => {
    for (const seed of [1, 2, 3]) {
      const model = createModel()
      const passes = (row: Row) => row.count % 2 === 1 && isPage(row)
      const sieve = createSieve(model, passes)
      for (const event of streamNumber(seed, 600)) {
        model.apply([event])
        const before = [...sieve.rows]
        const from = sieve.update()
        expect(sieve.rows).toEqual(model.rows.filter(passes))
        expect(sieve.rows.slice(0, from)).toEqual(before.slice(0, from))
      }
    }
  })

  test('tests a row once', () => {
    const { model, page } = tell()
    let tested = 0
    const sieve = createSieve(model, () => {
      tested++
      return true
    })
    for (let i = 0; i < 50; i++) {
      page(say.seen(`h${i}`, { id: `episode-${i}` }))
      sieve.update()
    }
    expect(tested).toBe(50)
  })

  test('goes on from where it was in a long log, also where it has let nothing through yet', () => {
    const { model, page } = tell()
    const wanted = createSieve(model, ({ fetch }) => /7$/.test(fetch?.id ?? ''))
    const late = createSieve(model, ({ fetch }) => fetch?.id === 'episode-2999')
    for (let i = 0; i < 3000; i++) {
      page(say.seen(`h${i}`, { id: `episode-${i}` }))
      if (i % 100 === 0) wanted.update()
      late.update()
    }
    wanted.update()
    expect(wanted.rows).toHaveLength(300)
    expect(wanted.rows.map(({ fetch }) => fetch?.id)).toEqual(
      Array.from({ length: 300 }, (_, i) => `episode-${i * 10 + 7}`),
    )
    expect(late.rows.map(({ fetch }) => fetch?.id)).toEqual(['episode-2999'])
  })

  test('asks again when a row tells something else', () => {
    const { model, page } = tell()
    const sieve = createSieve(model, ({ count }) => count > 1)
    page(say.seen('h1'))
    page(say.progress('h1', 10))
    sieve.update()
    expect(sieve.rows).toEqual([])
    page(say.progress('h1', 20))
    sieve.update()
    expect(sieve.rows.map(({ kind }) => kind)).toEqual(['progress'])
  })
})

test('the whole log tells from where on it changed', () => {
  const { model, page } = tell()
  const whole = createWhole(model)
  page(say.seen('h1'))
  page(say.progress('h1', 10))
  expect(whole.update()).toBe(0)
  page(say.success('h1'))
  expect(whole.update()).toBe(2)
  page(say.seen('h2', { id: 'other' }), -15)
  expect(whole.update()).toBe(1)
  expect(whole.update()).toBe(4)
})

test('who asks late still hears which rows are the same', () => {
  const { model, page } = tell()
  page(say.seen('h1'))
  const { version } = model.since(-1)
  for (let i = 0; i < 5000; i++) page(say.progress('h1', i))
  expect(model.since(version)).toMatchObject({ from: 1, retold: [model.rows[1]] })
  for (let i = 0; i < 5000; i++) page(say.seen(`other ${i}`, { id: `${i}` }))
  expect(model.since(version).from).toBe(1)
})

test('who asks when more has changed than is kept starts anew', () => {
  const { model, page } = tell()
  for (let i = 0; i < 4000; i++) page(say.seen(`h${i}`, { id: `${i}` }))
  for (let i = 0; i < 4000; i++) page(say.progress(`h${i}`, 1), 0)
  const { version } = model.since(-1)
  for (let i = 0; i < 4000; i++) page(say.progress(`h${i}`, 2), 0)
  expect(model.since(version).from).toBe(0)
})

test('a frozen log stays as it was, also in rows that several events share', () => {
  const { model, page } = tell()
  page(say.seen('h1'))
  page(say.progress('h1', 10))
  const still = frozen(model)
  page(say.progress('h1', 20))
  expect(model.rows.at(-1)?.count).toBe(2)
  expect(still.rows.at(-1)?.count).toBe(1)
})

test('a frozen log takes no rows in', () => {
  const { model, page } = tell()
  page(say.seen('h1'))
  const still = frozen(model)
  const sieve = createWhole(still)
  expect(sieve.update()).toBe(0)
  page(say.success('h1'))
  expect(sieve.update()).toBe(1)
  expect(sieve.rows).toHaveLength(1)
})
