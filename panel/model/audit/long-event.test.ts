import { expect, test } from 'vitest'
import { observed } from '../streams/events.fixture'
import { createAuditStream, rowOf } from './audit.fixture'
import { step } from './event-steps.fixture'

const row = rowOf('episode')

/** A handler that cleans up, and then waits for a request that hangs: the browser ends its event after 308 s. */
const hanging = (steps = [step.waitUntil()]) => {
  const story = createAuditStream()
    .seen({ items: [row] })
    .settled()
    .event({}, steps, false)
    .look('settled')
    .look('settled', {}, 29_900)
  story.stream.page(observed.over('h'), 278_000)
  return story
}

test('the verdict after half a minute stays as it was, and at the end it is the browser that ended the event', () => {
  const story = hanging()
  const [first] = story.said()
  expect(first).toMatch(/^verdict: wrong.*promise #1/)
  story.look('event-ended').later()
  expect(story.said()[0]).toBe(first)
  expect(story.verdict()).toMatchObject({ kind: 'wrong', final: true })
  expect(story.verdict().line).toMatch(/browser ended the event after 5 min 8 s, promise #1 never settled$/i)
})

test('where it was not traced, the browser ended it too, and no promise is named', () => {
  const story = createAuditStream()
    .seen({ items: [row] })
    .settled()
    .look('settled', {}, 30_000)
  story.stream.page(observed.over('h'), 278_000)
  story.look('event-ended').later()
  expect(story.verdict()).toMatchObject({ kind: 'wrong', wrong: [{ rule: 'event-timeout' }] })
  expect(story.verdict().line).not.toMatch(/promise #/)
})

test('an event of four minutes that ends by itself is not one that the browser ended', () => {
  const story = createAuditStream()
    .seen({ items: [row] })
    .settled()
    .event({}, [step.waitUntil()], false)
  story.look('settled', {}, 30_000)
  story.stream.page(observed.over('h'), 210_000)
  story.look('event-ended').later()
  expect(story.rules()).toEqual([])
})
