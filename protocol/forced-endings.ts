import * as v from 'valibot'
import { Bytes } from './numbers'
import { MAX_TEXT } from './page-events'

const short = v.pipe(v.string(), v.maxLength(1024))
const text = v.pipe(v.string(), v.maxLength(MAX_TEXT))

/**
 * The failures that a fetch can be made to end with. https://wicg.github.io/background-fetch/#enumdef-backgroundfetchfailurereason
 */
export const forcedEndings = [
  'download-total-exceeded',
  'quota-exceeded',
  'bad-status',
  'fetch-error',
] as const
export const ForcedEnding = v.picklist(forcedEndings)
export type ForcedEnding = v.InferOutput<typeof ForcedEnding>

/**
 * How a fetch is made to fail. `total`: it is started with this `downloadTotal`. `quota`: its origin has no more room
 * than this beside what it uses already. `request`: it is started with this additional request.
 */
export const ForcedBy = v.variant('kind', [
  v.object({ kind: v.literal('total'), downloadTotal: Bytes }),
  v.object({ kind: v.literal('quota'), room: Bytes }),
  v.object({ kind: v.literal('request'), method: short, url: text }),
])
export type ForcedBy = v.InferOutput<typeof ForcedBy>

/** The smallest there is: any response exceeds it. */
const TOO_SMALL = 1
/** A start needs some room of its own, in bytes: without it the browser refuses it. */
const ROOM = 4096

/**
 * How a fetch of an origin is brought to an end.
 *
 * @param name a path that the server does not have
 */
export function forcedBy(ending: ForcedEnding, origin: string, name: string): ForcedBy {
  switch (ending) {
    case 'download-total-exceeded':
      return { kind: 'total', downloadTotal: TOO_SMALL }
    case 'quota-exceeded':
      return { kind: 'quota', room: ROOM }
    case 'bad-status':
      return { kind: 'request', method: 'GET', url: `${origin}/${name}` }
    case 'fetch-error':
      // It needs a CORS preflight, so it is never sent, and the host can't exist (RFC 6761).
      return { kind: 'request', method: 'PUT', url: `https://background-fetch.invalid/${name}` }
  }
}

/** How a fetch is to end, and how it is brought to that. */
export interface Forced {
  readonly ending: ForcedEnding
  readonly by: ForcedBy
}

/** A person has a fetch of this ID started that is to end like that: noted before anything is changed for it. */
export const EndingForced = v.object({
  type: v.literal('ending-forced'),
  command: short,
  scope: text,
  id: text,
  ending: ForcedEnding,
  by: ForcedBy,
})
export type EndingForced = v.InferOutput<typeof EndingForced>

/**
 * What was changed for it is as before. `fetch-ended`: as intended. `not-started`: the page has not said that it started the fetch; of
 * every kind, also where nothing was changed. `not-seen`: no page has
 * reported that fetch. `page-gone`: no page of the origin is there any more that reports its end. `panel-gone`: the last panel of the
 * tab is gone. `tracing-ended`: the debugger was detached. `interrupted`: the extension was started again. `too-long`: the fetch ran for five
 * minutes. `revert-failed`: it is not known to be as before, as the browser has refused that.
 */
export const EndingReverted = v.object({
  type: v.literal('ending-reverted'),
  command: short,
  why: v.picklist([
    'fetch-ended',
    'not-started',
    'not-seen',
    'page-gone',
    'panel-gone',
    'tracing-ended',
    'interrupted',
    'too-long',
    'revert-failed',
  ]),
})
export type EndingReverted = v.InferOutput<typeof EndingReverted>
