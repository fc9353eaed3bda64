import { expect, test } from 'vitest'
import type { BodyOf } from '../../protocol/events'
import { isVerbose } from './levels'
import { workerScriptsText } from './worker-scripts-text'
import { aborted, trace } from './workers.fixture'

const last = (...scripts: Parameters<typeof trace.scripts>) => {
  const stream = aborted()
  stream.worker(trace.scripts(...scripts))
  const row = stream.model.rows.at(-1)
  if (!row) throw new Error('No row.')
  return { verbose: isVerbose(row), text: workerScriptsText(row.event.body as BodyOf<'worker-scripts'>) }
}

test('what a script mentions is told apart', () => {
  expect(
    last({
      backgroundfetchabort: 'listener',
      backgroundfetchsuccess: 'text',
      backgroundfetchfail: 'comment',
    }),
  ).toEqual({
    verbose: true,
    text: 'it mentions listeners to backgroundfetchabort; it mentions backgroundfetchsuccess elsewhere; backgroundfetchfail only in comments',
  })
})

test('nothing is said to be missing where not all was read', () => {
  expect(last().text).toBe('it mentions no background fetch event')
  expect(last({}, { complete: false }).text).toBe('not all of it could be read')
})

test('a listener to an event that does not exist is shown at once', () => {
  expect(last({ backgroundfetched: 'listener' })).toEqual({
    verbose: false,
    text: 'no event of the browser is called backgroundfetched',
  })
})
