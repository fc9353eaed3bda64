import type { IncomingMessage, ServerResponse } from 'node:http'
import { writePaced } from './paced'
import { BadRequest, readNumber, readSwitch } from './params'
import { type Piece, readRange } from './range'
import { seedOf } from './seed'
import { wavBytes } from './wav'

const DEFAULT_BYTES = 1_000_000

type Plan = {
  size: number
  rate: number
  drop: number | undefined
  length: number | undefined
  chunked: boolean
}

/** Answers `/media/<name>.wav`: a WAV made on the spot, well or badly served as the query asks. */
export async function serveMedia(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (!url.pathname.endsWith('.wav')) throw new BadRequest('media names end in .wav')
  const plan = readPlan(url.searchParams)
  const status = readNumber(url.searchParams, 'status')
  if (readSwitch(url.searchParams, 'redirect')) return redirect(response, url)
  if (status !== undefined && status !== 200) return answerStatus(response, status)
  await send(request, response, url, plan)
}

function readPlan(query: URLSearchParams): Plan {
  return {
    size: readNumber(query, 'size') ?? DEFAULT_BYTES,
    rate: readNumber(query, 'rate') ?? 0,
    drop: readNumber(query, 'drop'),
    length: readNumber(query, 'length'),
    chunked: readSwitch(query, 'nolength'),
  }
}

function redirect(response: ServerResponse, url: URL): void {
  const target = new URL(url)
  target.searchParams.delete('redirect')
  response.writeHead(302, { Location: target.pathname + target.search }).end()
}

function answerStatus(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`This answer has the status ${status}.\n`)
}

async function send(request: IncomingMessage, response: ServerResponse, url: URL, plan: Plan): Promise<void> {
  const { size, rate, drop, length, chunked } = plan
  const whole: Piece = { start: 0, end: size }
  // A resumed download would correct a wrong length, so such an answer is always the whole file.
  const range = chunked || length !== undefined ? undefined : readRange(request.headers.range, size)
  if (range === 'none') {
    response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end()
    return
  }
  const piece = range ?? whole
  response.setHeader('Content-Type', 'audio/wav')
  response.setHeader('ETag', `"${seedOf(url.pathname).toString(16)}-${size}"`)
  if (!chunked && length === undefined) response.setHeader('Accept-Ranges', 'bytes')
  if (range) response.setHeader('Content-Range', `bytes ${piece.start}-${piece.end - 1}/${size}`)
  if (!chunked) response.setHeader('Content-Length', length ?? piece.end - piece.start)
  if (length !== undefined) response.setHeader('Connection', 'close')
  response.writeHead(range ? 206 : 200)
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  response.flushHeaders()
  // The place of the drop is one in the file: a resumed download finds it again.
  const end = drop === undefined ? piece.end : Math.max(piece.start, Math.min(piece.end, drop))
  await writePaced(response, { start: piece.start, end }, rate, (from, to) =>
    wavBytes(url.pathname, size, from, to),
  )
  if (drop !== undefined && drop < piece.end) await hangUp(response)
  else response.end()
}

/** Lets the last bytes leave before the socket goes, so that the drop is where the query said. */
async function hangUp(response: ServerResponse): Promise<void> {
  if (!response.destroyed) await new Promise<void>((resolve) => response.write('', () => resolve()))
  response.destroy()
}
