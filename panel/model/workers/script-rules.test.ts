import { expect, test } from 'vitest'
import { type ScriptRule, scriptRules } from '../../../protocol/worker-events'
import { createStream } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { findingsOf, textRules } from './script-rules'

const found = (rule: ScriptRule, line = 1) => ({
  rule,
  location: { url: 'https://pod.example/sw.js', line, column: 1 },
})

function workerWith(findings: ReturnType<typeof found>[] | undefined) {
  const stream = createStream()
  stream.panel(trace.on())
  stream.panel(trace.seen())
  stream.panel(trace.scripts({}, findings ? { findings } : {}))
  return stream.model.workers[0] ?? expect.unreachable()
}

test('a rule that is disabled finds nothing, and can be enabled again', () => {
  const worker = workerWith([
    found('script-no-update-ui'),
    found('script-no-update-ui', 2),
    found('script-record-stored'),
  ])
  expect(findingsOf(worker, new Set()).shown).toHaveLength(3)
  expect(findingsOf(worker, new Set(['script-no-update-ui', 'row-left']))).toEqual({
    shown: [found('script-record-stored')],
    disabled: ['script-no-update-ui'],
  })
})

test('a recording from before the rules has no findings', () => {
  expect(findingsOf(workerWith(undefined), new Set())).toEqual({ shown: [], disabled: [] })
})

test('each rule says what is wrong and how to fix it', () => {
  for (const rule of scriptRules) {
    const { wrong, fix, link } = textRules[rule]
    expect(new Set([wrong, fix, link]).size, rule).toBe(3)
  }
})
