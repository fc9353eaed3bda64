import { describe, expect, test } from 'vitest'
import type { Body } from './events'
import { attributes, events, frameOf, progress, seen } from './events.fixture'
import type { Handle } from './handle'
import { continues, type Followed, type Phase, phaseAfter, type Step, stepOfOthers } from './lifecycle'

const fetch: Followed = {
  storageKey: 'https://pod.example',
  document: 'document-1',
  handle: 'h' as Handle,
  phase: 'live',
}

/** How a fetch stands after an event of its document that names no fetch. */
function phaseBy(
  body: Body,
  some: Partial<Followed> = {},
  about: { storageKey?: string } = {},
): Phase | 'same' {
  const followed = { ...fetch, ...some }
  const [event] = events('a', [body])
  const others = event && stepOfOthers({ ...event, ...about })
  return others?.concerns(followed) ? phaseAfter(followed.phase, others.step) : 'same'
}

test.each<[Phase, Step, Phase]>([
  ['live', 'settled', 'settled'],
  ['live', 'event-over', 'over'],
  ['live', 'fetch-gone', 'over'],
  ['live', 'superseded', 'over'],
  ['live', 'missing', 'over'],
  ['live', 'unwatched', 'live'],
  ['settled', 'event-over', 'over'],
  ['settled', 'fetch-gone', 'settled'],
  ['settled', 'superseded', 'settled'],
  ['settled', 'missing', 'settled'],
  ['settled', 'unwatched', 'over'],
  ['over', 'settled', 'settled'],
  ['over', 'unwatched', 'over'],
])('a fetch that is %s is, after “%s”, %s', (phase, step, expected) => {
  expect(phaseAfter(phase, step)).toBe(expected)
})

describe('an inventory', () => {
  const inventory = (...handles: string[]): Body => ({ type: 'inventory', handles: handles as Handle[] })

  test('ends what runs and is not in it', () => {
    expect(phaseBy(inventory('other'))).toBe('over')
    expect(phaseBy(inventory('other', 'h'))).toBe('same')
  })

  test('says nothing of another storage key, nor of a fetch whose end is known', () => {
    expect(phaseBy(inventory(), { storageKey: 'https://other.example' })).toBe('same')
    expect(phaseBy(inventory(), { phase: 'settled' })).toBe('same')
  })
})

describe('a document that is gone', () => {
  const gone = (unwatched: boolean): Body => ({ type: 'frame-gone', unwatched })

  test('was the only one to see the event end of a fetch that it saw settle', () => {
    expect(phaseBy(gone(false), { phase: 'settled' })).toBe('over')
    expect(phaseBy(gone(false), { phase: 'settled', document: 'document-2' })).toBe('same')
    expect(phaseBy(gone(false), { phase: 'settled', document: undefined })).toBe('same')
  })

  test('says nothing of what runs: it may be running', () => {
    expect(phaseBy(gone(false))).toBe('same')
    expect(phaseBy(gone(true))).toBe('live')
  })

  test('leaves nobody to see the rest where it was the last of its storage key', () => {
    expect(phaseBy(gone(true), { phase: 'settled', document: 'document-2' })).toBe('over')
    expect(phaseBy(gone(true), { phase: 'settled' }, { storageKey: 'https://other.example' })).toBe('same')
  })
})

test('when nobody watches any more, no page reports the rest of any fetch', () => {
  const recordingEnded = (watched: boolean): Body => ({
    type: 'recording-ended',
    why: 'switched-off',
    watched,
  })
  for (const body of [{ type: 'watch-stopped' } as const, recordingEnded(false)]) {
    expect(phaseBy(body, { phase: 'settled', storageKey: 'https://other.example' }), body.type).toBe('over')
    expect(phaseBy(body), body.type).toBe('live')
  }
  for (const body of [recordingEnded(true), { type: 'panel-left' } as const, frameOf(), progress('h')]) {
    expect(phaseBy(body, { phase: 'settled' }), body.type).toBe('same')
  }
})

test('an object stands for a fetch that is known when it ran before and nothing has moved back', () => {
  const known = { ...attributes, downloaded: 10 }
  const got = (already: boolean, some = {}) => {
    const body = { ...seen('other'), already, attributes: { ...known, ...some } }
    return continues(known, body)
  }
  expect(got(true)).toBe(true)
  expect(got(true, { downloaded: 11 })).toBe(true)
  expect(got(false)).toBe(false)
  expect(got(true, { downloaded: 9 })).toBe(false)
  expect(got(true, { downloadTotal: 101 })).toBe(false)
  expect(continues({ ...known, uploaded: 1 }, { ...seen('other'), already: true, attributes: known })).toBe(
    false,
  )
})
