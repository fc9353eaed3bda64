import { expect, test } from 'vitest'
import { createStream, endedStream, observed } from './events.fixture'

const gone = { document: 'document-1', storageKey: 'https://pod.example' }

test('when the last page that could see a fetch is gone, it is unobserved; then it is back', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { id: 'ended' }))
  stream.page(observed.success('h2'))
  stream.page(observed.seen('h3', { id: 'other' }), 10, { storageKey: 'https://other.example' })
  stream.panel(observed.frameGone(true), 10, gone)
  expect(stream.states()).toEqual(['episode 1 unobserved', 'ended 1 over', 'other 1 queued'])
  stream.page(observed.seen('h4', { already: true }), 10, { producer: 'bridge-2', document: 'document-2' })
  expect(stream.states()[0]).toBe('episode 1 queued')
})

test('while another page can see it, a fetch stays observed', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.panel(observed.frameGone(false), 10, gone)
  expect(stream.states()).toEqual(['episode 1 queued'])
})

test('a frame is listed while it is there', () => {
  const stream = createStream()
  stream.page(observed.frame())
  stream.page(observed.frame({ top: false }), 10, { producer: 'bridge-2', document: 'document-2' })
  expect([...stream.model.frames.keys()]).toEqual(['document-1', 'document-2'])
  stream.panel(observed.frameGone(false), 10, gone)
  expect([...stream.model.frames.keys()]).toEqual(['document-2'])
  expect(stream.model.frames.get('document-2')).toMatchObject({
    top: false,
    storageKey: 'https://pod.example',
  })
})

test('a frame is logged when it is seen first and when its workers change', () => {
  const stream = createStream()
  stream.page(observed.frame())
  stream.page(observed.frame({ permission: 'denied' }))
  stream.page(observed.frame({ scopes: [] }))
  expect(stream.kinds()).toEqual(['frame', 'frame'])
  expect(stream.model.frames.get('document-1')?.permission).toBe('granted')
})

test('when the panel is closed nothing is observed from then on', () => {
  const stream = createStream()
  stream.panel({ type: 'watch-started' })
  expect(stream.model.watching).toBe(true)
  stream.page(observed.frame())
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { id: 'ended' }))
  stream.page(observed.success('h2'))
  stream.page(observed.over('h2'))
  stream.panel({ type: 'watch-stopped' })
  expect(stream.model.watching).toBe(false)
  expect(stream.model.frames.size).toBe(0)
  expect(stream.states()).toEqual(['episode 1 unobserved', 'ended 1 over'])
  stream.panel({ type: 'watch-started' })
  stream.page(observed.seen('h3', { already: true }), 10, { producer: 'bridge-2' })
  expect(stream.states()).toEqual(['episode 1 queued', 'ended 1 over'])
})

test('while the tab is recorded, a panel that closes is no gap', () => {
  const stream = createStream()
  stream.panel({ type: 'watch-started' })
  const started = stream.panel({ type: 'recording-started' })
  expect(stream.model.recordingSince).toBe(started.at)
  expect(stream.last()).toMatch(/^keep recording: .*three days at most/)
  stream.page(observed.frame())
  stream.page(observed.seen('h1'))
  stream.panel({ type: 'panel-left' })
  expect(stream.last()).toBe('panel closed: Recording continues without DevTools')
  expect(stream.model.watching).toBe(true)
  expect(stream.model.frames.size).toBe(1)
  stream.page(observed.progress('h1', 5))
  stream.panel({ type: 'watch-started' })
  expect(stream.states()).toEqual(['episode 1 active'])
  expect(stream.model.recordingSince).toBe(started.at)
})

test('a recording that ends beside a panel changes nothing for what is watched', () => {
  const stream = createStream()
  stream.panel({ type: 'watch-started' })
  stream.panel({ type: 'recording-started' })
  stream.page(observed.seen('h1'))
  stream.panel({ type: 'recording-ended', why: 'switched-off', watched: true })
  expect(stream.model).toMatchObject({ recordingSince: null, watching: true })
  expect(stream.states()).toEqual(['episode 1 queued'])
  expect(stream.last()).toMatch(/It was switched off; this panel observes the tab until it is closed/)
})

test('a recording that ends with no panel there leaves what runs unobserved', () => {
  for (const [why, words] of [
    ['tab-closed', 'The tab was closed'],
    ['restarted', 'The browser or the extension was restarted'],
    ['too-long', 'Three days were over'],
  ] as const) {
    const stream = createStream()
    stream.panel({ type: 'watch-started' })
    stream.panel({ type: 'recording-started' })
    stream.page(observed.frame())
    stream.page(observed.seen('h1'))
    stream.panel({ type: 'recording-ended', why, watched: false })
    expect(stream.model).toMatchObject({ recordingSince: null, watching: false })
    expect(stream.model.frames.size).toBe(0)
    expect(stream.states()).toEqual(['episode 1 unobserved'])
    expect(stream.last()).toBe(`keep recording ended: ${words}; nothing was observed from here on`)
  }
})

test('why a page can’t be reached is shown until there is something new', () => {
  for (const news of [
    observed.navigated(false),
    observed.frame({ top: true }),
    { type: 'watch-started' } as const,
  ]) {
    const stream = createStream()
    stream.panel(observed.unreachable('store'))
    expect(stream.model.unreachable).toMatchObject({ reason: 'store' })
    stream.page(news)
    expect(stream.model.unreachable, news.type).toBe(null)
  }
})

test('a frame inside a page that can’t be reached changes nothing about that', () => {
  const stream = createStream()
  stream.panel(observed.unreachable())
  stream.page(observed.frame({ top: false }))
  expect(stream.model.unreachable).not.toBe(null)
})

test('the same reason once more is no news', () => {
  const stream = createStream()
  stream.panel(observed.unreachable())
  stream.panel(observed.unreachable())
  stream.panel(observed.unreachable('policy'))
  expect(stream.kinds()).toEqual(['unreachable', 'unreachable'])
})

test('after clearing, the log is empty and only what may still run is listed', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { id: 'ended' }))
  stream.page(observed.success('h2'))
  stream.page(observed.over('h2'))
  stream.page(observed.seen('h3', { id: 'gone' }))
  stream.page(observed.gone('h3'))
  stream.panel({ type: 'cleared' })
  expect(stream.model.rows).toEqual([])
  expect(stream.states()).toEqual(['episode 1 queued'])
  stream.page(observed.progress('h1', 5))
  stream.page(observed.progress('h2', 5))
  expect(stream.kinds()).toEqual(['progress'])
  expect(stream.states()).toEqual(['episode 1 active'])
})

test('after clearing, a fetch that makes progress is in the log again', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.progress('h1', 5))
  stream.panel({ type: 'cleared' })
  stream.page(observed.progress('h1', 6))
  expect(stream.kinds()).toEqual(['progress'])
  expect(stream.model.rows[0]?.count).toBe(1)
})

test('an id that was used before clearing is still counted', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.success('h1'))
  stream.page(observed.over('h1'))
  stream.panel({ type: 'cleared' })
  stream.page(observed.seen('h2'))
  expect(stream.states()).toEqual(['episode 2 queued'])
})

test('what is logged is kept across navigations when that is wanted', () => {
  const stream = endedStream(() => true)
  stream.panel(observed.navigated())
  expect(stream.kinds()).toEqual(['fetch-seen', 'settled', 'event-over', 'navigated'])
  expect(stream.states()).toEqual(['episode 1 over'])
})

test('and otherwise goes, except for what may still run', () => {
  const stream = createStream(() => false)
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { id: 'ended' }))
  stream.page(observed.success('h2'))
  stream.page(observed.over('h2'))
  stream.panel(observed.navigated())
  expect(stream.kinds()).toEqual(['navigated'])
  expect(stream.states()).toEqual(['episode 1 queued'])
})

test('a new frame inside the page clears nothing', () => {
  const stream = createStream(() => false)
  stream.page(observed.seen('h1'))
  stream.page(observed.frame({ top: false }), 10, { document: 'document-2' })
  expect(stream.kinds()).toEqual(['fetch-seen', 'frame'])
})

test('how many events the journal dropped is counted', () => {
  const stream = createStream()
  stream.panel({ type: 'journal-cut', dropped: 10, bound: 100 })
  stream.panel({ type: 'journal-cut', dropped: 11, bound: 100 })
  expect(stream.model.dropped).toBe(21)
})

test('of a fetch that has settled, only the page that saw it could see its event end: without it that is not known', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.failure('h1'))
  stream.panel(observed.frameGone(false), 10, gone)
  expect(stream.states()).toEqual(['episode 1 over'])
  expect(stream.kinds().at(-1)).toBe('verdict')
  expect(stream.last()).toMatch(/^verdict: unknown/)
})
