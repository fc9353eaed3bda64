import { expect, test } from 'vitest'
import { attributesOf } from '../streams/events.fixture'
import { createTracedStream, trace } from '../streams/workers.fixture'
import { shortProgress, wholeProgress } from '../table/progress'
import { summary } from './summary'

test('how much came of one that no page listed is not said where its event reads 0', () => {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.worker(trace.seen())
  const attributes = attributesOf({ result: 'success', downloaded: 0 })
  stream.worker(trace.dispatched({ name: 'backgroundfetchsuccess', attributes }))
  expect(summary(stream.fetch(), null, 0)[0]).toBe('Succeeded.')
  expect([shortProgress(stream.fetch()), wholeProgress(stream.fetch())]).toEqual(['', ''])
})
