import type { Source } from '../../../protocol/events'
import { sources } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import type { Description, Level } from '../describe/description'
import type { Row } from '../session/view'
import { levels } from './levels'

/** A row as the filter sees it. */
export interface Filterable {
  readonly source: Source
  readonly fetch: string
  readonly level: Level
  /** Kind of the row as the protocol calls it, the same in every language. */
  readonly kind: string
  readonly name: string
  readonly text: string
  /** All of it that words are looked for in, in lower case. */
  readonly low: string
}

/** What is about to be typed hides nothing. */
const UNFINISHED = /^-?(?:source|event|fetch|level):$/i
const QUOTED = /^"(.*)"$/

type Test = (row: Filterable) => boolean

export interface Filter {
  /** Whether a row is shown. */
  readonly matches: Test
  /** It asks for a level, which is shown then whatever the menu of levels says. */
  readonly asksLevel: boolean
  /** What is wrong with the query, in words; '' when nothing is. */
  readonly problem: string
}

const all: Filter = { matches: () => true, asksLevel: false, problem: '' }

const searchText = ({ name, text, fetch, source }: Omit<Filterable, 'low'>) =>
  `${source} ${fetch} ${name} ${text}`

/** What the filter looks at in a row. */
export function filterable(row: Row, { name, text, level }: Description): Filterable {
  const parts = { source: row.event.source, fetch: row.fetch?.id ?? '', level, kind: row.kind, name, text }
  return { ...parts, low: searchText(parts).toLowerCase() }
}

/** Splits at spaces, except inside quotes and slashes. */
function terms(query: string): string[] {
  const all = query.match(/-?(?:[a-z]+:)?(?:"[^"]*"|\/(?:\\.|[^/\\])+\/i?(?=\s|$)|\S+)/gi) ?? []
  return all.filter((one) => !UNFINISHED.test(one))
}

type Part = (row: Filterable) => string

function textTest(pattern: string, of: Part, low: Part = (row) => of(row).toLowerCase()): Test {
  const regex = /^\/(.+)\/(i?)$/.exec(pattern)
  if (regex) {
    const compiled = new RegExp(regex[1] ?? '', regex[2])
    return (row) => compiled.test(of(row))
  }
  const wanted = pattern.replace(QUOTED, '$1').toLowerCase()
  return (row) => low(row).includes(wanted)
}

function term(raw: string): Test {
  if (raw.startsWith('-') && raw.length > 1) {
    const inner = term(raw.slice(1))
    return (row) => !inner(row)
  }
  const [, key = '', value = ''] = /^(source|event|fetch|level):(.+)$/i.exec(raw) ?? []
  switch (key.toLowerCase()) {
    case 'source': {
      const wanted = value.toLowerCase()
      if (!sources.some((source) => source.startsWith(wanted))) {
        throw new Error(t('filter_no_source', value, sources.join(', ')))
      }
      return (row) => row.source.startsWith(wanted)
    }
    case 'level': {
      const wanted = value.toLowerCase()
      if (!levels.some((level) => level.startsWith(wanted))) {
        throw new Error(t('filter_no_level', value, levels.join(', ')))
      }
      return (row) => row.level.startsWith(wanted)
    }
    case 'event': {
      const named = textTest(value, (row) => row.name)
      const kind = value.replace(QUOTED, '$1').toLowerCase()
      return (row) => named(row) || row.kind.startsWith(kind)
    }
    case 'fetch':
      return textTest(value, (row) => row.fetch)
    default:
      return textTest(raw, searchText, ({ low }) => low)
  }
}

/**
 * Reads a query as the Network panel does: words, "several words", `/regex/`, `-negation`, and
 * `source:`, `event:`, `fetch:`, `level:`. All terms must hold. A query that can't be read shows everything
 * and says why.
 */
export function parseFilter(query: string): Filter {
  const parts = terms(query.trim())
  if (parts.length === 0) return all
  try {
    const tests = parts.map(term)
    const matches = tests.reduce((before, test) => (row) => before(row) && test(row))
    return { matches, asksLevel: parts.some((part) => /^level:/i.test(part)), problem: '' }
  } catch (error) {
    return { ...all, problem: error instanceof Error ? error.message : String(error) }
  }
}
