import fc from 'fast-check'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import type { CheckedKind } from './checks'
import { factsOf } from './copy-test.fixture'
import type { TestApi, TestFacts } from './facts'
import { testScript } from './script'

const apis: readonly TestApi[] = ['puppeteer', 'playwright']

interface Node {
  readonly type: string
  readonly [name: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const nodes = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

/** The statements of a script, which is a module without a mistake in it. */
function statements(script: string): readonly Node[] {
  const { program, errors } = parseSync('test.mjs', script)
  expect(errors, script).toEqual([])
  return nodes(program.body)
}

/** The value that a literal stands for; anything that runs is not one. */
function literalValue(node: unknown): unknown {
  if (!isNode(node)) throw new Error('no node')
  if (node.type === 'Literal') return node.value
  if (node.type === 'ArrayExpression') return nodes(node.elements).map(literalValue)
  if (node.type !== 'ObjectExpression') throw new Error(`${node.type} is no literal`)
  return Object.fromEntries(
    nodes(node.properties).map(({ key, value }) => [isNode(key) ? key.name : '', literalValue(value)]),
  )
}

const CONSTANT = /^[A-Z_]+$/

/** The constants at the top of a script, by their names, and the code below them. */
function taken(script: string) {
  const constants = new Map<unknown, unknown>()
  const code: Node[] = []
  for (const statement of statements(script)) {
    const [declared] = nodes(statement.declarations)
    const name = isNode(declared?.id) ? declared.id.name : ''
    if (typeof name === 'string' && CONSTANT.test(name)) constants.set(name, literalValue(declared?.init))
    else code.push(statement)
  }
  const places = new Set(['start', 'end', 'range'])
  const shape = JSON.stringify(code, (key, value) => (places.has(key) ? undefined : value))
  return { constants: Object.fromEntries(constants), shape }
}

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        '`',
        '\\',
        '\n',
        '\r',
        '\u2028',
        '\u2029',
        '\u202e',
        '\u2066',
        '\0',
        '\ud800',
      ),
      fc.constantFrom(
        '</script>',
        '<!--',
        '-->',
        '*/',
        '//',
        `\${process.exit()}`,
        '"); evil(); ("',
        '\\u0022',
      ),
      fc.string(),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))

const facts = fc.record({
  page: nasty,
  scope: nasty,
  id: nasty,
  url: nasty,
  method: nasty,
  header: nasty,
  value: nasty,
  key: nasty,
  about: fc.array(nasty, { maxLength: 3 }),
})

const withTexts = (some: typeof facts extends fc.Arbitrary<infer T> ? T : never): TestFacts =>
  factsOf({
    ...{ page: some.page, scope: some.scope, id: some.id, about: some.about },
    requests: [{ method: some.method, url: some.url, headers: [[some.header, some.value]] }],
    checks: [{ kind: 'row', names: { database: some.value, store: some.header, key: some.key } }],
  })

test.each(apis)('%s: no text of a page becomes code, or anything but what it is', (api) => {
  // Of a key that is no string or number, a script has more code.
  const shapes = ['a', '[a]'].map((key) => {
    const checks = [{ kind: 'row', names: { database: 'a', store: 'a', key } }] as const
    return taken(testScript(factsOf({ checks }), api)).shape
  })
  fc.assert(
    fc.property(facts, (some) => {
      const script = testScript(withTexts(some), api)
      const found = taken(script)
      expect(shapes.includes(found.shape), script).toBe(true)
      expect(found.constants).toEqual({
        ...{ PAGE: some.page, SCOPE: some.scope, ID: some.id, DOWNLOAD_TOTAL: 1000 },
        REQUESTS: [[some.method, some.url, [[some.header, some.value]]]],
        LEFT: [{ kind: 'row', database: some.value, store: some.header, key: some.key }],
      })
      expect(script).not.toMatch(/<[/!]/)
      // Nothing hides in a comment either.
      expect(script).not.toMatch(/[^\n\x20-\x7e\u00a0-\u024f\u2013\u2014\u2018-\u201e\u2026\u2212]|\u00ad/)
    }),
    { numRuns: 100 },
  )
})

const kinds: Readonly<Record<CheckedKind, Readonly<Record<string, string>>>> = {
  'cache-entry': { cache: 'media', url: 'https://pod.example/1.mp3', method: 'GET' },
  row: { database: 'pod', store: 'downloads', key: 'episode' },
  'object-store': { database: 'pod', name: 'downloads' },
  file: { path: 'parts/episode.part' },
  directory: { path: 'parts' },
  cache: { name: 'media' },
  database: { name: 'pod' },
  'local-storage': { key: 'episode' },
  'session-storage': { key: 'episode' },
}

test.each(apis)('%s: a script parses for each kind of item and moment', (api) => {
  for (const [kind, names] of Object.entries(kinds))
    for (const [bytes, responses, ms, cold] of [
      [0, 0, 0, false],
      [1, 0, 0, true],
      [0, 2, 0, true],
      [5, 2, 0, false],
      [0, 0, 70, false],
    ] as const) {
      const moment = { bytes, responses, ms, most: responses || (cold ? 0 : null), cold, text: '' }
      const script = testScript(factsOf({ moment, checks: [{ kind: kind as CheckedKind, names }] }), api)
      statements(script)
      expect(script.includes('stopAllWorkers')).toBe(cold)
      expect(script.includes('RESPONSES')).toBe(responses > 0)
    }
})

test.each(apis)(
  '%s: where the page is to start the fetch, it is clicked, and nothing is requested',
  (api) => {
    const script = testScript(factsOf({ requests: null }), api)
    expect(taken(script).constants).not.toHaveProperty('REQUESTS')
    expect(taken(script).constants).toHaveProperty('START', '')
    expect(script).toContain('page.click(START)')
    expect(script).not.toContain('new Request')
  },
)

test('a script of one request and one row is short', () => {
  const moment = { bytes: 0, responses: 1, ms: 0, most: 1, cold: false, text: '' }
  const about = Array.from({ length: 6 }, () => 'One sentence about what was observed.')
  for (const api of apis)
    expect(testScript(factsOf({ moment, about }), api).split('\n').length).toBeLessThan(100)
})

test.each(apis)('%s: a moment that does not come ends the script', (api) => {
  const script = testScript(factsOf({ moment: { ...factsOf().moment, bytes: 1000 } }), api)
  expect(script).toContain('for (const latest = Date.now() + 600000; ; await pause(10)) {')
  expect(script).toContain(
    "if (Date.now() > latest) throw new Error('The moment did not come within 10 minutes')",
  )
})
