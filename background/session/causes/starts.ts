import { type Looked, MAX_PAUSE } from '../../../protocol/commands'
import { commonStack } from '../../../protocol/common-stack'
import type { SessionEvent } from '../../../protocol/events'
import { nameOf } from '../../../protocol/lifecycle'
import { isCertain } from '../../../protocol/other-callers'
import type { FetchNotSeen, PageCall, PageError } from '../../../protocol/page-script-events'
import { createActiveFetches } from './active-fetches'

/** A fetch that a call started is seen within this time, in milliseconds; Chromium answers a call within some tens of them. */
const APPEARS = 3000
/** How far the clocks of the page and of the browser may be apart, in milliseconds. */
const CLOCKS = 50
/**
 * What Chromium rejects a call with, and nothing else.
 * https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/modules/background_fetch/background_fetch_manager.cc
 */
const REFUSALS =
  /'fetch' on 'BackgroundFetchManager'|There already is a registration for the given id|does not have permission to start a fetch|There are too many active fetches for this origin|no service worker available to service the fetch|Failed to store registration due to I\/O error/
/** What Chromium rejects a call with for which there is no room, and others, too: of a cache, for example. */
const NO_ROOM = /^QuotaExceededError: Quota exceeded\.$/
/** So many calls are waited for at a time: a page may call in a loop. */
const MAX_OPEN = 20
/** So many fetches are remembered. */
const MAX_LISTED = 100
/** What a page throws may have been thrown so much before its call was reported, in milliseconds, on a machine that is busy. */
const LATE = 500

/** Where calls without a fetch are reported, and what is known of them elsewhere. */
export interface StartsNeeds {
  /** When the fetches of an origin were looked for; null where nobody does. */
  looked(origin: string): Promise<Looked | null>
  /** What the page threw since a moment, and nobody caught. */
  thrownSince(at: number): Promise<readonly PageError[]>
  /** Asks for the state of the permission in the tab's own document of an origin. */
  permission(origin: string): Promise<FetchNotSeen['permission']>
  report(body: FetchNotSeen): void
}

/** Calls of `fetch()` whose fetch was not seen yet. */
export interface Starts {
  /** Events as they are recorded, those of pages and of the tracer. */
  recorded(events: readonly SessionEvent[]): void
}

interface Call {
  readonly call: PageCall
  readonly at: number
  /** A fetch was seen that it has started, or one of its other callers. */
  hasFetch: boolean
  /** A page that began to look after it has listed a fetch of its ID: it may have started that, or another tab had before. */
  isListed: boolean
  /** A fetch was seen that another call of its ID may have started as well, at another place: which of them has none is not known. */
  isUnsure: boolean
}

/** A fetch that began. */
interface Beginning {
  readonly at: number
  mayStart(call: PageCall): boolean
  /** That has started it; null while none is known. */
  by: PageCall | null
}

/** It has started its fetch for certain. */
const isOver = ({ hasFetch, call }: Call) => hasFetch && isCertain(call)

/** Whether a fetch that a call at this moment started would have been seen. */
const wouldBeSeen = (at: number, looked: Looked | null): boolean =>
  looked !== null && looked.since <= at - CLOCKS && looked.until >= at + APPEARS - MAX_PAUSE

/** Notices calls of `fetch()` for which no fetch was seen. */
export function createStarts(needs: StartsNeeds): Starts {
  let open: Call[] = []
  /** Those of the last seconds, as far as they are remembered. */
  let recent: readonly Call[] = []
  /** Those of the last seconds: their calls may be reported later, as that of one that fails at once. */
  let begun: readonly Beginning[] = []
  /** IDs of fetches that a page has listed and whose event was not seen. */
  const listed = new Set<string>()
  const active = createActiveFetches()

  const expect = (call: PageCall, at: number) => {
    const possible = begun.filter((other) => other.mayStart(call) && other.at >= at - CLOCKS)
    const its = possible.find(({ by }) => by === null)
    if (its) its.by = call
    const isUnsure = possible.some(({ by }) => by && !commonStack([by, call]))
    const one: Call = { call, at, hasFetch: its !== undefined, isListed: false, isUnsure }
    recent = [...recent.filter((other) => at - other.at <= 2 * APPEARS).slice(-2 * MAX_OPEN), one]
    if ((its && isCertain(call)) || open.length >= MAX_OPEN) return
    if (!its) open.push(one)
    setTimeout(async () => {
      // A fetch of its ID may be that of another tab or of a worker, for which the browser has refused this call.
      const isOpen = () => open.includes(one) || (one.hasFetch && !isCertain(call))
      if (!isOpen()) return
      const { id, origin, location, framed } = call
      const looked = await needs.looked(origin)
      // What the page reports before it answers comes before the answer.
      if (!isOpen()) return
      open = open.filter((other) => other !== one)
      // Where another call without a fetch was made at about that time, it is not known whose it was.
      const isAlone =
        recent.length <= MAX_OPEN &&
        recent.every((other) => other === one || isOver(other) || Math.abs(other.at - at) > APPEARS)
      const thrown = isAlone ? await needs.thrownSince(at - LATE) : []
      const only = (pattern: RegExp): string => {
        const [message = '', ...others] = thrown
          .map((one) => one.error.message)
          .filter((one) => pattern.test(one))
        return others.length === 0 ? message : ''
      }
      const error = only(REFUSALS)
      // The browser's own words say that it was refused, whether anybody has looked or not.
      if (error === '' && (one.hasFetch || one.isListed || !wouldBeSeen(at, looked))) return
      // A frame has a permission of its own, and which frame it was is not known.
      const permission = framed === false ? await needs.permission(origin) : 'unknown'
      const possibleError = error === '' ? only(NO_ROOM) : ''
      needs.report({
        ...{ type: 'fetch-not-seen', id, origin, calledAt: at, error, permission },
        location: one.isUnsure ? null : location,
        ...(possibleError ? { possibleError } : {}),
        ...(one.isUnsure ? { ambiguous: true } : {}),
      })
    }, APPEARS)
  }

  /** The open calls that may have started what was seen at a moment. */
  const openBefore = (at: number, mayStart: (call: PageCall) => boolean) =>
    open.filter(({ call, at: calledAt }) => mayStart(call) && at >= calledAt - CLOCKS)

  /** A fetch has begun that the first of these calls may have started. */
  const take = (at: number, mayStart: (call: PageCall) => boolean): PageCall | null => {
    const [first, ...others] = openBefore(at, mayStart)
    if (!first) return null
    first.hasFetch = true
    open = open.filter((one) => one !== first)
    const isOnePlace = commonStack([first, ...others].map(({ call }) => call)) !== null
    if (!isOnePlace) for (const one of others) one.isUnsure = true
    return first.call
  }

  const began = (at: number, mayStart: (call: PageCall) => boolean) => {
    const last = begun.filter((one) => at - one.at <= APPEARS).slice(-MAX_OPEN)
    begun = [...last, { at, mayStart, by: take(at, mayStart) }]
  }

  const apply = ({ body, at, storageKey }: SessionEvent) => {
    if (body.type === 'page-call' && body.method === 'fetch') expect(body, at)
    if (body.type === 'dispatched' && body.isTrusted) {
      const mayStart = ({ id }: PageCall) => id === body.id
      // It had begun, and was over before a page could list it.
      if (listed.delete(body.id)) take(at, mayStart)
      else began(at, mayStart)
    }
    if (body.type !== 'fetch-seen') return
    listed.add(body.id)
    for (const id of listed) if (listed.size > MAX_LISTED) listed.delete(id)
    const mayStart = ({ id, origin }: PageCall) => id === body.id && origin === storageKey
    if (!body.already) return began(at, mayStart)
    // A page that begins to look lists those, too, that are known. Another one may have begun right before its first look.
    if (active.has(nameOf(storageKey, body.scope, body.id))) return
    const first = openBefore(at, mayStart).find((one) => !one.isListed)
    if (first) first.isListed = true
  }

  return {
    recorded(events) {
      for (const event of events) {
        apply(event)
        active.apply(event)
      }
    },
  }
}
