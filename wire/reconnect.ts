import type { PortLike } from './port-rpc'

export interface Connection {
  /** Ends for good: no further attempt is made. */
  end(): void
}

/**
 * Keeps a port open. The browser closes it whenever the extension's service worker stops; opening it again
 * starts the worker. Gives up, and says so once, when the extension itself is gone (reloaded or removed).
 *
 * @param open opens a port; throws when the extension is gone
 * @param opened gets each port that was opened
 * @param gone is called once that there will be no other
 */
export function reconnecting<P extends PortLike & { disconnect(): void }>(
  open: () => P,
  opened: (port: P) => void,
  gone: () => void,
): Connection {
  let ended = false
  let port: P | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  const attempt = () => {
    if (ended) return
    try {
      port = open()
    } catch {
      ended = true
      gone()
      return
    }
    const since = Date.now()
    port.onDisconnect.addListener(() => {
      if (ended) return
      // A worker that dies at each start must not be started in a tight loop.
      failures = Date.now() - since < 1000 ? failures + 1 : 0
      timer = setTimeout(attempt, Math.min(20 * 2 ** failures, 2000))
    })
    opened(port)
  }

  attempt()
  return {
    end() {
      ended = true
      clearTimeout(timer)
      try {
        port?.disconnect()
      } catch {
        // Its extension is gone, and the port with it.
      }
    },
  }
}
