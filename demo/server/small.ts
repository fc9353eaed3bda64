import type { IncomingMessage, ServerResponse } from 'node:http'
import { BadRequest } from './params'
import { randomFrom, seedOf } from './seed'

/** Answers `/small/<n>.bin`: a file of 1 to 4 kB that is always the same for the same number. */
export function serveSmall(request: IncomingMessage, response: ServerResponse, url: URL): void {
  const match = /^\/small\/(\d{1,6})\.bin$/.exec(url.pathname)
  if (!match) throw new BadRequest('small files are called /small/<number>.bin')
  const random = randomFrom(seedOf(url.pathname))
  const body = Buffer.alloc(1024 + Math.floor(random() * 3072))
  for (let i = 0; i < body.length; i++) body[i] = Math.floor(random() * 256)
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}
