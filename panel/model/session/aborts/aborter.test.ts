import { expect, test } from 'vitest'
import type { Body } from '../../../../protocol/events'
import { createStream, observed } from '../../streams/events.fixture'
import { called, caused } from '../calls.fixture'
import { aborterOf } from './aborter'

type Stream = ReturnType<typeof createStream>

const steps = {
  'this panel asks for an abort': (stream) => stream.panel(observed.abort('h', 'c1')),
  'the page answers true': (stream) =>
    stream.page(observed.answer('h', { kind: 'resolved', value: true }, 'c1')),
  'the page answers false': (stream) =>
    stream.page(observed.answer('h', { kind: 'resolved', value: false }, 'c1')),
  'a script of an extension calls abort()': (stream) =>
    stream.page({ ...called('abort'), location: null, extension: true } as Body),
  'code without a place calls abort()': (stream) =>
    stream.page({ ...called('abort'), location: null } as Body),
  'a script calls abort()': (stream) => stream.page(called('abort')),
  'it is aborted': (stream) => stream.page(observed.failure('h')),
  'another panel has aborted it': (stream) => stream.page(caused('other-panel')),
  'nobody in this tab has': (stream) => stream.page(caused('not-this-tab')),
} satisfies Record<string, (stream: Stream) => void>

test.each<[string, (keyof typeof steps)[]]>([
  ['panel', ['this panel asks for an abort', 'it is aborted']],
  ['unknown', ['this panel asks for an abort', 'a script calls abort()', 'it is aborted']],
  [
    'panel',
    ['this panel asks for an abort', 'a script calls abort()', 'it is aborted', 'the page answers true'],
  ],
  [
    'page',
    ['this panel asks for an abort', 'a script calls abort()', 'it is aborted', 'the page answers false'],
  ],
  ['extension', ['a script of an extension calls abort()', 'it is aborted']],
  ['script', ['code without a place calls abort()', 'it is aborted']],
  ['elsewhere', ['code without a place calls abort()', 'a script calls abort()', 'it is aborted']],
  ['page', ['a script calls abort()', 'it is aborted', 'nobody in this tab has']],
  ['other-panel', ['a script calls abort()', 'it is aborted', 'another panel has aborted it']],
  ['not-this-tab', ['it is aborted', 'nobody in this tab has']],
  ['elsewhere', ['it is aborted']],
])('whose abort it is, of all that is known: %s', (by, story) => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  for (const step of story) steps[step](stream)
  expect(aborterOf(stream.model.fetches[0] ?? expect.unreachable())?.by).toBe(by)
})

test('nobody has aborted a fetch that runs or succeeded', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(called('abort'))
  const fetch = stream.model.fetches[0] ?? expect.unreachable()
  expect(aborterOf(fetch)).toBeNull()
  stream.page(observed.success('h'))
  expect(aborterOf(fetch)).toBeNull()
})
