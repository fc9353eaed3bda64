import fc from 'fast-check'
import { expect, test } from 'vitest'
// biome-ignore lint/style/noRestrictedImports: what the panel makes of the stream is what this is about.
import { createModel } from '../panel/model/session/fold'
// biome-ignore lint/style/noRestrictedImports: what the panel makes of the stream is what this is about.
import { isLive } from '../panel/model/session/view'
// biome-ignore lint/style/noRestrictedImports: what the panel makes of the stream is what this is about.
import { streams } from '../panel/model/streams/stream.fixture'
import { contextOf } from './context'
import type { Body, SessionEvent } from './events'
import { events, frameOf, over, progress, seen } from './events.fixture'

const types = (bodies: readonly Body[], recent: readonly Body[] = []) =>
  contextOf(events('a', bodies), events('a', recent, bodies.length + 1)).map(({ body }) => body.type)

const frame = frameOf()

/** What a panel shows as there, running or not over, that received these events. */
const open = (stream: readonly SessionEvent[]) => {
  const model = createModel()
  model.apply(stream)
  const fetches = model.fetches
    .filter((fetch) => isLive(fetch) || (fetch.state === 'settled' && fetch.settledBy === 'page'))
    .map(({ storageKey, scope, id, handle, state, attributes, seenAt, settledAt, abort, responses }) => {
      return { storageKey, scope, id, handle, state, attributes, seenAt, settledAt, abort, responses }
    })
  const byName = (a: string, b: string) => (a < b ? -1 : 1)
  return { fetches, frames: [...model.frames.keys()].sort(byName) }
}

test('a panel shows the same fetches, whatever was dropped', () => {
  fc.assert(
    fc.property(streams(100), fc.nat(), (reported, at) => {
      // Of what workers say, only how a fetch ended matters here; see the tests of the panel's model.
      const all = reported.filter(({ source }) => source !== 'worker')
      expect(open(contextOf(all, []))).toEqual(open(all))
      const cut = at % (all.length + 1)
      const [old, recent] = [all.slice(0, cut), all.slice(cut)]
      expect(open([...contextOf(old, recent), ...recent])).toEqual(open(all))
    }),
    { numRuns: 300 },
  )
}, 60_000)

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
