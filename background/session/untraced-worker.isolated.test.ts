import { expect, test } from 'vitest'
import type { Location } from '../../protocol/worker-fields'
import { machine, openPanel, pass, TAB, tracer } from './tab.fixture'

const location: Location = { url: 'https://pod.example/app.js', line: 12, column: 3 }

test.each([
  ['abort', 0, true],
  ['abort', 1000, true],
  ['abort', 1001, false],
  ['fetch', 0, true],
  ['fetch', 1, false],
] as const)(
  'a call of %s() is recorded together with a worker that was not traced until %i ms before: %s',
  async (method, before, isRecorded) => {
    const { start, store } = machine()
    await openPanel(start(), true)
    const at = Date.now()
    tracer.workerUntracedUntil.mockReturnValueOnce(at - before)
    for (const id of ['a', 'b']) {
      const call = { method, id, origin: 'https://pod.example', location, callers: [] }
      tracer.needs?.emit({ type: 'page-call', ...call }, at)
    }
    await pass(1000)
    expect(tracer.workerUntracedUntil.mock.calls[0]).toEqual(['https://pod.example', at, undefined])
    const calls = (store.tabs.get(TAB) ?? []).flatMap(({ body }) => (body.type === 'page-call' ? [body] : []))
    expect(calls.map(({ untracedUntil }) => untracedUntil)).toEqual([
      isRecorded ? at - before : undefined,
      undefined,
    ])
  },
)
