import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Route } from '../support/site'

const number = (url: URL, name: string, otherwise: number): number =>
  Number(url.searchParams.get(name) ?? otherwise)

/** The rest of an answer is sent after so many milliseconds, so that a page lists its fetch. */
const SEEN = 500
/** What `/restart` sends at a time. */
const CHUNK = 50_000

type Answer = (url: URL, request: IncomingMessage, response: ServerResponse) => void

/**
 * Makes the paths of servers that misbehave. `/bytes?size=&for=` answers whole, its second half some
 * milliseconds later; `/lost?size=&sent=&times=` promises more than it
 * sends, loses the connection, and then every other one that comes; `/restart?wait=` loses it in the middle, and sends nothing
 * for some milliseconds when it is there again; `/turns?of=&for=` answers with these statuses, one after the other; `/dead` closes the connection, `/silent` never answers; `/gzip?size=` answers encoded;
 * `/range?status=&length=` answers with 21 bytes whatever range is asked for, and `/random?size=` with bytes that can't be compressed, both for
 * other origins, too.
 */
export function createRoutes(): Route {
  const seen = new Map<string, number>()
  const answers: Record<string, Answer> = {
    '/bytes': (url, _, response) => {
      const size = number(url, 'size', 1000)
      response.writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': size })
      const half = Math.floor(size / 2)
      response.write('x'.repeat(half))
      setTimeout(() => response.end('x'.repeat(size - half)), number(url, 'for', 0))
    },
    '/lost': (url, request, response) => {
      const before = seen.get(url.href) ?? 0
      seen.set(url.href, before + 1)
      if (before > 0) return void request.socket.destroy()
      const sent = number(url, 'sent', 0)
      response.writeHead(200, {
        'Content-Type': 'video/mp4',
        'Content-Length': number(url, 'size', 5_000_000),
      })
      response.flushHeaders()
      if (sent > 0) response.write('x'.repeat(sent))
      setTimeout(() => request.socket.destroy(), 200)
    },
    '/restart': (url, request, response) => {
      const before = seen.get(url.href) ?? 0
      seen.set(url.href, before + 1)
      const headers = { 'Content-Type': 'video/mp4', 'Content-Length': 20 * CHUNK }
      response.writeHead(200, headers).flushHeaders()
      let sent = 0
      const send = () => {
        if (before === 0 && sent === 10) return void request.socket.destroy()
        response.write('x'.repeat(CHUNK))
        if (++sent < 20) setTimeout(send, 200)
        else response.end()
      }
      setTimeout(send, before === 0 ? 0 : number(url, 'wait', 0))
    },
    '/turns': (url, _, response) => {
      const before = seen.get(url.href) ?? 0
      seen.set(url.href, before + 1)
      const status = Number((url.searchParams.get('of') ?? '').split(',')[before] ?? 200)
      setTimeout(() => response.writeHead(status).end('x'), number(url, 'for', 0))
    },
    '/silent': () => {},
    '/dead': (_, request) => void request.socket.destroy(),
    '/gzip': (url, _, response) => {
      const body = gzipSync('x'.repeat(number(url, 'size', 100_000)))
      const headers = {
        'Content-Type': 'text/plain',
        'Content-Encoding': 'gzip',
        'Content-Length': body.length,
      }
      response.writeHead(200, headers).end(body)
    },
    '/range': (url, _, response) => {
      const length = url.searchParams.get('length')
      response.writeHead(number(url, 'status', 200), {
        'Access-Control-Allow-Origin': '*',
        'Content-Range': 'bytes 0-20/21',
        ...(length ? { 'Content-Length': length } : {}),
      })
      response.write('x'.repeat(20))
      setTimeout(() => response.end('x'), SEEN)
    },
    '/random': (url, _, response) => {
      const bytes = randomBytes(number(url, 'size', 1000))
      const body = gzipSync(bytes)
      response.writeHead(200, {
        'Access-Control-Allow-Origin': '*',
        'Content-Encoding': 'gzip',
        'Content-Length': body.length,
      })
      response.write(body.subarray(0, 100))
      setTimeout(() => response.end(body.subarray(100)), SEEN)
    },
    '/redirect': (url, _, response) => {
      response.writeHead(302, { Location: url.searchParams.get('to') ?? '/small' }).end()
    },
  }
  return (url, request, response) => {
    const answer = answers[url.pathname]
    answer?.(url, request, response)
    return answer !== undefined
  }
}
