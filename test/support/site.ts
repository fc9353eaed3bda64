import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { takePort } from './used-ports'

/** A site whose workers are the scripts of test/fixtures. */
export interface Site {
  /** Ends with a slash. */
  readonly url: string
  close(): Promise<void>
}

const file = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))

async function answer(path: string, response: ServerResponse): Promise<void> {
  if (path === '/endless') {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' })
    const timer = setInterval(() => response.write('x'.repeat(1000)), 50)
    response.on('close', () => clearInterval(timer))
    return
  }
  if (path === '/small') {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end('small')
    return
  }
  if (path === '/missing') {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('missing')
    return
  }
  if (path === '/gzip') {
    const body = gzipSync('x'.repeat(50_000))
    const headers = { 'Content-Encoding': 'gzip', 'Content-Length': body.length }
    response.writeHead(200, { 'Content-Type': 'text/plain', ...headers }).end(body)
    return
  }
  if (path === '/clear') {
    response.writeHead(200, { 'Clear-Site-Data': '"storage"' }).end()
    return
  }
  if (path.endsWith('.js')) {
    const script = await readFile(file(path.slice(1)), 'utf8').catch(() => undefined)
    const status = script === undefined ? 404 : 200
    response.writeHead(status, { 'Content-Type': 'text/javascript' }).end(script)
    return
  }
  response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Site</title>')
}

/** Answers a request by itself, or returns false. */
export type Route = (url: URL, request: IncomingMessage, response: ServerResponse) => boolean

/**
 * Starts a site of its own, and so an origin of its own.
 *
 * @param at the port of a site that was closed, to have its origin again; 0 is any free one
 * @param route is asked before the site's own paths
 */
export async function startSite(at = 0, route: Route = () => false): Promise<Site> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (!route(url, request, response)) void answer(url.pathname, response)
  })
  server.requestTimeout = 0
  const listen = async (): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(at, 'localhost', resolve))
    const { port } = server.address() as AddressInfo
    if (at !== 0 || takePort(port)) return port
    await new Promise((resolve) => server.close(resolve))
    return listen()
  }
  const port = await listen()
  return {
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
