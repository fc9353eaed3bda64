import * as v from 'valibot'
import { MAX_BODY, type NewRequest, RequestOptions } from '../../../protocol/new-fetch'
import { t } from '../../i18n/i18n'
import { count, oneLine } from '../format'
import type { Literal, LiteralObject } from './literal'

const text = {
  spaces: t('new_fetch_url_spaces'),
  notInit: t('new_fetch_not_init'),
  body: t('new_fetch_body_text'),
  bodiless: t('new_fetch_bodiless'),
  noCors: t('new_fetch_no_cors'),
  noReferrer: t('new_fetch_no_referrer'),
  headers: t('new_fetch_headers'),
}

/** A request as it is to be made, or in one sentence why it can't be. */
export type CheckedRequest =
  | { readonly ok: true; readonly request: NewRequest }
  | { readonly ok: false; readonly problem: string }

/** Why a request can't be made, in one sentence. */
class Refused extends Error {}
const refuse = (problem: string): never => {
  throw new Refused(problem)
}

/** https://fetch.spec.whatwg.org/#concept-method-normalize */
const NORMALIZED = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'])
/** https://fetch.spec.whatwg.org/#forbidden-method */
const FORBIDDEN_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK'])
/** https://fetch.spec.whatwg.org/#forbidden-request-header: the browser sets them, and ignores what a script gives. */
const FORBIDDEN_HEADERS = new Set([
  ...['accept-charset', 'accept-encoding', 'access-control-request-headers', 'access-control-request-method'],
  ...['connection', 'content-length', 'cookie', 'cookie2', 'date', 'dnt', 'expect', 'host', 'keep-alive'],
  ...['origin', 'referer', 'set-cookie', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'via'],
])
const OVERRIDES = new Set(['x-http-method', 'x-http-method-override', 'x-method-override'])
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/
const MAX_HEADERS = 200
const MAX_HEADER = 16_384
const MAX_METHOD = 200

function urlFrom(typed: string, base: string): string {
  if (/\s/.test(typed)) refuse(text.spaces)
  if (!URL.canParse(typed, base)) refuse(t('new_fetch_url_invalid', oneLine(typed, 80)))
  const url = new URL(typed, base)
  if (!/^https?:$/.test(url.protocol)) refuse(t('new_fetch_url_scheme', oneLine(url.protocol, 40)))
  if (url.username || url.password) refuse(t('new_fetch_url_credentials'))
  return url.href
}

function methodFrom(given: Literal | undefined): string {
  if (given === undefined) return 'GET'
  const typed = String(given)
  if (typeof given !== 'string' || !TOKEN.test(typed) || typed.length > MAX_METHOD) {
    refuse(t('new_fetch_method_invalid', oneLine(JSON.stringify(given), 40)))
  }
  const upper = typed.toUpperCase()
  if (FORBIDDEN_METHODS.has(upper)) refuse(t('new_fetch_method_forbidden', upper))
  return NORMALIZED.has(upper) ? upper : typed
}

/** The pairs of a header list as `fetch()` takes it: of an object or a list of pairs. */
function pairsOf(given: Literal | undefined): readonly (readonly [string, Literal])[] {
  if (given === undefined) return []
  if (typeof given !== 'object' || given === null) return refuse(text.headers)
  if (!Array.isArray(given)) return Object.entries(given)
  return given.map((pair: Literal) => {
    const [name, value, ...more] = Array.isArray(pair) ? pair : []
    return typeof name === 'string' && value !== undefined && more.length === 0
      ? ([name, value] as const)
      : refuse(text.headers)
  })
}

function headerFrom([name, given]: readonly [string, Literal]): [string, string] {
  const shown = oneLine(name, 40)
  if (typeof given === 'object') return refuse(t('new_fetch_header_value', shown))
  // As the browser does: without the space around it.
  const value = String(given).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '')
  const lower = name.toLowerCase()
  if (!TOKEN.test(name)) refuse(t('new_fetch_header_name', shown))
  // A byte for each character, and none that ends a header.
  if (!/^[^\0\r\n\u0100-\uffff]*$/.test(value)) refuse(t('new_fetch_header_value', shown))
  if (name.length > MAX_HEADER || value.length > MAX_HEADER) {
    refuse(t('new_fetch_header_long', shown, count(MAX_HEADER)))
  }
  const overrides =
    OVERRIDES.has(lower) && value.split(',').some((one) => FORBIDDEN_METHODS.has(one.trim().toUpperCase()))
  if (FORBIDDEN_HEADERS.has(lower) || /^(proxy|sec)-/.test(lower) || overrides) {
    refuse(t('new_fetch_header_forbidden', shown))
  }
  return [name, value]
}

function headersFrom(given: Literal | undefined): [string, string][] {
  const pairs = pairsOf(given)
  if (pairs.length > MAX_HEADERS) refuse(t('new_fetch_headers_many', count(MAX_HEADERS)))
  return pairs.map(headerFrom)
}

function bodyFrom(given: Literal | undefined, method: string): { readonly body?: string } {
  if (given === undefined || given === null) return {}
  if (method === 'GET' || method === 'HEAD') refuse(text.bodiless)
  if (typeof given !== 'string') return refuse(text.body)
  if (given.length > MAX_BODY) refuse(t('new_fetch_body_long', count(MAX_BODY)))
  return { body: given }
}

function optionsFrom(given: LiteralObject): { readonly options?: RequestOptions } {
  const names = Object.keys(given)
  if (names.length === 0) return {}
  for (const name of names) {
    if (!Object.hasOwn(RequestOptions.entries, name)) refuse(t('new_fetch_option_unknown', oneLine(name, 40)))
  }
  if (given.mode === 'no-cors') refuse(text.noCors)
  if (given.referrer === '') refuse(text.noReferrer)
  const options = v.safeParse(RequestOptions, given)
  if (options.success) return { options: options.output }
  const name = String(v.getDotPath(options.issues[0]))
  return refuse(t('new_fetch_option_value', name, oneLine(JSON.stringify(given[name]), 40)))
}

const isObject = (value: Literal): value is LiteralObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Whether a request can be made of what `fetch()` would get: as far as the browser would refuse it, or send something else.
 *
 * @param base what a relative URL is relative to
 */
export function checkRequest(typed: string, init: Literal, base: string): CheckedRequest {
  try {
    const url = urlFrom(typed, base)
    if (!isObject(init)) return refuse(text.notInit)
    const { method: givenMethod, headers, body, ...others } = init
    const method = methodFrom(givenMethod)
    return {
      ok: true,
      request: {
        method,
        url,
        headers: headersFrom(headers),
        ...bodyFrom(body, method),
        ...optionsFrom(others),
      },
    }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.message }
    throw error
  }
}
