import { expect, test } from 'vitest'
import type { Body, SessionEvent } from '../../protocol/events'
import { interruption } from './interruption'

const journal = (...bodies: Body[]): SessionEvent[] =>
  bodies.map((body, i) => ({
    producer: 'p',
    seq: i + 1,
    at: i,
    source: 'worker',
    document: null,
    storageKey: null,
    body,
  }))
const tracer = (state: 'on' | 'off'): Body => ({ type: 'tracer', state, reason: '', detail: '' })
const seen = (worker: string): Body => ({
  type: 'worker-seen',
  worker,
  url: 'https://pod.example/sw.js',
  scope: 'https://pod.example/',
  state: 'activated',
  how: 'running',
})
const stopped = (worker: string): Body => ({ type: 'worker-stopped', worker, how: 'stopped' })

test('a journal whose tracing was not ended lacks its end, and those of the runs that were traced', () => {
  const missing = interruption(journal(tracer('on'), seen('w1'), seen('w2'), stopped('w1')))
  expect(missing).toEqual([
    { type: 'tracer', state: 'failed', reason: 'interrupted', detail: '' },
    { type: 'worker-stopped', worker: 'w2', how: 'untraced' },
  ])
})

test('a journal that is complete lacks nothing', () => {
  expect(interruption([])).toEqual([])
  expect(interruption(journal(tracer('on'), seen('w1'), stopped('w1'), tracer('off')))).toEqual([])
})
