import type { SiteSettings } from '../audit/site-settings'
import { endEvent } from '../session/fetch-phase'
import type { Fetch, Worker } from '../session/view'

/** One of two fetches that are compared, with what its session knows of it. */
export interface Side {
  readonly fetch: Fetch
  /** The runs of workers that were seen. */
  readonly workers: readonly Worker[]
  readonly settings: SiteSettings
}

/** Their ends are handled by the same event: the time that another one's handler takes is no difference. */
export const haveSameEvent = (a: Side, b: Side): boolean =>
  endEvent(a.fetch.attributes) === endEvent(b.fetch.attributes)
