import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Sent, tracedWorker } from '../chrome.fixture'
import { createWorkerRun } from './worker-run'

vi.mock('virtual:probe', () => ({ default: '(() => {})' }))

beforeEach(() => void vi.useFakeTimers({ now: Date.now() }))
afterEach(() => void vi.useRealTimers())

/** A worker that starts, and what it is sent. */
function startedRun(answer: (one: Sent) => unknown) {
  const sent: string[] = []
  const run = createWorkerRun(
    'worker-1',
    'https://pod.example/sw.js',
    'mark',
    async (method: string, given: object = {}) => {
      const params = given as Record<string, unknown>
      const [, removed] = /^delete this\.(\w+)_/.exec(String(params.expression)) ?? []
      sent.push(removed ? `remove ${removed}` : method)
      return answer({ method, params, session: 's1' })
    },
    () => {},
    () => {},
  )
  return { sent, installed: run.install('started', () => sent.push('resume')) }
}

test('a worker that starts takes everything before it goes on, and the binding when the probe waits for it', async () => {
  const { sent, installed } = startedRun(tracedWorker)
  await installed
  expect(sent.slice(0, 6)).toEqual([
    'Runtime.enable',
    'Network.enable',
    'Runtime.evaluate',
    'Runtime.evaluate',
    'resume',
    'Runtime.globalLexicalScopeNames',
  ])
  expect(sent.filter((it) => it === 'Runtime.addBinding')).toHaveLength(1)
})

test('a worker that DevTools lets go on before the probe gets no binding before the probe runs', async () => {
  let asked = 0
  const { sent, installed } = startedRun((one) =>
    one.method === 'Runtime.globalLexicalScopeNames' && ++asked < 4 ? { names: ['its'] } : tracedWorker(one),
  )
  await vi.waitFor(() => expect(sent).toContain('Runtime.addBinding'))
  await installed
  const asking = sent.slice(0, sent.indexOf('Runtime.addBinding')).filter((it) => /LexicalScope/.test(it))
  expect(asking).toHaveLength(4)
})

test('a worker whose variables can’t be read is traced as one that runs', async () => {
  const { sent, installed } = startedRun((one) => {
    if (one.method === 'Runtime.globalLexicalScopeNames') return {}
    const isBegin = /\.begin\(\)/.test(String(one.params.functionDeclaration))
    if (isBegin && !sent.includes('Runtime.addBinding')) return { result: { type: 'boolean', value: false } }
    return tracedWorker(one)
  })
  await installed
  expect(sent.filter((it) => it === 'Runtime.addBinding')).toHaveLength(1)
})

test('a worker that answers nothing while it is paused, as at its first registration, goes on', () => {
  const { sent } = startedRun(() => new Promise(() => {}))
  expect(sent).toEqual(['Runtime.enable', 'Network.enable', 'Runtime.evaluate', 'Runtime.evaluate', 'resume'])
})

test('a binding that came too late for the probe is taken off the global scope, and another is added', async () => {
  let asked = 0
  const { sent, installed } = startedRun((one) => {
    const isBegin = /\.begin\(\)/.test(String(one.params.functionDeclaration))
    if (isBegin && ++asked === 1) return { result: { type: 'boolean', value: false } }
    return tracedWorker(one)
  })
  await installed
  const bindings = sent.filter((it) => it === 'Runtime.addBinding' || it.startsWith('remove'))
  expect(bindings).toEqual(['Runtime.addBinding', 'remove backgroundFetch', 'Runtime.addBinding'])
})

test('the binding of a probe that a script does not let in is taken off the global scope', async () => {
  const thrown = {
    result: { type: 'object' },
    exceptionDetails: { exception: { type: 'string', value: 'replaced' } },
  }
  const { sent, installed } = startedRun((one) => {
    const answer = tracedWorker(one)
    return String(one.params.expression).includes('"started"') ? thrown : answer
  })
  await expect(installed).rejects.toMatchObject({ reason: 'replaced' })
  await vi.waitFor(() => expect(sent.at(-1)).toBe('remove backgroundFetch'))
})
