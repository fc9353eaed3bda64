import { expect, test } from 'vitest'
import { contextOf } from '../../../protocol/context/context'
import type { Body } from '../../../protocol/events'
import { events } from '../../../protocol/events.fixture'
import { openEnds } from './open-ends'

const ends = (...bodies: Body[]) => {
  const { watching, panelPresent, recorded } = openEnds(events('a', bodies))
  return [watching && 'watching', panelPresent && 'present', recorded && 'recorded'].filter(Boolean).join(' ')
}

const watch: Body = { type: 'watch-started' }
const recordingStarted: Body = { type: 'recording-started' }
const left: Body = { type: 'panel-left' }
const ended = (watched: boolean): Body => ({ type: 'recording-ended', why: 'switched-off', watched })

test.each<[string, Body[], string]>([
  ['nothing', [], ''],
  ['a panel', [watch], 'watching present'],
  ['a panel that is gone', [watch, { type: 'watch-stopped' }], ''],
  ['a recording beside its panel', [watch, recordingStarted], 'watching present recorded'],
  ['a recording on its own', [watch, recordingStarted, left], 'watching recorded'],
  ['a recording with a panel once more', [watch, recordingStarted, left, watch], 'watching present recorded'],
  ['a recording that ended beside a panel', [watch, recordingStarted, ended(true)], 'watching present'],
  ['a recording that ended on its own', [watch, recordingStarted, left, ended(false)], ''],
])('after %s it is known how things stood', (_, bodies, expected) => {
  expect(ends(...bodies)).toBe(expected)
})

test('that is still known when the journal dropped older events', () => {
  const all = events('a', [
    watch,
    recordingStarted,
    left,
    { type: 'navigated', url: 'https://a.example/', reload: true },
  ])
  expect(openEnds(contextOf(all, []))).toMatchObject({ watching: true, panelPresent: false, recorded: true })
})
