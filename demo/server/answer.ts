import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { serveArt } from './art'
import { serveMedia } from './media'
import { BadRequest, readNumber, readSwitch } from './params'
import { serveSmall } from './small'
import { serveStatic } from './static'
import { takeUpload } from './upload'

/** Answers one request, whatever it asks for; a mistake in it is a 400 and never takes the server down. */
export async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await route(request, response)
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      response.destroy()
      return
    }
    const bad = error instanceof BadRequest
    for (const name of ['Content-Length', 'Content-Range', 'ETag']) response.removeHeader(name)
    response.writeHead(bad ? 400 : 500, { 'Content-Type': 'text/plain; charset=utf-8' })
    response.end(`${bad ? error.message : 'Something went wrong here.'}\n`)
  }
}

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('Cache-Control', 'no-store')
  const url = readUrl(request)
  if (readSwitch(url.searchParams, 'cors')) allowOrigins(response)
  if (request.method === 'OPTIONS') {
    response.writeHead(204).end()
    return
  }
  if (url.pathname === '/upload') return takeUpload(request, response, url)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD', 'Content-Type': 'text/plain' }).end('Send a GET.\n')
    return
  }
  await sleep(readNumber(url.searchParams, 'delay') ?? 0)
  if (url.pathname.startsWith('/media/')) return serveMedia(request, response, url)
  if (url.pathname.startsWith('/small/')) return serveSmall(request, response, url)
  if (url.pathname.startsWith('/art/')) return serveArt(request, response, url)
  return serveStatic(request, response, url)
}

function readUrl(request: IncomingMessage): URL {
  try {
    // The path is appended, not resolved: "//name" would otherwise be taken for a host.
    return new URL(`http://localhost${request.url ?? '/'}`)
  } catch {
    throw new BadRequest('the address cannot be read')
  }
}

function allowOrigins(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader('Access-Control-Allow-Headers', '*')
  response.setHeader('Access-Control-Expose-Headers', '*')
}
