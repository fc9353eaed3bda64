import { escapeRegExp } from '../reg-exp'
import { anyOf, type Change, longestFirst, numbered } from './replacement'
import { eachOf, type Steps } from './steps'

/** A URL with a query or a fragment, wherever it stands. */
const urlWithRest = () => /((?:[a-z][a-z0-9+.-]{0,30}:)?\/\/[^\s"<>`?#]*)([?#][^\s"<>`]*)/gi
/** What looks like a query without a URL in front: `/path?name=value`. */
const LOOSE = '\\?[^\\s"<>`=?]{1,200}=[^\\s"<>`]*'
/** A script's place behind its URL: `:12:5`, in a stack trace. */
const PLACE = /^(.+?)((?::\d+){1,2}\)?)$/
/** What is shorter may be a word that only looks like a query. */
const MIN_PAIR = 4
const MIN_WORD = 8

/** Replaces queries and fragments, the same by the same, of URLs and where a known query stands alone. */
export function* queryChange(texts: readonly string[]): Steps<Change> {
  const numbers = numbered()
  /** Queries of texts that are nothing but a URL: they end where the text ends. */
  const whole = new Set<string>()
  const bare = new Set<string>()
  const note = (rest: string) => {
    if (!rest.startsWith('?')) return
    const query = rest.slice(1).replace(/#.*$/, '')
    for (const one of [query, ...query.split('&')]) {
      if (one.length >= (/^[^=]+=./.test(one) ? MIN_PAIR : MIN_WORD)) bare.add(one)
    }
  }
  yield* eachOf(texts, (text) => {
    const url = /^[a-z][a-z0-9+.-]*:\/\/[^\s?#]*([?#]\S*)$/i.exec(text)?.[1]
    if (url) {
      whole.add(url)
      note(url)
    } else for (const [, , rest = ''] of text.matchAll(urlWithRest())) note(rest.replace(PLACE, '$1'))
  })
  const pattern = anyOf([urlWithRest().source, LOOSE, ...longestFirst(bare).map(escapeRegExp)])
  const replaced = (rest: string): string => {
    const [, query = rest, place = ''] = PLACE.exec(rest) ?? []
    // Only where the query is known to end there: a query may end with numbers as well.
    const [kept, tail] = whole.has(query) ? [query, place] : [rest, '']
    const mark = /^[?#]/.exec(kept)?.[0] ?? ''
    return `${mark}redacted-${numbers.of(kept.slice(mark.length))}${tail}`
  }
  return (text) =>
    text.replace(pattern, (match, url?: string, rest?: string) =>
      url !== undefined && rest !== undefined ? url + replaced(rest) : replaced(match),
    )
}
