import type { NetworkEnd, NetworkRequest, NetworkResponse } from '../../protocol/network-events'

/** What the browser reported of a request that may be of a background fetch. */
interface Step {
  /** The browser's name of the request. */
  readonly request: string
  /** When, in epoch milliseconds. */
  readonly at: number
  /** The origin that it was made for. */
  readonly initiator: string
}

type Body<T> = Omit<T, 'type' | 'handle' | 'request'>

/** `sent`: it begins. `response`: the head of a response came. `end`: it is over. */
export type NetworkStep = Step &
  (
    | ({ readonly kind: 'sent' } & Body<NetworkRequest>)
    | ({ readonly kind: 'response' } & Body<NetworkResponse>)
    | ({ readonly kind: 'end' } & Body<NetworkEnd>)
  )
