import { expect, test } from 'vitest'
import type { BodyOf } from '../../../protocol/events'
import { aborted, trace } from '../streams/workers.fixture'
import { workerScriptsText } from './worker-scripts-text'

const textOf = (...scripts: Parameters<typeof trace.scripts>) =>
  workerScriptsText(trace.scripts(...scripts) as BodyOf<'worker-scripts'>)

test('what a script mentions is distinguished', () => {
  expect(
    textOf({
      backgroundfetchabort: 'listener',
      backgroundfetchsuccess: 'text',
      backgroundfetchfail: 'comment',
    }),
  ).toBe(
    'it mentions listeners to backgroundfetchabort; it mentions backgroundfetchsuccess elsewhere; backgroundfetchfail only in comments',
  )
})

test('nothing is said to be missing where not all was read', () => {
  expect(textOf()).toBe('it mentions no background fetch event')
  expect(textOf({ backgroundfetch: 'text' })).toBe(
    'it mentions no background fetch event by its full name, but may build a name from parts',
  )
  for (const mentions of [{}, { backgroundfetch: 'text' }] as const)
    expect(textOf(mentions, { complete: false })).toBe('not all of it could be read')
})

test('only a listener to an event that does not exist has a row', () => {
  const stream = aborted()
  const before = stream.model.rows.length
  stream.worker(trace.scripts({ backgroundfetchabort: 'listener' }))
  expect(stream.model.rows).toHaveLength(before)
  stream.worker(trace.scripts({ backgroundfetched: 'listener' }))
  expect(stream.last()).toBe('worker’s script read: no event of the browser is called backgroundfetched')
})
