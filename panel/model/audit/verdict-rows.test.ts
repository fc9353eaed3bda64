import { expect, test } from 'vitest'
import { createAuditStream } from './audit.fixture'
import { step } from './event-steps.fixture'
import { row } from './verdict.fixture'

test('what is known so far has a row for each kind of verdict, however often it grows', () => {
  const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
  const story = createAuditStream()
    .seen()
    .settled()
    .event({}, [step.waitUntil()], false)
    .look('settled', {}, 30_000)
  for (let n = 0; n < 20; n++) story.stream.page(step.logged(`error ${n}`), 10, about)
  expect(story.said()).toEqual([expect.stringMatching(/^verdict: wrong so far: The event is not over/)])
  expect(story.verdict().line).toMatch(/20 errors logged/)
  story.over({ items: [row] })
  const soFar = story.said()
  expect(soFar.at(-1)).toMatch(/^verdict: left so far/)
  story.later({ items: [row] })
  expect(story.said()).toEqual([...soFar, expect.stringMatching(/^verdict: left: .*20 errors logged/)])
})

test('the verdict comes in two steps, each with a row of its own', () => {
  const story = createAuditStream().seen().settled().over()
  expect(story.said()).toEqual(['verdict: clean so far: nothing new, nothing left'])
  expect(story.verdict().final).toBe(false)
  story.later({ items: [row] })
  expect(story.said()[0]).toBe('verdict: clean so far: nothing new, nothing left')
  expect(story.said()[1]).toMatch(
    /^verdict: wrong: Storage changed after the event ended.*pod\/downloads: episode/,
  )
})

test('the log says once what is known so far and final, and keeps what was known only so far', () => {
  const same = createAuditStream().seen().settled().over()
  expect(same.said(true)).toEqual(['verdict: clean so far: nothing new, nothing left'])
  same.later()
  expect(same.said(true)).toEqual([
    'verdict: clean so far: final verdict below',
    'verdict: clean: nothing new, nothing left',
  ])
  const other = createAuditStream().seen().settled().over()
  expect(other.later({ items: [row] }).said(true)[0]).toBe('verdict: clean so far: nothing new, nothing left')
})
