import type { SessionEvent } from '../../../protocol/events'
import type { NetworkBody } from '../../../protocol/network-events'
import { endText } from '../describe/network-text'
import type { Fetches } from './fetches'
import type { ObservedRequest } from './observed-request'
import type { Rows } from './rows'
import type { Fetch } from './view'

export interface Network {
  /** Since when requests are observed; null while they are not. */
  readonly since: number | null
  apply(event: SessionEvent, body: NetworkBody): void
}

/** What was observed of the fetches' requests. */
export function createNetwork(fetches: Fetches, rows: Rows): Network {
  let since: number | null = null

  const change = (fetch: Fetch, name: string, change: (before: ObservedRequest) => ObservedRequest) => {
    const before = fetch.network.get(name)
    if (before) fetch.network.set(name, change(before))
  }

  return {
    get since() {
      return since
    },
    apply(event, body) {
      const { at } = event
      switch (body.type) {
        case 'network-observed':
          since = body.on ? (since ?? at) : null
          return void rows.add(event, null)
        case 'network-unattributed':
          return void rows.add(event, null)
      }
      const fetch = fetches.byHandle(body.handle)
      if (!fetch) return
      switch (body.type) {
        case 'network-request': {
          const { method, url } = body
          if (fetch.network.has(body.request)) return
          fetch.network.set(body.request, {
            method,
            url,
            sentAt: at,
            responses: [],
            endedAt: null,
            error: '',
          })
          break
        }
        case 'network-response': {
          const { type: _, handle: __, request, ...response } = body
          change(fetch, request, (before) => ({
            ...before,
            responses: [...before.responses, { ...response, at }],
          }))
          // A row says what was known when it came.
          return void rows.add(event, fetch, { note: fetch.network.get(request)?.method ?? '' })
        }
        case 'network-end': {
          change(fetch, body.request, (before) => ({ ...before, endedAt: at, error: body.error }))
          const ended = fetch.network.get(body.request)
          return void rows.add(event, fetch, { note: ended ? endText(ended, fetch.storageKey) : '' })
        }
      }
      rows.add(event, fetch)
    },
  }
}
