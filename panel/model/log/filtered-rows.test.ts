import { describe, expect, test } from 'vitest'
import { createModel } from '../session/fold'
import type { Row } from '../session/view'
import { createStream, observed } from '../streams/events.fixture'
import { streamNumber } from '../streams/stream.fixture'
import { createAllRows, createFilteredRows, frozen } from './filtered-rows'

const isPage = ({ event }: Row) => event.source === 'page'

describe('filtered rows', () => {
  test('always holds what a filter over all rows would', () => {
    for (const seed of [1, 2, 3]) {
      const model = createModel()
      const passes = (row: Row) => row.count % 2 === 1 && isPage(row)
      const filteredRows = createFilteredRows(model, passes)
      for (const event of streamNumber(seed, 600)) {
        model.apply([event])
        const before = [...filteredRows.rows]
        const from = filteredRows.update()
        expect(filteredRows.rows).toEqual(model.rows.filter(passes))
        expect(filteredRows.rows.slice(0, from)).toEqual(before.slice(0, from))
      }
    }
  })

  test('tests a row once', () => {
    const { model, page } = createStream()
    let tested = 0
    const filteredRows = createFilteredRows(model, () => {
      tested++
      return true
    })
    for (let i = 0; i < 50; i++) {
      page(observed.seen(`h${i}`, { id: `episode-${i}` }))
      filteredRows.update()
    }
    expect(tested).toBe(50)
  })

  test('goes on from where it was in a long log, also where it has let nothing through yet', () => {
    const { model, page } = createStream()
    const wanted = createFilteredRows(model, ({ fetch }) => /7$/.test(fetch?.id ?? ''))
    const late = createFilteredRows(model, ({ fetch }) => fetch?.id === 'episode-2999')
    for (let i = 0; i < 3000; i++) {
      page(observed.seen(`h${i}`, { id: `episode-${i}` }))
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

  test('asks again when a row says something else', () => {
    const { model, page } = createStream()
    const filteredRows = createFilteredRows(model, ({ count }) => count > 1)
    page(observed.seen('h1'))
    page(observed.progress('h1', 10))
    filteredRows.update()
    expect(filteredRows.rows).toEqual([])
    page(observed.progress('h1', 20))
    filteredRows.update()
    expect(filteredRows.rows.map(({ kind }) => kind)).toEqual(['progress'])
  })
})

test('the whole log reports from where on it changed', () => {
  const { model, page } = createStream()
  const allRows = createAllRows(model)
  page(observed.seen('h1'))
  page(observed.progress('h1', 10))
  expect(allRows.update()).toBe(0)
  page(observed.success('h1'))
  expect(allRows.update()).toBe(2)
  page(observed.seen('h2', { id: 'other' }), -15)
  expect(allRows.update()).toBe(1)
  expect(allRows.update()).toBe(4)
})

test('who asks late still hears which rows are the same', () => {
  const { model, page } = createStream()
  page(observed.seen('h1'))
  const { version } = model.since(-1)
  for (let i = 0; i < 5000; i++) page(observed.progress('h1', i))
  expect(model.since(version)).toMatchObject({ from: 1, updated: [model.rows[1]] })
  for (let i = 0; i < 5000; i++) page(observed.seen(`other ${i}`, { id: `${i}` }))
  expect(model.since(version).from).toBe(1)
})

test('who asks when more has changed than is kept starts anew', () => {
  const { model, page } = createStream()
  for (let i = 0; i < 4000; i++) page(observed.seen(`h${i}`, { id: `${i}` }))
  for (let i = 0; i < 4000; i++) page(observed.progress(`h${i}`, 1), 0)
  const { version } = model.since(-1)
  for (let i = 0; i < 4000; i++) page(observed.progress(`h${i}`, 2), 0)
  expect(model.since(version).from).toBe(0)
})

test('a frozen log stays as it was, also in rows that several events share', () => {
  const { model, page } = createStream()
  page(observed.seen('h1'))
  page(observed.progress('h1', 10))
  const still = frozen(model)
  page(observed.progress('h1', 20))
  expect(model.rows.at(-1)?.count).toBe(2)
  expect(still.rows.at(-1)?.count).toBe(1)
})

test('a frozen log takes no rows in', () => {
  const { model, page } = createStream()
  page(observed.seen('h1'))
  const still = frozen(model)
  const filteredRows = createAllRows(still)
  expect(filteredRows.update()).toBe(0)
  page(observed.success('h1'))
  expect(filteredRows.update()).toBe(1)
  expect(filteredRows.rows).toHaveLength(1)
})
