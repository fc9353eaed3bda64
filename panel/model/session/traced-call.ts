import type { BodyOf } from '../../../protocol/events'

/** A call of `fetch()` or `abort()` by a script of a page or of a service worker. */
export type TracedCall = BodyOf<'page-call'> | BodyOf<'worker-call'>
