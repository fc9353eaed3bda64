import { expect, test } from 'vitest'
import { aborted, trace } from '../streams/workers.fixture'
import { fullPlace, handlerPlace } from './handler-place'

const location = { url: 'https://pod.example/handlers/between.js', line: 11, column: 9 }
const placeOf = ({ fetch, model }: ReturnType<typeof aborted>) => handlerPlace(fetch(), model.workers)

test('the place of a handler is where it was seen to be added', () => {
  const stream = aborted()
  stream.worker(trace.scripts({ backgroundfetchabort: 'listener' }))
  stream.worker(trace.dispatched({ location }))
  const place = placeOf(stream)
  expect(place).toEqual({ from: 'seen', location })
  expect(place && fullPlace(place.location)).toBe('https://pod.example/handlers/between.js:11:9')
})

test('else where the text of the script adds it, if that is one place', () => {
  const stream = aborted()
  expect(placeOf(stream)).toBeNull()
  stream.worker(trace.scripts({ backgroundfetchabort: 'listener', backgroundfetchsuccess: 'text' }))
  expect(placeOf(stream)).toMatchObject({ from: 'script', location: { line: 12 } })
  stream.worker(trace.seen('w2'))
  stream.worker({
    ...{ type: 'worker-scripts', worker: 'w2', complete: true, added: [] },
    mentions: [{ name: 'backgroundfetchabort', as: 'listener', location }],
  })
  expect(placeOf(stream)).toBeNull()
  // The event came to one of them.
  stream.worker(trace.dispatched({ worker: 'w2' }))
  expect(placeOf(stream)).toEqual({ from: 'script', location })
})

test('a mention that adds no listener is no handler', () => {
  const stream = aborted()
  stream.worker(trace.scripts({ backgroundfetchabort: 'text' }))
  expect(placeOf(stream)).toBeNull()
})

test('where nothing listened to the event, what the text mentions is no handler', () => {
  const stream = aborted()
  stream.worker(trace.scripts({ backgroundfetchabort: 'listener' }))
  stream.worker(trace.dispatched({ handlers: 0 }))
  expect(placeOf(stream)).toBeNull()
})
