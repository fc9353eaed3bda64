import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer } from './answer'

export type DemoOptions = { port?: number; host?: string }

export type Demo = {
  /** http://localhost:PORT/ */
  url: string
  /** The same site under its other name, which makes it another origin: http://127.0.0.1:PORT/ */
  otherOrigin: string
  port: number
  close(): Promise<void>
}

const ATTEMPTS = 20

/** Starts the demo. Port 0, the default, is any free one; `host` is the IPv4 address to listen on. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port = 0, host = '127.0.0.1' } = options
  for (let attempt = 1; ; attempt++) {
    const first = await listen(port, host)
    const actual = (first.address() as AddressInfo).port
    try {
      const second = await listenOnIpv6(actual)
      return demo(actual, second ? [first, second] : [first])
    } catch (error) {
      await stop(first)
      // Another program may hold the IPv6 side of a port that was free on IPv4: then try another one.
      if (port !== 0 || attempt === ATTEMPTS) throw error
    }
  }
}

function demo(port: number, servers: Server[]): Demo {
  return {
    url: `http://localhost:${port}/`,
    otherOrigin: `http://127.0.0.1:${port}/`,
    port,
    close: async () => {
      await Promise.all(servers.map(stop))
    },
  }
}

function listen(port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => void answer(request, response))
  // A paced answer can be slower than Node's patience with a request.
  server.requestTimeout = 0
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

/** `localhost` is ::1 first where there is IPv6; a machine without it goes on with IPv4 alone. */
async function listenOnIpv6(port: number): Promise<Server | undefined> {
  try {
    return await listen(port, '::1')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw error
    return undefined
  }
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
