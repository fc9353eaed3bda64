import { expect, test, vi } from 'vitest'
import { type Sent, tracedWorker } from './chrome.fixture'
import { show, switchOn, TAB, tab } from './tracer.fixture'

const ORIGIN = 'https://pod.example'
const at = () => performance.timeOrigin + performance.now()

/** A worker that has the browser's own `fetch()` and `abort()`. */
function watchable(sent: Sent): unknown {
  const [, name] = /\.prototype\.(\w+)$/.exec(String(sent.params.expression)) ?? []
  if (sent.method !== 'Runtime.evaluate' || !name) return tracedWorker(sent)
  return { result: { type: 'function', objectId: name, description: `function ${name}() { [native code] }` } }
}
const isFacts = ({ params }: Sent) => /facts/.test(String(params.functionDeclaration))

test.each<[string, (sent: Sent) => unknown, boolean]>([
  ['that is traced', watchable, false],
  ['that has replaced abort()', tracedWorker, true],
  [
    'whose probe fails',
    (sent) => (sent.method === 'Runtime.evaluate' ? Promise.reject(new Error('no')) : {}),
    true,
  ],
  ['that does not answer', (sent) => (isFacts(sent) ? new Promise(() => {}) : watchable(sent)), true],
  [
    'that can’t be traced',
    (sent) => (isFacts(sent) ? Promise.reject(new Error('no')) : watchable(sent)),
    true,
  ],
])('whether a worker %s may have made calls that were not reported', async (_, answer, may) => {
  const tracer = await switchOn()
  tab.chrome.answers(answer)
  show('s1', false)
  await vi.advanceTimersByTimeAsync(3000)
  const before = at()
  expect(tracer.workerUntracedUntil(ORIGIN, before) === before).toBe(may)
  expect(tracer.workerUntracedUntil('https://other.example', before)).toBeNull()
  tab.chrome.onEvent.emit({ tabId: TAB, sessionId: 's1' }, 'Inspector.targetCrashed')
  await vi.advanceTimersByTimeAsync(1000)
  // Not after it has ended.
  expect(tracer.workerUntracedUntil(ORIGIN, at()) === before).toBe(may)
})

test('one that is being attached to may have, until it is watched', async () => {
  const tracer = await switchOn()
  let answer = () => {}
  const answers = new Promise<void>((resolve) => {
    answer = resolve
  })
  tab.chrome.answers(async (sent) => {
    await answers
    return watchable(sent)
  })
  show('s1', false)
  await vi.advanceTimersByTimeAsync(100)
  const early = at()
  expect(tracer.workerUntracedUntil(ORIGIN, early)).toBe(early)
  answer()
  await vi.advanceTimersByTimeAsync(3000)
  const until = tracer.workerUntracedUntil(ORIGIN, at()) ?? 0
  expect(until).toBeGreaterThanOrEqual(early)
  expect(until).toBeLessThan(at())
})
