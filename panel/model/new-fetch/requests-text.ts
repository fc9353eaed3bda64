import type { NewRequest } from '../../../protocol/new-fetch'
import { MAX_SEEN_REQUESTS } from '../../../protocol/seen-requests'
import { t } from '../../i18n/i18n'
import { count, oneLine } from '../format'
import { createLiteralReader, type Literal, LiteralError } from './literal'
import { checkRequest } from './request-init'

/** The longest text of requests, in characters. */
export const MAX_REQUESTS_TEXT = 2_000_000

/** What is wrong with a part of the text, and where that stands in it, in characters. */
export interface TextProblem {
  readonly problem: string
  readonly from: number
  readonly to: number
}

/** A request, and the line of the text that it begins in, counted from 1. */
export interface TypedRequest {
  readonly line: number
  readonly request: NewRequest
}

export interface ReadRequests {
  readonly requests: readonly TypedRequest[]
  readonly problems: readonly TextProblem[]
}

const CALL = /(?:await\s+)?(?:fetch|new\s+Request)\s*\(/y
const SPACE = /\s*/y
const REST_OF_LINE = /[^\n]*/y
const END = /[ \t\r]*[;,]?[ \t\r]*(?=\n|$)/y

/** What stands at one place of the text: what `fetch()` would get, and where the next begins. */
interface Entry {
  readonly url: string
  readonly init: Literal
  readonly end: number
}

const rest = (text: string, at: number): string => {
  REST_OF_LINE.lastIndex = at
  return REST_OF_LINE.exec(text)?.[0] ?? ''
}

/** A call of `fetch()` or `new Request()`, or a URL in quotes; undefined where neither begins here. */
function readCode(text: string, at: number): Entry | undefined {
  const reader = createLiteralReader(text, at)
  const call = reader.match(CALL) !== null
  if (!call && !/["'`]/.test(text[at] ?? '')) return undefined
  const from = reader.at
  const url = reader.value()
  if (typeof url !== 'string') throw new LiteralError('not-literal', from)
  let init: Literal = {}
  if (call && !reader.take(')')) {
    reader.expect(',')
    if (!reader.take(')')) {
      init = reader.value()
      reader.take(',')
      reader.expect(')')
    }
  }
  if (!reader.match(END)) throw new LiteralError('not-literal', reader.at)
  return { url, init, end: reader.at }
}

function readEntry(text: string, at: number): Entry {
  const code = readCode(text, at)
  if (code) return code
  const line = rest(text, at)
  return { url: line.trim(), init: {}, end: at + line.length }
}

function literalProblem(text: string, { kind, at }: LiteralError): string {
  return kind === 'end'
    ? t('new_fetch_unended')
    : t('new_fetch_not_literal', oneLine(rest(text, at).trim(), 40))
}

/**
 * Reads requests as a person types them: a URL a line, or calls as in a script, `fetch('/upload', { method: 'POST', … })`, whose
 * arguments are literals. Nothing of it is evaluated.
 *
 * @param base what relative URLs are relative to
 */
export function readRequests(text: string, base: string): ReadRequests {
  const requests: TypedRequest[] = []
  const problems: TextProblem[] = []
  const all = (problem: string): ReadRequests => ({
    requests: [],
    problems: [{ problem, from: 0, to: text.length }],
  })
  if (text.length > MAX_REQUESTS_TEXT) return all(t('new_fetch_too_long', count(MAX_REQUESTS_TEXT)))
  const several = text.trim().includes('\n')
  let line = 1
  let counted = 0
  const lineOf = (at: number) => {
    for (; counted < at; counted++) if (text[counted] === '\n') line++
    return line
  }
  const refuse = (problem: string, from: number, to: number, at = from) =>
    problems.push({ problem: several ? t('new_fetch_line', lineOf(at), problem) : problem, from, to })

  for (let at = 0, found = 0; ; ) {
    SPACE.lastIndex = at
    at += SPACE.exec(text)?.[0].length ?? 0
    if (at >= text.length) break
    found++
    if (found > MAX_SEEN_REQUESTS) return all(t('new_fetch_many', count(MAX_SEEN_REQUESTS)))
    const from = at
    try {
      const { url, init, end } = readEntry(text, at)
      const line = lineOf(from)
      const checked = checkRequest(url, init, base)
      if (checked.ok) requests.push({ line, request: checked.request })
      else refuse(checked.problem, from, end)
      at = end
    } catch (error) {
      if (!(error instanceof LiteralError)) throw error
      // What follows may be in the middle of it.
      refuse(literalProblem(text, error), from, text.length, error.kind === 'end' ? from : error.at)
      break
    }
  }
  if (requests.length === 0 && problems.length === 0) return all(t('new_fetch_none'))
  return { requests, problems }
}

/** A request as it is typed: its URL where that is all, and a call where there is more. */
function requestText({ method, url, headers, body, options }: NewRequest): string {
  if (method === 'GET' && headers.length === 0 && body === undefined && !options) return url
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  const init = {
    ...(method === 'GET' ? {} : { method }),
    // An object can't have a name twice, and loses the order of names that are numbers.
    ...(headers.length === 0
      ? {}
      : {
          headers:
            names.size === headers.length && !headers.some(([name]) => /^\d+$/.test(name))
              ? Object.fromEntries(headers)
              : headers,
        }),
    ...(body === undefined ? {} : { body }),
    ...options,
  }
  return `fetch(${JSON.stringify(url)}, ${JSON.stringify(init, null, 2)})`
}

/** The text that `readRequests()` reads as these requests. */
export const requestsText = (requests: readonly NewRequest[]): string => requests.map(requestText).join('\n')
