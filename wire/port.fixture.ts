import type { PortLike } from './port-rpc'

export interface FakePort extends PortLike {
  /** Closes both ends; only the other end is notified, as with `runtime.Port`. */
  disconnect(): void
  readonly connected: boolean
}

/** Two ends that carry JSON to each other, a moment later and in order. For tests. */
export function portPair(): [FakePort, FakePort] {
  let connected = true
  const make = () => ({ messages: new Set<(message: unknown) => void>(), closings: new Set<() => void>() })
  const ends = [make(), make()] as const

  const port = (own: ReturnType<typeof make>, other: ReturnType<typeof make>): FakePort => ({
    postMessage(message) {
      if (!connected) throw new Error('Attempting to use a disconnected port object')
      const carried: unknown = JSON.parse(JSON.stringify(message))
      queueMicrotask(() => {
        if (connected) for (const listener of other.messages) listener(carried)
      })
    },
    onMessage: { addListener: (listener) => own.messages.add(listener) },
    onDisconnect: { addListener: (listener) => own.closings.add(listener) },
    disconnect() {
      if (!connected) return
      connected = false
      for (const listener of other.closings) listener()
    },
    get connected() {
      return connected
    },
  })

  return [port(ends[0], ends[1]), port(ends[1], ends[0])]
}
