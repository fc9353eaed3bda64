import { type BirpcReturn, createBirpc } from 'birpc'

/** The part of `runtime.Port` that calls need. */
export interface PortLike {
  postMessage(message: unknown): void
  onMessage: { addListener(listener: (message: unknown) => void): void }
  onDisconnect: { addListener(listener: () => void): void }
}

/** The other side is gone: what was asked has no answer. Its message is a name, for no language. */
export class ConnectionClosedError extends Error {
  constructor() {
    super('connection-closed')
    this.name = 'ConnectionClosedError'
  }
}

/** What a port can carry is JSON, and an Error is `{}` in JSON. */
const portable = (message: unknown): unknown => {
  if (typeof message !== 'object' || message === null || !('e' in message)) return message
  return message.e instanceof Error ? { ...message, e: message.e.message } : message
}
const restored = (message: unknown): unknown => {
  if (typeof message !== 'object' || message === null || !('e' in message)) return message
  return typeof message.e === 'string' ? { ...message, e: new Error(message.e) } : message
}

/**
 * Typed calls over a port, both ways. Pending calls reject when the port closes.
 */
export function rpcOverPort<Remote extends object, Local extends object>(
  port: PortLike,
  local: Local,
): BirpcReturn<Remote, Local> {
  let closed = false
  const rpc = createBirpc<Remote, Local>(local, {
    // An answer that is ready after the port has closed has nobody to go to; a closed port would throw.
    post: (message) => {
      if (!closed) port.postMessage(message)
    },
    on: (listener) => port.onMessage.addListener(listener),
    serialize: portable,
    deserialize: restored,
  })
  port.onDisconnect.addListener(() => {
    closed = true
    if (!rpc.$closed) rpc.$close(new ConnectionClosedError())
  })
  return rpc
}
