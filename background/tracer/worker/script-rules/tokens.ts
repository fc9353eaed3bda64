import jsTokens from 'js-tokens'

/** A longer script is not read, in characters. */
const MAX_SCRIPT = 600_000
/** Brackets that are deeper than in any script that a person or a bundler writes. */
const MAX_DEPTH = 200
/** How many tokens are read in one go. */
const TURN = 2000

/** The tokens of a script that mean something: without white space and comments. */
export interface Tokens {
  readonly length: number
  /** A name or a keyword, a string, an operator or bracket, or anything else. */
  kind(i: number): 'name' | 'string' | 'punctuator' | 'other' | undefined
  /** As it is written; '' where there is none. */
  at(i: number): string
  /** The value of a string without escapes; '' for what is none. */
  textAt(i: number): string
  /** Where it begins in the script. */
  startOf(i: number): number
  /** The bracket that belongs to the bracket there; -1 for what is none. */
  partnerOf(i: number): number
  /** The bracket around it; -1 where there is none. */
  parentOf(i: number): number
  /** Where a token of that text is, or a string of that value, in their order. */
  placesOf(text: string): readonly number[]
}

const OPENING = new Set(['(', '[', '{'])
const CLOSING = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])
const kinds = {
  IdentifierName: 'name',
  StringLiteral: 'string',
  NoSubstitutionTemplate: 'string',
  Punctuator: 'punctuator',
} as const

const isKind = (type: string): type is keyof typeof kinds => type in kinds

/**
 * Reads the tokens of a script, and which brackets belong together. Returns null for a script that is too long or too deep, or whose
 * brackets don't match: nothing can be concluded from it. Yields between two turns.
 */
export function* readTokens(source: string): Generator<void, Tokens | null> {
  if (source.length > MAX_SCRIPT) return null
  const values: string[] = []
  const starts: number[] = []
  const types: ReturnType<Tokens['kind']>[] = []
  const partners: number[] = []
  const parents: number[] = []
  const places = new Map<string, number[]>()
  const open: number[] = []
  let start = 0
  let count = 0

  const close = (i: number, opening: string): boolean => {
    const partner = open.pop()
    if (partner === undefined || values[partner] !== opening) return false
    partners[i] = partner
    partners[partner] = i
    parents[i] = parents[partner] ?? -1
    return true
  }

  for (const { type, value } of jsTokens(source)) {
    if (++count % TURN === 0) yield
    const at = start
    start += value.length
    if (type === 'WhiteSpace' || type === 'LineTerminatorSequence' || type.endsWith('Comment')) continue
    const i = values.length
    // What stands between the parts of a template is in brackets of its own.
    const inTemplate = type === 'TemplateHead' || type === 'TemplateMiddle' || type === 'TemplateTail'
    values.push(inTemplate ? '`' : value)
    starts.push(at)
    types.push(isKind(type) ? kinds[type] : 'other')
    const text = types[i] === 'string' ? value.slice(1, -1) : value
    const known = places.get(text)
    if (known) known.push(i)
    else places.set(text, [i])
    partners.push(-1)
    parents.push(open.at(-1) ?? -1)
    const opening = CLOSING.get(value)
    if (type === 'Punctuator' && opening !== undefined && !close(i, opening)) return null
    if ((type === 'TemplateMiddle' || type === 'TemplateTail') && !close(i, '`')) return null
    const opens = type === 'Punctuator' && OPENING.has(value)
    if (opens || type === 'TemplateHead' || type === 'TemplateMiddle') open.push(i)
    if (open.length > MAX_DEPTH) return null
  }
  if (open.length > 0) return null
  return {
    length: values.length,
    kind: (i) => types[i],
    at: (i) => values[i] ?? '',
    textAt: (i) => (types[i] === 'string' ? (values[i] ?? '').slice(1, -1) : ''),
    startOf: (i) => starts[i] ?? 0,
    partnerOf: (i) => partners[i] ?? -1,
    parentOf: (i) => parents[i] ?? -1,
    placesOf: (text) => places.get(text) ?? [],
  }
}
