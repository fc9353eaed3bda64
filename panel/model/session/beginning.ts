import type { Began } from '../../../protocol/page-events'

/** Between which listings a fetch began, and the bridge that numbers them. */
export interface BeganIn extends Began {
  readonly producer: string
}

/** A traced call of `fetch()`. */
export interface StartCall {
  /** In epoch milliseconds. */
  readonly at: number
  /** Its number among those of the session, from 1. */
  readonly nth: number
  /** It was in the tab's own page. */
  readonly inTopPage: boolean
}
