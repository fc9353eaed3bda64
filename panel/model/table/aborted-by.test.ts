import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { called, caused, location } from '../session/calls.fixture'
import { observed, startedStream } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { abortedBy } from './aborted-by'
import { outcomeOf } from './outcome'

/** What is said of a fetch that was aborted after this. */
function said(...bodies: readonly Body[]) {
  const stream = startedStream()
  for (const body of bodies) stream.page(body)
  stream.page(observed.failure('h'))
  const [fetch] = stream.model.fetches
  return fetch && [outcomeOf(fetch)?.text, abortedBy(fetch)]
}

const byPage = { ...called('abort'), location: { ...location, line: 88 } } as Body
const byWorker: Body = {
  type: 'worker-call',
  worker: 'w1',
  method: 'abort',
  id: 'episode',
  location: { url: 'https://pod.example/sw.js', line: 12, column: 3 },
  callers: [],
}

test('where the call was seen, the table says its place, and the sentence whose script it was', () => {
  expect(said(byPage)).toEqual(['aborted · app.js:88', 'Aborted by the page at app.js:88'])
  expect(said(trace.seen(), byWorker)).toEqual([
    'aborted · sw.js:12',
    'Aborted by the service worker at sw.js:12',
  ])
})

test('of a script in one line the table says the file, and the sentence the place', () => {
  const bundled = { ...byPage, location: { ...location, line: 1, column: 48_213 } } as Body
  expect(said(bundled)).toEqual(['aborted · app.js', 'Aborted by the page at start @ app.js:1:48213'])
})

test('where its place is not known, both say whose script it was', () => {
  expect(said({ ...byPage, location: null } as Body)).toEqual([
    'aborted · script',
    'Aborted by code in the page without a known URL (such as the Console or an extension)',
  ])
  expect(said(trace.seen(), { ...byWorker, location: null })).toEqual([
    'aborted · worker',
    'Aborted by a script of the service worker',
  ])
})

test('where no call was seen, both say the same of it', () => {
  expect(said()).toEqual(['aborted · unknown', 'Aborted by an unknown source (not this panel)'])
  expect(said(observed.progress('h', 10), caused('other-panel'))?.[0]).toBe('aborted · other panel')
})

test('of a fetch that was not aborted nobody is said to have aborted it', () => {
  const stream = startedStream()
  expect(stream.model.fetches.map(abortedBy)).toEqual([null])
  stream.page(observed.success('h'))
  expect(stream.model.fetches.map(abortedBy)).toEqual([null])
})
