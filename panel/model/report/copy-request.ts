import type { FetchRecord } from '../../../protocol/attributes'

/** What of a request is known: neither its headers nor its body can be read from a background fetch. */
export type CopiedRequest = Pick<FetchRecord, 'method' | 'url'>

const hex = (code: number, length: number) => code.toString(16).padStart(length, '0')

/** A string as JavaScript writes it, in which nothing hides. */
const javascript = (text: string): string =>
  JSON.stringify(text).replace(/[^\x20-\x7e]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)

/**
 * A word of bash that is read as exactly this text, whatever it contains.
 * https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
 */
export function bashWord(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !/['!]/.test(text)) return `'${text}'`
  // `!` is expanded inside of quotes as well where a person types.
  const written = text.replace(/[^\x20-\x7e]|[\\'!]/gu, (letter) => {
    if (letter === '\\' || letter === "'") return `\\${letter}`
    const code = letter.codePointAt(0) ?? 0
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`
  })
  return `$'${written}'`
}

/** A call of `fetch()` for the same URL and method. */
export function asFetch({ method, url }: CopiedRequest): string {
  if (method === 'GET') return `fetch(${javascript(url)})`
  return `fetch(${javascript(url)}, { method: ${javascript(method)} })`
}

/** A command of bash that requests the same URL with the same method. */
export function asCurl({ method, url }: CopiedRequest): string {
  const parts = ['curl']
  // It would take brackets for a pattern of several URLs.
  if (/[[\]{}]/.test(url)) parts.push('--globoff')
  if (method === 'HEAD') parts.push('--head')
  else if (method !== 'GET') parts.push('--request', bashWord(method))
  return [...parts, bashWord(url)].join(' ')
}
