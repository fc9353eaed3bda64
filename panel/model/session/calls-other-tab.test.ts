import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../protocol/events'
import { howItEnded } from '../report/summary'
import { createStream, KEY, observed } from '../streams/events.fixture'
import { outcomeOf } from '../table/outcome'
import { called, location, refused } from './calls.fixture'

const besideTab = (method: 'fetch' | 'abort'): Body => ({ ...called(method), otherTab: true }) as Body
const options = (calledAt: number): BodyOf<'call-options'> => ({
  ...{ type: 'call-options', id: 'episode', origin: KEY, calledAt, title: 'An episode', icons: [] },
})

test('a fetch that begins after a call beside another tab may be of that tab, and is not said to have the call’s options', () => {
  const stream = createStream()
  const { at } = stream.page(besideTab('fetch'))
  stream.page(options(at))
  stream.page(observed.seen('h'))
  const [fetch] = stream.model.fetches
  expect(fetch?.initiator?.location).toEqual(location)
  expect(fetch?.options).toBeNull()
  expect(stream.last()).toMatch(/; by start, or by another tab with a page of its origin$/)
})

test('it is of that tab where the browser has refused the call', () => {
  const stream = createStream()
  const { at } = stream.page(besideTab('fetch'))
  stream.page(observed.seen('h'))
  stream.page(refused(at, 'TypeError: There already is a registration for the given id.'))
  expect(stream.model.fetches[0]).toMatchObject({ initiator: null, startCalls: [] })
})

test.each<[string, Partial<BodyOf<'page-call'>>, string, string]>([
  ['the page', {}, 'page', 'Aborted by the page'],
  ['an extension', { location: null, extension: true }, 'extension', 'Aborted by a script of an extension'],
  ['the Console', { location: null }, 'script', 'Aborted by code in the page without a known URL (such as'],
])('beside another tab, an abort by %s is not said to be certain', (_, call, by, text) => {
  for (const otherTab of [false, true]) {
    const stream = createStream()
    stream.page(observed.seen('h'))
    stream.page({ ...called('abort'), ...call, ...(otherTab ? { otherTab } : {}) } as Body)
    stream.page(observed.failure('h'))
    const fetch = stream.model.fetches[0] ?? expect.unreachable()
    const outcome = outcomeOf(fetch)
    expect(outcome?.by).toBe(by)
    for (const said of [stream.last(), howItEnded(fetch, 0)[0]]) {
      expect(said).toContain(text)
      expect(/, or by another tab with a page of its origin/.test(said ?? '')).toBe(otherTab)
    }
    expect(outcome?.text.endsWith('?')).toBe(otherTab)
  }
})
