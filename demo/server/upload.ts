import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { readNumber } from './params'

/** Answers a POST to `/upload`: takes the body in at `rate` bytes per second and says how long it was. */
export async function takeUpload(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const rate = readNumber(url.searchParams, 'rate') ?? 0
  if (request.method !== 'POST') {
    response.writeHead(405, { Allow: 'POST', 'Content-Type': 'text/plain' }).end('Send a POST.\n')
    return
  }
  const began = performance.now()
  let bytes = 0
  // Reading slowly is enough: the full socket buffers slow the sender down.
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length
    const ahead = rate > 0 ? (1000 * bytes) / rate - (performance.now() - began) : 0
    if (ahead > 0) await sleep(ahead)
  }
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ bytes }))
}
