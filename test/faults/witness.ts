import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '../support/panel'

/** What a worker's handlers report outside the browser: what really happened, whatever the panel shows. */
export interface Witness {
  /** Ends with a slash. */
  readonly url: string
  /** Ids of fetches whose `backgroundfetchabort` event has reached a handler, once for each time. */
  readonly fired: readonly string[]
  /** Keeps the handler for this fetch running until `release()`. */
  hold(id: string): void
  /** Lets every handler end, also those that are not running yet. */
  release(): void
  /** Waits until the event for this fetch has reached a handler. */
  untilFired(id: string): Promise<void>
  close(): Promise<void>
}

/** Starts a witness on a port of its own, which no fault touches. */
export async function startWitness(): Promise<Witness> {
  const fired: string[] = []
  const held = new Set<string>()
  const open = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const id = new URL(request.url ?? '/', 'http://localhost').searchParams.get('id') ?? ''
    fired.push(id)
    if (held.has(id)) open.add(response)
    else response.end()
  })
  server.requestTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    fired,
    hold: (id) => void held.add(id),
    release() {
      held.clear()
      for (const response of open) response.end()
      open.clear()
    },
    untilFired: (id) => eventually(() => fired).toContain(id),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
