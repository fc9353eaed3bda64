import { h } from 'preact'
import { expect, test } from 'vitest'
import { createDrawnLines } from './drawn-lines'

/** Draws lines of these states by their keys; returns the keys of those that were made. */
function drawing() {
  const lines = createDrawnLines()
  return (source: object, states: Readonly<Record<number, string>>) => {
    const made: number[] = []
    lines.begin(source)
    for (const [key, state] of Object.entries(states)) {
      lines.line(Number(key), state, () => {
        made.push(Number(key))
        return h('div', null)
      })
    }
    return made
  }
}

test('only lines that come into view are made', () => {
  const draw = drawing()
  const source = {}
  expect(draw(source, { 1: '', 2: '', 3: '' })).toEqual([1, 2, 3])
  expect(draw(source, { 2: '', 3: '', 4: '' })).toEqual([4])
  expect(draw(source, { 1: '', 2: '' })).toEqual([1])
})

test('a line in another state is made anew, and all are where what they follow from has changed', () => {
  const draw = drawing()
  const source = {}
  draw(source, { 1: 'closed', 2: 'closed' })
  expect(draw(source, { 1: 'open', 2: 'closed' })).toEqual([1])
  expect(draw({}, { 1: 'open', 2: 'closed' })).toEqual([1, 2])
})
