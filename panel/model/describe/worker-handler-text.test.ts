import { expect, test } from 'vitest'
import { aborted, trace } from '../streams/workers.fixture'
import { workerHandlers } from '../workers/worker-handlers'
import { handlerTitle } from './worker-handler-text'

const titleOf = (stream: ReturnType<typeof aborted>) => {
  const [handler] = workerHandlers(stream.model.workers.at(-1) ?? expect.fail())
  return handler && handlerTitle(handler)
}

test('a listener that only the script mentions is not said to be missing when its event was handled', () => {
  const stream = aborted()
  stream.worker(trace.scripts({ backgroundfetchabort: 'listener' }))
  stream.worker(trace.dispatched({ handlers: null }))
  stream.worker(trace.done(0))
  expect(titleOf(stream)).toMatch(/whether it was added was not observed at run time$/)
})

test('a listener that was counted is observed', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  expect(titleOf(stream)).toMatch(/as observed when it was dispatched$/)
})
