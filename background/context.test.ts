import { expect, test } from 'vitest'
import type { Body } from '../protocol/events'
import { contextOf } from './context'
import { events, over, progress, seen } from './session.fixture'

const types = (bodies: readonly Body[], kept: readonly Body[] = []) =>
  contextOf(events('a', bodies), events('a', kept, bodies.length + 1)).map(({ body }) => body.type)

const frame: Body = {
  type: 'frame',
  url: 'https://pod.example/',
  top: true,
  secure: true,
  supported: true,
  permission: 'granted',
  scopes: [],
  error: '',
}

test('a fetch stays until its event is over, or as long as something speaks of it', () => {
  expect(types([seen('h'), progress('h')])).toEqual(['fetch-seen'])
  expect(types([seen('h'), over('h')])).toEqual([])
  expect(types([seen('h')], [over('h')])).toEqual(['fetch-seen'])
})

test('the last word on the tab and on each open frame stays', () => {
  const bodies: Body[] = [
    { type: 'watch-started' },
    { type: 'watch-stopped' },
    { type: 'watch-started' },
    frame,
    { ...frame, scopes: ['https://pod.example/'] },
  ]
  const kept = contextOf(events('a', bodies), [])
  expect(kept.map(({ seq }) => seq)).toEqual([3, 5])
  expect(types([...bodies, { type: 'frame-gone', unwatched: true }])).toEqual(['watch-started'])
})
