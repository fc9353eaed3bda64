import type { NetworkResponse } from '../../../protocol/network-events'

/** A response whose head came, of a request or of one that it was redirected to. */
export interface ObservedResponse extends Omit<NetworkResponse, 'type' | 'handle' | 'request'> {
  readonly at: number
}

/** A request of a fetch, as the browser sent it. */
export interface ObservedRequest {
  readonly method: string
  readonly url: string
  readonly sentAt: number
  readonly responses: readonly ObservedResponse[]
  /** When it was over; null where that was not observed. */
  readonly endedAt: number | null
  /** Why it has no response, or not all of it, in the browser's words; '' where nothing failed. */
  readonly error: string
}
