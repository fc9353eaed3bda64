import { expect, test } from 'vitest'
import { createStream, observed } from '../../model/streams/events.fixture'
import { emptyReason } from './reason'

test('a DevTools window without a tab says so, and never that it looks', () => {
  const { model } = createStream()
  expect(emptyReason(model, 'connecting', 0, false)?.title).toMatch(/^Looking/)
  const reason = emptyReason(model, 'no-tab', 0, false)
  expect(reason?.title).toBe('This DevTools window has no tab')
  expect(reason?.link).toMatch(/developer\.mozilla\.org/)
})

test('a page that can’t have background fetches gets the reason and the documentation', () => {
  for (const [frame, title] of [
    [{ secure: false, supported: false, scopes: [] }, 'Not a secure context'],
    [{ supported: false, scopes: [] }, 'Background Fetch is not supported here'],
    [{ scopes: [] }, 'No service worker is registered'],
  ] as const) {
    const stream = createStream()
    stream.page(observed.frame({ ...frame, scopes: [] }))
    expect(emptyReason(stream.model, 'connected', 0, false)).toMatchObject({
      title,
      link: expect.stringMatching(/developer\.mozilla\.org/),
    })
  }
})

test('the first run begins with a test fetch, and only that', () => {
  const stream = createStream()
  stream.page(observed.frame())
  expect(emptyReason(stream.model, 'connected', 0, false)?.first).toBe(true)
  expect(emptyReason(stream.model, 'connected', 0, true)?.first).toBeUndefined()
})
