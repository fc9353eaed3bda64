import { expect, test } from 'vitest'
import { say, tell } from './events.fixture'

const gone = { document: 'document-1', storageKey: 'https://pod.example' }

test('when the last page that could see a fetch is gone, it is unobserved; then it is back', () => {
  const stream = tell()
  stream.page(say.seen('h1'))
  stream.page(say.seen('h2', { id: 'ended' }))
  stream.page(say.success('h2'))
  stream.page(say.seen('h3', { id: 'other' }), 10, { storageKey: 'https://other.example' })
  stream.panel(say.frameGone(true), 10, gone)
  expect(stream.states()).toEqual(['episode 1 unobserved', 'ended 1 over', 'other 1 queued'])
  stream.page(say.seen('h4', { already: true }), 10, { producer: 'bridge-2', document: 'document-2' })
  expect(stream.states()[0]).toBe('episode 1 queued')
})

test('while another page can see it, a fetch stays observed', () => {
  const stream = tell()
  stream.page(say.seen('h1'))
  stream.panel(say.frameGone(false), 10, gone)
  expect(stream.states()).toEqual(['episode 1 queued'])
})

test('a frame is listed while it is there', () => {
  const stream = tell()
  stream.page(say.frame())
  stream.page(say.frame({ top: false }), 10, { producer: 'bridge-2', document: 'document-2' })
  expect([...stream.model.frames.keys()]).toEqual(['document-1', 'document-2'])
  stream.panel(say.frameGone(false), 10, gone)
  expect([...stream.model.frames.keys()]).toEqual(['document-2'])
  expect(stream.model.frames.get('document-2')).toMatchObject({
    top: false,
    storageKey: 'https://pod.example',
  })
})

test('a frame is logged when it is seen first and when its workers change', () => {
  const stream = tell()
  stream.page(say.frame())
  stream.page(say.frame({ permission: 'denied' }))
  stream.page(say.frame({ scopes: [] }))
  expect(stream.kinds()).toEqual(['frame', 'frame'])
  expect(stream.model.frames.get('document-1')?.permission).toBe('granted')
})

test('when the panel is closed nothing is observed from then on', () => {
  const stream = tell()
  stream.panel({ type: 'watch-started' })
  expect(stream.model.watching).toBe(true)
  stream.page(say.frame())
  stream.page(say.seen('h1'))
  stream.page(say.seen('h2', { id: 'ended' }))
  stream.page(say.success('h2'))
  stream.page(say.over('h2'))
  stream.panel({ type: 'watch-stopped' })
  expect(stream.model.watching).toBe(false)
  expect(stream.model.frames.size).toBe(0)
  expect(stream.states()).toEqual(['episode 1 unobserved', 'ended 1 over'])
  stream.panel({ type: 'watch-started' })
  stream.page(say.seen('h3', { already: true }), 10, { producer: 'bridge-2' })
  expect(stream.states()).toEqual(['episode 1 queued', 'ended 1 over'])
})

test('while the tab is kept, a panel that closes is no gap', () => {
  const stream = tell()
  stream.panel({ type: 'watch-started' })
  const started = stream.panel({ type: 'keep-started' })
  expect(stream.model.keptSince).toBe(started.at)
  expect(stream.last()).toMatch(/^keep recording: .*three days at most/)
  stream.page(say.frame())
  stream.page(say.seen('h1'))
  stream.panel({ type: 'panel-left' })
  expect(stream.last()).toBe('panel closed: Recording goes on without DevTools')
  expect(stream.model.watching).toBe(true)
  expect(stream.model.frames.size).toBe(1)
  stream.page(say.progress('h1', 5))
  stream.panel({ type: 'watch-started' })
  expect(stream.states()).toEqual(['episode 1 active'])
  expect(stream.model.keptSince).toBe(started.at)
})

test('a recording that ends beside a panel changes nothing for what is watched', () => {
  const stream = tell()
  stream.panel({ type: 'watch-started' })
  stream.panel({ type: 'keep-started' })
  stream.page(say.seen('h1'))
  stream.panel({ type: 'keep-ended', why: 'switched-off', watched: true })
  expect(stream.model).toMatchObject({ keptSince: null, watching: true })
  expect(stream.states()).toEqual(['episode 1 queued'])
  expect(stream.last()).toMatch(/It was switched off; this panel goes on watching/)
})

test('a recording that ends with no panel there leaves what runs unobserved', () => {
  for (const [why, words] of [
    ['tab-closed', 'The tab was closed'],
    ['restarted', 'The browser or the extension was restarted'],
    ['too-long', 'Three days were over'],
  ] as const) {
    const stream = tell()
    stream.panel({ type: 'watch-started' })
    stream.panel({ type: 'keep-started' })
    stream.page(say.frame())
    stream.page(say.seen('h1'))
    stream.panel({ type: 'keep-ended', why, watched: false })
    expect(stream.model).toMatchObject({ keptSince: null, watching: false })
    expect(stream.model.frames.size).toBe(0)
    expect(stream.states()).toEqual(['episode 1 unobserved'])
    expect(stream.last()).toBe(`keep recording ended: ${words}; nothing was observed from here on`)
  }
})

test('why a page can’t be reached is shown until there is something new', () => {
  for (const news of [say.navigated(false), say.frame({ top: true }), { type: 'watch-started' } as const]) {
    const stream = tell()
    stream.panel(say.unreachable('store'))
    expect(stream.model.unreachable).toMatchObject({ reason: 'store' })
    stream.page(news)
    expect(stream.model.unreachable, news.type).toBe(null)
  }
})

test('a frame inside a page that can’t be reached changes nothing about that', () => {
  const stream = tell()
  stream.panel(say.unreachable())
  stream.page(say.frame({ top: false }))
  expect(stream.model.unreachable).not.toBe(null)
})

test('the same reason once more is no news', () => {
  const stream = tell()
  stream.panel(say.unreachable())
  stream.panel(say.unreachable())
  stream.panel(say.unreachable('policy'))
  expect(stream.kinds()).toEqual(['unreachable', 'unreachable'])
})

test('after clearing, the log is empty and only what may still run is listed', () => {
  const stream = tell()
  stream.page(say.seen('h1'))
  stream.page(say.seen('h2', { id: 'ended' }))
  stream.page(say.success('h2'))
  stream.page(say.over('h2'))
  stream.page(say.seen('h3', { id: 'gone' }))
  stream.page(say.gone('h3'))
  stream.panel({ type: 'cleared' })
  expect(stream.model.rows).toEqual([])
  expect(stream.states()).toEqual(['episode 1 queued'])
  stream.page(say.progress('h1', 5))
  stream.page(say.progress('h2', 5))
  expect(stream.kinds()).toEqual(['progress'])
  expect(stream.states()).toEqual(['episode 1 active'])
})

test('after clearing, a fetch that makes progress is in the log again', () => {
  const stream = tell()
  stream.page(say.seen('h1'))
  stream.page(say.progress('h1', 5))
  stream.panel({ type: 'cleared' })
  stream.page(say.progress('h1', 6))
  expect(stream.kinds()).toEqual(['progress'])
  expect(stream.model.rows[0]?.count).toBe(1)
})

test('an id that was used before clearing is still counted', () => {
  const stream = tell()
  stream.page(say.seen('h1'))
  stream.page(say.success('h1'))
  stream.page(say.over('h1'))
  stream.panel({ type: 'cleared' })
  stream.page(say.seen('h2'))
  expect(stream.states()).toEqual(['episode 2 queued'])
})

test('what is logged is kept across navigations when that is wanted', () => {
  const stream = tell(() => true)
  stream.page(say.seen('h1'))
  stream.page(say.success('h1'))
  stream.page(say.over('h1'))
  stream.panel(say.navigated())
  expect(stream.kinds()).toEqual(['fetch-seen', 'settled', 'event-over', 'navigated'])
  expect(stream.states()).toEqual(['episode 1 over'])
})

test('and otherwise goes, except for what may still run', () => {
  const stream = tell(() => false)
  stream.page(say.seen('h1'))
  stream.page(say.seen('h2', { id: 'ended' }))
  stream.page(say.success('h2'))
  stream.page(say.over('h2'))
  stream.panel(say.navigated())
  expect(stream.kinds()).toEqual(['navigated'])
  expect(stream.states()).toEqual(['episode 1 queued'])
})

test('a new frame inside the page clears nothing', () => {
  const stream = tell(() => false)
  stream.page(say.seen('h1'))
  stream.page(say.frame({ top: false }), 10, { document: 'document-2' })
  expect(stream.kinds()).toEqual(['fetch-seen', 'frame'])
})

test('how many events the journal let go of is counted', () => {
  const stream = tell()
  stream.panel({ type: 'journal-cut', dropped: 10, bound: 100 })
  stream.panel({ type: 'journal-cut', dropped: 11, bound: 100 })
  expect(stream.model.dropped).toBe(21)
})

test('of a fetch that has settled, only the page that saw it could see its event end: without it that is not known', () => {
  const stream = tell()
  stream.page(say.seen('h1'))
  stream.page(say.failure('h1'))
  stream.panel(say.frameGone(false), 10, gone)
  expect(stream.states()).toEqual(['episode 1 over'])
  expect(stream.kinds().at(-1)).toBe('verdict')
  expect(stream.last()).toMatch(/^verdict: unknown/)
})
