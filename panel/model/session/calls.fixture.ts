import type { Body, BodyOf } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import { type createStream, KEY } from '../streams/events.fixture'

export const location = { url: `${KEY}/app.js`, line: 12, column: 3, name: 'start' }
export const called = (method: 'fetch' | 'abort', id = 'episode', origin: string = KEY): Body => ({
  type: 'page-call',
  method,
  id,
  origin,
  location,
  callers: [],
})
/** The same call of `fetch()` at another place. */
export const calledAtLine = (line: number): Body =>
  ({ ...called('fetch'), location: { ...location, line } }) as Body

export const refused = (calledAt: number, error = '', id = 'episode'): BodyOf<'fetch-not-seen'> => ({
  type: 'fetch-not-seen',
  id,
  origin: KEY,
  calledAt,
  location,
  error,
})

export const caused = (cause: 'other-panel' | 'not-this-tab'): Body => ({
  type: 'abort-cause',
  handle: 'h' as Handle,
  cause,
})

export const rowsOf = (stream: ReturnType<typeof createStream>, kind: string) =>
  stream.model.rows.filter((row) => row.kind === kind)
