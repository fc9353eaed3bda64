import { describe, expect, test } from 'vitest'
import { shownWorkers, workerHandlers } from './worker-handlers'
import { aborted, type tellTraced, trace } from './workers.fixture'

const handlers = (stream: ReturnType<typeof tellTraced>, script?: Parameters<typeof workerHandlers>[1]) => {
  const worker = stream.model.workers.at(-1)
  return (
    worker && workerHandlers(worker, script).map(({ name, listens, from }) => `${name} ${listens} ${from}`)
  )
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
    stream.worker(trace.dispatched({ handlers: 0 }))
    const script = new Map([
      ['backgroundfetchabort', true],
      ['backgroundfetchsuccess', true],
    ] as const)
    expect(handlers(stream, script)).toEqual(['abort no seen', 'success yes script', 'fail unknown null'])
  })
})

describe('the workers that are shown', () => {
  const scope = 'https://pod.example/'
  const shown = (stream: ReturnType<typeof tellTraced>, scopes = [scope]) =>
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

  test('are not those of pages that were left', () => {
    const stream = aborted()
    stream.worker(trace.stopped())
    expect(shown(stream, [])).toEqual([])
  })
})
