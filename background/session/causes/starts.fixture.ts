import type { Looked } from '../../../protocol/commands'
import type { SessionEvent } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import type { FetchNotSeen, PageError } from '../../../protocol/page-script-events'
import { createStarts } from './starts'

export const ORIGIN = 'https://pod.example'

export const placeAt = (line: number) => ({ url: `${ORIGIN}/app.js`, line, column: 1 })
export const event = (at: number, body: SessionEvent['body']): SessionEvent => ({
  producer: 'p',
  seq: 1,
  at,
  source: 'page',
  document: null,
  storageKey: ORIGIN,
  body,
})
export const called = (at: number, id: string, method: 'fetch' | 'abort' = 'fetch', line = 1) =>
  event(at, { type: 'page-call', method, id, origin: ORIGIN, location: placeAt(line), callers: [] })
let handles = 0
/** Of the fetch that was seen last. */
export const lastHandle = () => `h${handles}` as Handle
export const seen = (at: number, id: string, already = false) =>
  event(at, {
    type: 'fetch-seen',
    handle: `h${++handles}` as never,
    scope: `${ORIGIN}/`,
    id,
    already,
    attributes: {} as never,
  } as SessionEvent['body'])
export const thrown = (message: string): PageError => ({
  type: 'page-error',
  rejection: true,
  error: { message, stack: '' },
  location: null,
})

/** The page has looked since long before the calls. */
export const LOOKED: Looked = { since: 0, until: 100_000 }

export function starts({
  errors = [] as readonly PageError[],
  permission = 'granted' as FetchNotSeen['permission'],
  looked = async (): Promise<Looked | null> => LOOKED,
} = {}) {
  const refused: FetchNotSeen[] = []
  const made = createStarts({
    looked,
    thrownSince: async () => errors,
    permission: async () => permission,
    report: (body) => refused.push(body),
  })
  return { ...made, refused }
}
