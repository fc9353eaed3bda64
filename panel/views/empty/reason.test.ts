import { expect, test } from 'vitest'
import { createStream, observed } from '../../model/streams/events.fixture'
import { emptyReason } from './reason'

const MDN = /^https:\/\/developer\.mozilla\.org\//

test('a DevTools window without a tab says so, and never that it looks', () => {
  const { model } = createStream()
  expect(emptyReason(model, 'connecting', 0, false)?.title).toMatch(/^Looking/)
  const reason = emptyReason(model, 'no-tab', 0, false)
  expect(reason?.title).toBe('This DevTools window has no tab')
  expect(reason?.link).toMatch(MDN)
})

test.each<[Parameters<typeof observed.frame>[0], string, RegExp]>([
  [{ secure: false, supported: false, scopes: [] }, 'Not a secure context', MDN],
  [{ supported: false, scopes: [] }, 'Background Fetch is not supported here', MDN],
  [{ scopes: [] }, 'No service worker is registered', MDN],
  [{ error: 'SecurityError: blocked' }, 'This page’s fetches can’t be read', MDN],
  [
    { permission: 'denied' },
    'Background fetch is blocked for this site',
    /^https:\/\/support\.google\.com\//,
  ],
])('a page that can’t have background fetches gets the reason and help: %o', (frame, title, link) => {
  const stream = createStream()
  stream.page(observed.frame(frame))
  expect(emptyReason(stream.model, 'connected', 0, false)).toMatchObject({
    title,
    link: expect.stringMatching(link),
  })
})

test('the first run begins with a test fetch, and only that', () => {
  const stream = createStream()
  stream.page(observed.frame())
  expect(emptyReason(stream.model, 'connected', 0, false)?.first).toBe(true)
  expect(emptyReason(stream.model, 'connected', 0, true)?.first).toBeUndefined()
})
