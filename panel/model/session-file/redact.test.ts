import * as v from 'valibot'
import { expect, test } from 'vitest'
import { SessionEvent } from '../../../protocol/events'
import { createAuditStream } from '../audit/audit.fixture'
import { createModel } from '../session/fold'
import { createStream, observed, rowOf, shown } from '../streams/events.fixture'
import { below, bodyShapes, pick, type Random, randomOf, sampleBody } from '../streams/random.fixture'
import type { SiteMatching } from './envelope'
import { redact } from './redact'
import { atOnce } from './steps'

const both = { queries: true, hosts: true }
const about = (title: string, matching: SiteMatching[] = []) => ({ title, matching })

/** What a page may say: hosts and queries where one does not look for them. */
const sayings = [
  'https://user:pw@pod.example:8443/media/1.wav?token=s3cr3t&user=9#part-s3cr3t',
  'Error: no\n  at f (https://cdn.pod.example/sw.js?handler=s3cr3t:12:5)\n  at https://POD.example/x?t=s3cr3t:1:2',
  'said pod.example, www.pod.example and localhost:8080; see http://localhost:8080/a',
  '{"next":"https:\\/\\/pod.example\\/a?token=s3cr3t","key":"token=s3cr3t"}',
  '/relative?token=s3cr3t',
  'https%3A%2F%2Fpod.example%2Fx and %2F%2Flocalhost%2F',
  'https://pod.example in https://top.test',
  'blob:https://top.test/1234',
  '//cdn.top.test/script.js?token=(s3cr3t)',
  'https://bücher.top.test/?q=s3cr3t and bücher.top.test',
  'https://[2001:db8::7]:81/x, then [2001:db8::7]',
  'http://10.20.30.40/ or 10.20.30.40:80',
  'pod.example',
  'localhost',
  'https://worker/?token=s3cr3t',
]
const HOSTS = [/pod\.example/i, /top\.test/i, /localhost/i, /bücher|xn--bcher/i, /2001:db8/i, /10\.20\.30/]
const SECRETS = [/s3cr3t/i, /\buser=9/]

/** An event of this shape, whose texts are sayings of a page. */
function spoken(shape: (typeof bodyShapes)[number], random: Random, seq: number): SessionEvent {
  const own = ['a', 'b', 'https://pod.example/', 'words, several']
  const body = JSON.parse(JSON.stringify(sampleBody(shape, random)), (_, value: unknown) =>
    own.includes(String(value)) && typeof value === 'string' ? pick(random, sayings) : value,
  )
  const [document, storageKey] = [pick(random, sayings), pick(random, sayings)]
  return { producer: 'p', seq, at: seq, source: 'worker', document, storageKey, body }
}

test.each([
  ['hosts', { queries: false, hosts: true }, HOSTS],
  ['queries', { queries: true, hosts: false }, SECRETS],
  ['hosts and queries', both, [...HOSTS, ...SECRETS, /user:pw/]],
] as const)('whatever is said in whatever event, no trace of %s is left', (_, what, traces) => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = randomOf(seed)
    const events = bodyShapes.flatMap((shape, i) => [0, 1].map((n) => spoken(shape, random, 2 * i + n + 1)))
    const all = [...events, ...sayings.map((text, i) => said(text, 1000 + i))]
    const json = JSON.stringify(atOnce(redact(all, about('pod.example:8443'), what)))
    for (const trace of traces) expect(json, `seed ${seed}`).not.toMatch(trace)
  }
})

const said = (text: string, seq: number): SessionEvent => ({
  ...rowOf({ type: 'console', worker: 'w', event: null, level: 'log', text, location: null }).event,
  seq,
})

/** What becomes of texts that stand in one session. */
function redacted(what: typeof both, ...texts: string[]): string[] {
  const { events } = atOnce(redact(texts.map(said), about(''), what))
  return events.map(({ body }) => ('text' in body ? body.text : ''))
}
const hosts = (...texts: string[]) => redacted({ queries: false, hosts: true }, ...texts)
const queries = (...texts: string[]) => redacted({ queries: true, hosts: false }, ...texts)

test('what is redacted is still valid, and the protocol’s own words stand', () => {
  const random = randomOf(11)
  const events = bodyShapes.map((shape, i) => spoken(shape, random, i + 1))
  const out = atOnce(redact(events, about(''), both)).events
  for (const event of out) expect(v.safeParse(SessionEvent, event).issues, event.body.type).toBeUndefined()
  // A host may be called as a source is: `https://worker/`.
  expect(out.map(({ source }) => source)).toEqual(events.map(({ source }) => source))
  expect(out.map(({ body }) => body.type)).toEqual(events.map(({ body }) => body.type))
})

test('a text at its bound does not grow beyond it', () => {
  const long = `http://a.io/ ${'a.io '.repeat(3000)}`.slice(0, 4000)
  expect(hosts(long)[0]).toHaveLength(4000)
})

test('a host is replaced by the same everywhere, and its port stays', () => {
  expect(
    hosts(
      'https://pod.example/a',
      'http://pod.example:81/b and https://cdn.example/',
      'at pod.example, cdn.example',
    ),
  ).toEqual([
    'https://host-1.example/a',
    'http://host-1.example:81/b and https://host-2.example/',
    'at host-1.example, host-2.example',
  ])
})

test('a host without a dot is replaced as a word only', () => {
  expect(hosts('http://page/x', 'the page of pages, page:80, my-page')).toEqual([
    'http://host-1.example/x',
    'the host-1.example of pages, host-1.example:80, my-page',
  ])
})

test('what only looks like a URL stays', () => {
  const texts = ['a // comment', 'what? yes', 'a ? b : c', '50% of //', 'https://', 'a.b = c.d', '/path/to']
  expect(redacted(both, ...texts)).toEqual(texts)
})

test('the same query is replaced by the same, and another by another', () => {
  expect(
    queries('https://a.io/x?id=one', 'https://a.io/x?id=two', 'https://b.io/y?id=one', 'id=one'),
  ).toEqual([
    'https://a.io/x?redacted-1',
    'https://a.io/x?redacted-2',
    'https://b.io/y?redacted-1',
    'redacted-1',
  ])
})

test('the place in a script stays readable where its query is known', () => {
  expect(queries('https://a.io/sw.js?handler=keep', '  at f (https://a.io/sw.js?handler=keep:12:5)')).toEqual(
    ['https://a.io/sw.js?redacted-1', '  at f (https://a.io/sw.js?redacted-1:12:5)'],
  )
})

test('numbers at the end of a query are not taken for a place', () => {
  expect(queries('https://a.io/x?at=12:30:45')).toEqual(['https://a.io/x?redacted-1'])
})

test('a redacted session folds into the same rows', () => {
  const audited = createAuditStream('https://pod.example/episode?token=s3cr3t')
  audited.seen().event().ended()
  const { stream } = audited
  const model = createModel()
  model.apply(atOnce(redact(stream.events, about(''), both)).events)
  const shape = ({ rows, fetches }: ReturnType<typeof shown>) => ({
    rows: rows.map(({ kind, at, after, fetch, traced }) => [kind, at, after, !!fetch, !!traced]),
    fetches: fetches.map(({ state, occurrence }) => [state, occurrence]),
  })
  expect(shape(shown(model))).toEqual(shape(shown(stream.model)))
  expect(model.fetches[0]?.id).toBe('https://host-1.example/episode?redacted-1')
})

test('the title is redacted as well', () => {
  const stream = createStream()
  stream.page(observed.frame())
  expect(atOnce(redact(stream.events, about('pod.example:81'), both)).title).toBe('host-1.example:81')
})

test('matching rules are redacted as well', () => {
  const stream = createStream()
  stream.page(observed.frame())
  const matching = [
    {
      storageKey: 'https://pod.example',
      rules: [{ pattern: 'pod.example-(.*)', replacement: 'https://a.io/?q=$1' }],
    },
  ]
  expect(atOnce(redact(stream.events, about('', matching), both)).matching).toEqual([
    {
      storageKey: 'https://host-1.example',
      rules: [{ pattern: 'host-1.example-(.*)', replacement: 'https://host-2.example/?redacted-1' }],
    },
  ])
})

test('what the schemas do not know is not passed on', () => {
  const { event } = rowOf({ type: 'events-lost', count: 1 })
  const secret = 'a-secret'
  const unknown = [
    { ...event, body: { type: 'secrets', text: secret } },
    { ...event, secret, body: { ...event.body, secret } },
    { ...event, body: { ...rowOf(observed.frame()).event.body, permission: secret } },
  ] as unknown as SessionEvent[]
  const snapshot = createAuditStream()
    .seen()
    .stream.events.filter(({ body }) => body.type === 'storage-snapshot')
  const items = [{ kind: 'secret', name: secret }]
  const changed = snapshot.map((one) => ({
    ...one,
    body: { ...one.body, items, gaps: items },
  })) as SessionEvent[]
  const { events } = atOnce(redact([...unknown, ...changed], about(''), { queries: true, hosts: false }))
  expect(JSON.stringify(events)).not.toContain(secret)
  expect(events).toHaveLength(3)
})

test('without redaction a session stays as it is', () => {
  const stream = createStream()
  stream.page(observed.frame())
  expect(atOnce(redact(stream.events, about('pod.example'), { queries: false, hosts: false })).events).toBe(
    stream.events,
  )
})

// An expression that tries all ways to split a text would take hours, and the test be out of time.
test('long texts of a hostile page are redacted', () => {
  const random = randomOf(1)
  const long = [
    'a'.repeat(4000),
    '//'.repeat(2000),
    'a.'.repeat(2000),
    '?a='.repeat(1300),
    'http:'.repeat(800),
  ]
  const texts = Array.from({ length: 200 }, () => `${pick(random, long)}${below(random, 1e9)}`.slice(0, 4000))
  expect(redacted(both, 'https://pod.example/?a=1', 'http://localhost/', ...texts)).toHaveLength(202)
})
