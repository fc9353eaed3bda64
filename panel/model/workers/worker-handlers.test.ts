import { describe, expect, test } from 'vitest'
import { aborted, type createTracedStream, trace } from '../streams/workers.fixture'
import { shownWorkers, workerHandlers } from './worker-handlers'

const handlers = (stream: ReturnType<typeof createTracedStream>) => {
  const worker = stream.model.workers.at(-1)
  return worker && workerHandlers(worker).map(({ name, listens, from }) => `${name} ${listens} ${from}`)
}

describe('the listeners of a worker', () => {
  test('are unknown before one of its events was seen', () => {
    expect(handlers(aborted())).toEqual(['abort unknown null', 'success unknown null', 'fail unknown null'])
  })

  test('are known of the events that were seen, and of no others', () => {
    const stream = aborted()
    stream.worker(trace.dispatched())
    expect(handlers(stream)?.slice(0, 2)).toEqual(['abort yes seen', 'success unknown null'])
    stream.worker(trace.dispatched({ event: 2, name: 'backgroundfetchfail', handlers: 0 }))
    expect(handlers(stream)?.[2]).toBe('fail no seen')
  })

  test('stay unknown where they could not be counted, until one calls waitUntil()', () => {
    const stream = aborted()
    stream.worker(trace.dispatched({ handlers: null }))
    expect(handlers(stream)?.[0]).toBe('abort unknown null')
    stream.worker(trace.waits())
    expect(handlers(stream)?.[0]).toBe('abort yes seen')
  })

  test('are what the script says where none was seen, and what was seen where both are known', () => {
    const stream = aborted()
    stream.worker(trace.scripts({ backgroundfetchabort: 'listener', backgroundfetchsuccess: 'listener' }))
    expect(handlers(stream)).toEqual(['abort yes script', 'success yes script', 'fail no script'])
    stream.worker(trace.dispatched({ handlers: 0 }))
    expect(handlers(stream)).toEqual(['abort no seen', 'success yes script', 'fail no script'])
  })

  test('are those that were added when the script ran, whatever its text mentions', () => {
    const stream = aborted()
    const mentions = { backgroundfetchabort: 'listener', backgroundfetchfail: 'listener' } as const
    const added = [
      { name: 'backgroundfetchabort', count: 0 },
      { name: 'backgroundfetchsuccess', count: 2 },
      { name: 'backgroundfetchfail', count: null },
    ] as const
    stream.worker(trace.scripts(mentions, { added: [...added] }))
    expect(handlers(stream)).toEqual(['abort no added', 'success yes added', 'fail yes script'])
    stream.worker(trace.dispatched())
    expect(handlers(stream)?.[0]).toBe('abort yes seen')
  })

  test('are unknown where a script has the name of the event elsewhere, and none in a comment', () => {
    const stream = aborted()
    stream.worker(trace.scripts({ backgroundfetchabort: 'text', backgroundfetchfail: 'comment' }))
    expect(handlers(stream)).toEqual(['abort unknown script', 'success no script', 'fail no script'])
  })

  test('are unknown where a script may put the name of the event together', () => {
    const stream = aborted()
    stream.worker(trace.scripts({ backgroundfetch: 'text', backgroundfetchfail: 'listener' }))
    expect(handlers(stream)).toEqual(['abort unknown null', 'success unknown null', 'fail yes script'])
  })

  test('are unknown where not all of the scripts could be read', () => {
    const stream = aborted()
    stream.worker(
      trace.scripts(
        { backgroundfetchsuccess: 'listener', backgroundfetchfail: 'comment' },
        { complete: false },
      ),
    )
    expect(handlers(stream)).toEqual(['abort unknown null', 'success yes script', 'fail unknown null'])
  })
})

describe('the workers that are shown', () => {
  const scope = 'https://pod.example/'
  const shown = (stream: ReturnType<typeof createTracedStream>, scopes = [scope]) =>
    shownWorkers(stream.model.workers, new Set(scopes)).map(({ worker }) => worker)

  test('are the one that runs, and the last run once none does', () => {
    const stream = aborted()
    expect(shown(stream)).toEqual(['w1'])
    stream.worker(trace.stopped())
    expect(shown(stream)).toEqual(['w1'])
    stream.worker(trace.seen('w2', { how: 'started' }))
    expect(shown(stream)).toEqual(['w2'])
    stream.worker(trace.stopped('w2'))
    expect(shown(stream)).toEqual(['w2'])
  })

  test('are not one that another script has replaced, which nothing reports while it does not run', () => {
    const stream = aborted()
    stream.worker(trace.stopped())
    const next = { how: 'started', url: 'https://pod.example/next.js' } as const
    stream.worker(trace.seen('w2', { ...next, state: 'installed' }))
    stream.worker(trace.stopped('w2'))
    expect(shown(stream)).toEqual(['w1', 'w2'])
    stream.worker(trace.seen('w3', { ...next, state: 'activated' }))
    stream.worker(trace.stopped('w3'))
    expect(shown(stream)).toEqual(['w3'])
  })

  test('are not those of pages that were left', () => {
    const stream = aborted()
    stream.worker(trace.stopped())
    expect(shown(stream, [])).toEqual([])
  })
})
