import { writePaced } from '../demo/server/paced'
import type { Route } from '../test/support/site'

/** Bytes per second of the server. */
const RATE = 2_000_000

const now = () => performance.timeOrigin + performance.now()

/** What the server saw of the fetches, by their IDs. */
export interface Served {
  /** Bytes that were given to the connections by then. */
  readonly given: { readonly at: number; readonly bytes: number }[]
  /** When each response was complete. */
  readonly done: number[]
  closedAt: number
}

/** A server whose responses are sent at a rate, and that keeps when it has sent what: `/paced/<id>/<number>?<bytes>`. */
export function pacedServer() {
  const served = new Map<string, Served>()
  const route: Route = ({ pathname, search }, _, response) => {
    const [, id] = /^\/paced\/([^/]+)\//.exec(pathname) ?? []
    if (id === undefined) return false
    const size = Number(search.slice(1))
    const one = served.get(id) ?? { given: [], done: [], closedAt: Number.NaN }
    served.set(id, one)
    response.on('close', () => {
      one.closedAt = now()
    })
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': size })
    void writePaced(response, { start: 0, end: size }, RATE, (start, end) => {
      // Responses of one fetch may come side by side.
      one.given.push({ at: now(), bytes: (one.given.at(-1)?.bytes ?? 0) + end - start })
      return Buffer.alloc(end - start)
    }).then(() => {
      if (response.destroyed) return
      one.done.push(now())
      response.end()
    })
    return true
  }
  return { route, served }
}
