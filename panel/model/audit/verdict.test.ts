import { expect, test } from 'vitest'
import { say, tell } from '../events.fixture'
import { audit, fixOf } from './audit'
import { entryOf, fileOf, recordOf, rowOf, step, tellAudit, usageOf } from './stock.fixture'

const rows = [rowOf('episode')]
const files = [fileOf('parts/episode.part', 2048)]

test('a fetch that has not settled has no verdict', () => {
  expect(audit(tellAudit().seen().fetch())).toBeNull()
})

test('clean says that nothing is left, or what was kept', () => {
  expect(tellAudit().seen().ended().verdict().line).toBe('nothing of it is left')
  const one = tellAudit()
    .seen()
    .ended({ entries: [entryOf(200), entryOf(200, { url: 'b', before: true })] }, [recordOf()])
  expect(one.verdict().line).toBe('one whole response was kept, nothing else is left')
  const two = tellAudit()
    .seen()
    .ended({ entries: [entryOf(200), entryOf(200, { url: 'b' })] }, [recordOf(), recordOf({ url: 'b' })])
  expect(two.verdict().line).toBe('2 whole responses were kept, nothing else is left')
})

test('clean does not call whole what did not come whole, nor nothing what speaks of it', () => {
  const part = tellAudit()
    .seen()
    .ended({ entries: [entryOf(200, { url: 'b' })] }, [recordOf(), recordOf({ url: 'b', state: 'pending' })])
  expect(part.verdict().line).toBe('one entry that it did not bring whole is new in the caches')
  const both = tellAudit()
    .seen()
    .ended({ entries: [entryOf(200), entryOf(200, { url: 'b' }), entryOf(200, { url: 'c' })] }, [recordOf()])
  expect(both.verdict().line).toBe(
    'one whole response was kept; 2 entries that it did not bring whole are new in the caches',
  )
  const noted = tellAudit()
    .seen({ rows })
    .ended({ rows: [rowOf('episode', 'aborted')] })
  expect(noted.verdict()).toMatchObject({ kind: 'clean', line: 'one row speaks of it' })
})

test('leftovers are named with their bytes', () => {
  const left = tellAudit().seen({ rows, files }).ended({ rows, files })
  expect(left.verdict()).toMatchObject({
    kind: 'leftovers',
    line: 'Still there: pod/downloads: episode and one more, 2.0 kB',
  })
})

test('a handler that is wrong is said first, and what it left behind it', () => {
  const wrong = tellAudit()
    .seen({ rows })
    .settled()
    .event({}, [step.waitUntil('function'), step.threw()])
    .over({ rows })
    .later({ rows })
  expect(wrong.verdict().kind).toBe('suspicious')
  expect(wrong.verdict().line).toMatch(
    /^The handler threw.*\(and 1 more\) Still there: pod\/downloads: episode$/,
  )
})

test.each([
  [
    'a cut',
    () =>
      tellAudit()
        .seen()
        .ended({ cuts: ['database pod is busy or gone'] }),
  ],
  [
    'no look while it ran',
    () =>
      tellAudit()
        .seen({ baseline: 'none' })
        .ended({ cuts: ['x'] }),
  ],
  ['no look at all', () => tellAudit().seen().settled()],
])('it is never clean where something was not compared: %s', (_, story) => {
  const verdict = story().verdict()
  expect(verdict.gaps).not.toEqual([])
  expect(verdict.kind).toBe('unknown')
  expect(verdict.line).toContain(verdict.gaps[0])
})

test('a page that went away before the comparison is the reason that is given', () => {
  const lost = tellAudit().seen().settled()
  lost.stream.page(say.frameGone())
  expect(lost.verdict()).toMatchObject({ kind: 'unknown', gaps: [expect.stringMatching(/page went away/)] })
  expect(lost.stream.kinds().at(-1)).toBe('verdict')
})

test('a fetch whose worker was unregistered is judged by what it left, and by no handler', () => {
  const left = tellAudit().seen({ rows })
  left.stream.page(say.gone('h', 'unregistered'))
  left.fates({ total: 1, records: [recordOf({ state: 'unknown', status: null })] })
  expect(left.verdict().gaps).toEqual(['the storage was not looked at after the end'])
  left.later({ rows })
  expect(left.verdict()).toMatchObject({ kind: 'leftovers', line: 'Still there: pod/downloads: episode' })
  expect(fixOf(left.fetch(), 'row-left')).not.toContain('handler')
  expect(left.stream.kinds().at(-1)).toBe('verdict')
  const clean = tellAudit().seen()
  clean.stream.page(say.gone('h', 'unregistered'))
  clean.fates({}).later()
  expect(clean.verdict()).toMatchObject({ kind: 'clean', findings: [] })
})

test('a fetch that nobody saw end is not judged', () => {
  const lost = tellAudit().seen({ rows })
  lost.stream.page(say.gone('h', 'not-listed'))
  lost.later({ rows })
  expect(audit(lost.fetch())).toBeNull()
  expect(lost.stream.kinds()).not.toContain('verdict')
})

test('findings count although something was not compared', () => {
  const left = tellAudit()
    .seen({ rows })
    .ended({ rows, cuts: ['other/large has 5000 rows: they were counted, not compared'] })
  expect(left.verdict().kind).toBe('leftovers')
  expect(left.verdict().gaps).toHaveLength(1)
})

test('what is expected holds for the next fetch, whatever its id', () => {
  const of = (id: string, stream = tell(), handle = id) => {
    const file = [fileOf(`parts/${id}.part`)]
    return tellAudit(id, stream, handle)
      .seen({ rows: [rowOf(id)], files: file })
      .settled()
      .over({ rows: [rowOf(id)], files: file })
      .later({ rows: [rowOf(id), rowOf(`log:${id}`)], files: file })
  }
  const expected = new Set(
    of('one')
      .verdict()
      .findings.map(({ pattern }) => pattern),
  )
  const other = of('two').verdict({ off: new Set(), expected })
  expect(other.kind).toBe('clean')
  expect(other.excused).toHaveLength(3)
})

test('each request has its fate', () => {
  const records = ['kept', 'old', 'dropped', 'half'].map((url, index) =>
    recordOf({ index, url, state: url === 'half' ? 'failed' : 'ready' }),
  )
  const told = tellAudit()
    .seen()
    .ended({ entries: [entryOf(200, { url: 'kept' }), entryOf(200, { url: 'old', before: true })] }, records)
  expect(told.verdict().fates.map(({ fate }) => fate)).toEqual([
    'stored',
    'kept-before',
    'dropped',
    'incomplete',
  ])
  const early = tellAudit().seen().settled(records).verdict()
  expect(early.fates.map(({ fate }) => fate)).toEqual(['unknown', 'unknown', 'unknown', 'incomplete'])
})

test('of a request whose record was released it is told whether it is stored, not whether it came', () => {
  const records = ['kept', 'gone'].map((url, index) =>
    recordOf({ index, url, state: 'unknown', status: null }),
  )
  const verdict = tellAudit()
    .seen()
    .ended({ entries: [entryOf(200, { url: 'kept' })] }, records)
    .verdict()
  expect(verdict.kind).toBe('clean')
  expect(verdict.fates.map(({ fate }) => fate)).toEqual(['stored', 'unknown'])
  const bad = tellAudit()
    .seen()
    .ended({ entries: [entryOf(404, { url: 'kept' })] }, records)
  expect(bad.verdict().findings.map(({ rule }) => rule)).toEqual(['error-stored'])
})

test('bytes are not said to have grown where a response may have come whole', () => {
  const grown = { usage: usageOf(500_000), usageBefore: usageOf(0) }
  const ended = (state: 'pending' | 'unknown') =>
    tellAudit()
      .seen()
      .ended(grown, [recordOf({ state, status: null, size: null })])
      .verdict()
      .findings.map(({ rule }) => rule)
  expect(ended('pending')).toEqual(['bytes-grew'])
  expect(ended('unknown')).toEqual([])
})

test('the verdict is a row of the log, as soon as it is there', () => {
  const told = tellAudit().seen().settled().over()
  expect(told.stream.kinds()).not.toContain('verdict')
  told.later()
  expect(told.stream.kinds().at(-1)).toBe('verdict')
  expect(told.stream.last()).toBe('verdict: clean: nothing of it is left')
})

test('what is not flagged is not said to be gone', () => {
  const left = tellAudit().seen({ rows }).ended({ rows })
  const [{ rule } = { rule: '' }] = left.verdict().findings
  const verdict = left.verdict({ off: new Set([rule]), expected: new Set() })
  expect(verdict).toMatchObject({ kind: 'clean', line: 'nothing else; one finding is not flagged' })
})
