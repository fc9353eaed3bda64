import { type IncomingHttpHeaders, request } from 'node:http'

export type Answer = {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** How many pieces the body came in. */
  chunks: number
  /** False when the connection ended before the promised length. */
  whole: boolean
}

type Options = { headers?: Record<string, string>; method?: string; body?: Buffer }

/** One plain HTTP request. Unlike fetch() it takes any path as it is and shows a broken answer's bytes. */
export function get(base: string, path: string, options: Options = {}): Promise<Answer> {
  const { hostname, port } = new URL(base)
  return new Promise((resolve, reject) => {
    const { headers = {}, method = 'GET' } = options
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', () => {})
      response.on('close', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
          chunks: parts.length,
          whole: response.complete,
        }),
      )
    })
    sent.on('error', reject)
    sent.end(options.body)
  })
}
