import { expect, test } from 'vitest'
import type { Body } from './events'
import { frameOf } from './events.fixture'
import { watchedAfter } from './watching'

const ended = (watched: boolean): Body => ({ type: 'recording-ended', why: 'switched-off', watched })

test.each<[Body, boolean | undefined]>([
  [{ type: 'watch-started' }, true],
  [{ type: 'panel-left' }, true],
  [{ type: 'watch-stopped' }, false],
  [ended(true), true],
  [ended(false), false],
  [{ type: 'recording-started' }, undefined],
  [frameOf(), undefined],
])('after %o the tab is watched: %s', (body, expected) => {
  expect(watchedAfter(body)).toBe(expected)
})
