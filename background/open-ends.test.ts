import { expect, test } from 'vitest'
import { contextOf } from '../protocol/context'
import type { Body } from '../protocol/events'
import { openEnds } from './open-ends'
import { events } from './session.fixture'

const ends = (...bodies: Body[]) => {
  const { watching, attended, kept } = openEnds(events('a', bodies))
  return [watching && 'watching', attended && 'attended', kept && 'kept'].filter(Boolean).join(' ')
}

const watch: Body = { type: 'watch-started' }
const keep: Body = { type: 'keep-started' }
const left: Body = { type: 'panel-left' }
const ended = (watched: boolean): Body => ({ type: 'keep-ended', why: 'switched-off', watched })

test.each<[string, Body[], string]>([
  ['nothing', [], ''],
  ['a panel', [watch], 'watching attended'],
  ['a panel that is gone', [watch, { type: 'watch-stopped' }], ''],
  ['a recording beside its panel', [watch, keep], 'watching attended kept'],
  ['a recording on its own', [watch, keep, left], 'watching kept'],
  ['a recording with a panel once more', [watch, keep, left, watch], 'watching attended kept'],
  ['a recording that ended beside a panel', [watch, keep, ended(true)], 'watching attended'],
  ['a recording that ended on its own', [watch, keep, left, ended(false)], ''],
])('after %s it is known how things stood', (_, bodies, expected) => {
  expect(ends(...bodies)).toBe(expected)
})

test('that is still known when the journal let go of older events', () => {
  const all = events('a', [watch, keep, left, { type: 'navigated', url: 'https://a.example/', reload: true }])
  expect(openEnds(contextOf(all, []))).toMatchObject({ watching: true, attended: false, kept: true })
})
