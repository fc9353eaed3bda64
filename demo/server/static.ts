import { readFile, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BadRequest } from './params'

// Browsers ask for it on pages that name no icon.
const ALIASES: Record<string, string> = { '/favicon.ico': '/icon.svg' }

const ROOT = resolve(fileURLToPath(new URL('../site', import.meta.url)))

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

/** Answers with a file of the site; a folder answers with its index.html. */
export async function serveStatic(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const file = await findFile(url)
  // Only the kinds of files a browser asks for: the type definitions and tsconfig are not part of the site.
  const type = file && TYPES[extname(file)]
  if (!file || !type || file.endsWith('tsconfig.json')) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('There is no such file.\n')
    return
  }
  if (file.endsWith('index.html') && !/(\/|index\.html)$/.test(url.pathname)) {
    response.writeHead(301, { Location: `${url.pathname}/${url.search}` }).end()
    return
  }
  const body = await readFile(file)
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function findFile(url: URL): Promise<string | undefined> {
  const path = resolve(ROOT, `.${ALIASES[url.pathname] ?? decodePath(url.pathname)}`)
  // The URL parser has taken out plain dots already; encoded ones and backslashes end here.
  if (path !== ROOT && !path.startsWith(ROOT + sep)) return undefined
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return path
  if (!found?.isDirectory()) return undefined
  const index = join(path, 'index.html')
  return (await stat(index).catch(() => undefined))?.isFile() ? index : undefined
}

function decodePath(pathname: string): string {
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    throw new BadRequest('the path is not well encoded')
  }
  if (path.includes('\0')) throw new BadRequest('the path holds a zero byte')
  return path
}
