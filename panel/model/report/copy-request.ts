import { t } from '../../i18n/i18n'
import { comment, literal } from '../copy-test/literal'

/** What is known of a request, as it is copied. */
export interface CopiedRequest {
  readonly method: string
  readonly url: string
  /** As the page has given them; null where they are not known. */
  readonly headers: readonly (readonly [name: string, value: string])[] | null
  /** It may have a body, which can’t be read. */
  readonly mayHaveBody: boolean
  /** The URL is longer than what is known of it. */
  readonly isCut: boolean
}

const text = {
  headers: t('copy_headers_unknown'),
  body: t('copy_body_unknown'),
  both: t('copy_headers_body_unknown'),
  cut: t('copy_url_cut'),
  settings: t('copy_settings_unknown'),
  cookies: t('copy_cookies_unknown'),
}

/** Of each request: what the browser tells of one in a record are not the values that it was given with. */
export const settingsUnknown = text.settings

/** What is not known of a request, so that what is copied is not it. */
export const unknownOf = ({ headers, mayHaveBody, isCut }: CopiedRequest): readonly string[] => [
  ...(isCut ? [text.cut] : []),
  ...(headers === null ? [mayHaveBody ? text.both : text.headers] : mayHaveBody ? [text.body] : []),
]

const escapedByte = (byte: number) => `\\x${byte.toString(16).padStart(2, '0')}`

const utf8 = (letter: string): readonly number[] => [...new TextEncoder().encode(letter)]

/** A character of a header’s value is a byte. https://webidl.spec.whatwg.org/#idl-ByteString */
const latin1 = (letter: string): readonly number[] => [letter.charCodeAt(0)]

/**
 * A word of bash that is read as exactly this text, whatever it contains and whatever the locale is.
 * https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
 */
export function bashWord(text: string, bytesOf = utf8): string {
  if (/^[\x20-\x7e]*$/.test(text) && !/['!]/.test(text)) return `'${text}'`
  // `!` is expanded inside of quotes as well where a person types.
  const written = text.replace(/[^\x20-\x7e]|[\\'!]/gu, (letter) =>
    letter === '\\' || letter === "'" ? `\\${letter}` : bytesOf(letter).map(escapedByte).join(''),
  )
  return `$'${written}'`
}

/** Headers as an object; a member of that name would be its prototype. */
const headersLiteral = (headers: NonNullable<CopiedRequest['headers']>): string =>
  `{ ${headers
    .map(([name, value]) => `${name === '__proto__' ? '["__proto__"]' : literal(name)}: ${literal(value)}`)
    .join(', ')} }`

/** The arguments of `fetch()` and of `new Request()`. */
export function requestArguments({ method, url, headers }: CopiedRequest): string {
  const init = [
    ...(method === 'GET' ? [] : [`method: ${literal(method)}`]),
    ...(headers?.length ? [`headers: ${headersLiteral(headers)}`] : []),
  ]
  return init.length === 0 ? literal(url) : `${literal(url)}, { ${init.join(', ')} }`
}

/** A call of `fetch()` for the same request, after comments that name what of it is not known. */
export const asFetch = (request: CopiedRequest): string =>
  [...[...unknownOf(request), settingsUnknown].flatMap(comment), `fetch(${requestArguments(request)})`].join(
    '\n',
  )

/** A header as curl takes it, which would leave out one that ends with a colon. https://curl.se/docs/manpage.html#-H */
const headerLine = ([name, value]: readonly [string, string]): string =>
  value === '' ? `${name};` : `${name}: ${value}`

/** A command of bash that makes the same request, after comments that name what of it is not known. */
export function asCurl(request: CopiedRequest): string {
  const { method, url, headers } = request
  const parts = ['curl']
  // It would take brackets for a pattern of several URLs.
  if (/[[\]{}]/.test(url)) parts.push('--globoff')
  if (method === 'HEAD') parts.push('--head')
  else if (method !== 'GET') parts.push('--request', bashWord(method))
  for (const header of headers ?? []) parts.push('--header', bashWord(headerLine(header), latin1))
  const unknown = [...unknownOf(request), text.cookies]
    .flatMap(comment)
    .map((line) => line.replace('//', '#'))
  return [...unknown, [...parts, bashWord(url)].join(' ')].join('\n')
}
