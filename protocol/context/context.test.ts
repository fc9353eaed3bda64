import { expect, test } from 'vitest'
import type { Body } from '../events'
import { events, frameOf, over, progress, seen } from '../events.fixture'
import { contextOf } from './context'

const types = (bodies: readonly Body[], recent: readonly Body[] = []) =>
  contextOf(events('a', bodies), events('a', recent, bodies.length + 1)).map(({ body }) => body.type)

const frame = frameOf()

test('of a fetch that is not over all stays but old progress, of one that is nothing', () => {
  expect(types([seen('h'), progress('h'), progress('h')])).toEqual(['fetch-seen', 'progress'])
  expect(types([seen('h'), over('h')])).toEqual([])
})

test('of a fetch that is mentioned all stays, also its end', () => {
  expect(types([seen('h')], [over('h')])).toEqual(['fetch-seen'])
  expect(types([seen('h'), over('h')], [progress('h')])).toEqual(['fetch-seen', 'event-over'])
})

test('a fetch that is over does not come back where another bridge, or none, saw its end', () => {
  const again: Body = { ...seen('other'), already: true } as Body
  expect(types([seen('h'), again, over('other')])).toEqual([])
  expect(types([seen('h'), { type: 'inventory', handles: [] }])).toEqual([])
  expect(types([seen('h'), seen('next'), over('next')])).toEqual([])
})

test('a run of a worker is dropped, or stays, with its end', () => {
  const run: Body[] = [
    { type: 'worker-seen', worker: 'w', url: '', scope: '', how: 'started', state: 'activated' },
    { type: 'worker-stopped', worker: 'w', how: 'stopped' },
  ]
  expect(types(run)).toEqual([])
  const late: Body = { type: 'worker-state', worker: 'w', state: 'redundant' }
  expect(types(run, [late])).toEqual(['worker-seen', 'worker-stopped'])
})

test('the last word on the tab and on each open frame stays', () => {
  const bodies: Body[] = [
    { type: 'watch-started' },
    { type: 'watch-stopped' },
    { type: 'watch-started' },
    frame,
    { ...frame, scopes: ['https://pod.example/'] },
  ]
  const recent = contextOf(events('a', bodies), [])
  expect(recent.map(({ seq }) => seq)).toEqual([3, 5])
  const gone: Body = { type: 'frame-gone', unwatched: true }
  expect(types([...bodies, gone])).toEqual(['watch-started'])
  // The Back button brings a document back.
  expect(types([...bodies, gone, frame])).toEqual(['watch-started', 'frame'])
  expect(types([...bodies, gone], [frame])).toEqual(['watch-started', 'frame'])
})

test('whether a page is offline stays, until another page begins to look', () => {
  const offline: Body = { type: 'connectivity', online: false }
  expect(types([offline])).toEqual(['connectivity'])
  expect(types([offline, { type: 'inventory', handles: [] }])).toEqual([])
  expect(types([{ type: 'inventory', handles: [] }, offline, { ...offline, online: true }])).toEqual([
    'connectivity',
  ])
})
