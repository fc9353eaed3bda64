import { expect, test } from 'vitest'
import { observed } from '../streams/events.fixture'
import { changed, createAuditStream, type Look, old, rowOf } from './audit.fixture'
import { row } from './verdict.fixture'

/** A fetch that wrote a row, or none, and whose handler works when the page starts its ID again. */
function startedAgain(before: Look, ...looks: readonly Look[]) {
  const first = createAuditStream().seen(before).settled([], observed.failure('h'))
  first.look('settled', before)
  const [begun, ...more] = looks
  const second = createAuditStream('episode', first.stream, 'h2').seen(begun)
  for (const look of more) second.look('started', look)
  return { first, second }
}

const later = rowOf('episode', 'episode again')
/** The baseline of a fetch that was found when its ID had just been in use. */
const found = (baselineAt: number): Look => ({ baseline: 'first-seen', baselineAt })
const AFTER = 2_000_000

test('the handler of an aborted fetch that removes what the next one of its ID wrote is wrong, each has a verdict', () => {
  const { first, second } = startedAgain({}, { items: [row] })
  first.over().later()
  expect(first.verdict().kind).toBe('wrong')
  expect(first.verdict().line).toMatch(
    /removed what the running fetch of the same ID wrote.*pod\/downloads: episode/,
  )
  expect(second.ended({}, [], observed.failure('h2')).verdict().kind).toBe('clean')
})

test('that it removed what the next one wrote stands when the next one is read again, without it', () => {
  const { first, second } = startedAgain({}, { items: [row] })
  first.over()
  second.look('started')
  first.later()
  expect(first.verdict()).toMatchObject({ kind: 'wrong', wrong: [{ rule: 'removed-next' }] })
})

test.each<[string, Look, Look[]]>([
  ['is other than when the next one had begun', { items: [row] }, [{ items: [row] }, { items: [later] }]],
  ['came when the next one had begun', {}, [{}, { items: [row] }]],
  [
    'is other than what the next one is compared with',
    { items: [row] },
    [
      { items: [old(row)], ...found(AFTER) },
      { items: [changed(later)], ...found(AFTER) },
    ],
  ],
])(
  'a row that is removed while the next fetch of its ID runs, and %s, is of that one',
  (_, before, looks) => {
    const { first } = startedAgain(before, ...looks)
    first.over().later()
    expect(first.rules()).toEqual(['removed-next'])
  },
)

test.each<[string, Look, Look[]]>([
  ['was there before the next one', { items: [row] }, [{ items: [row] }]],
  ['is found as the next one is', { items: [row] }, [{ items: [old(row)], ...found(AFTER) }]],
  ['changed before the next one began', { items: [row] }, [{ items: [later] }, { items: [later] }]],
  [
    'may have been there before the next one',
    { gaps: [{ kind: 'database-busy', side: 'now', database: 'pod' }] },
    [{ items: [row] }],
  ],
])(
  'a row that is removed while the next fetch of its ID runs, and %s, may be of the first',
  (_, before, looks) => {
    const { first } = startedAgain(before, ...looks)
    first.over().later()
    expect(first.rules()).toEqual([])
    expect(first.verdict()).toMatchObject({ kind: 'unknown', line: expect.stringMatching(/in use again/) })
  },
)

test('the row of a success that is removed after the page has started its ID again is not said to be of the next one', () => {
  const first = createAuditStream()
    .seen({ items: [row] }, 1000)
    .settled([], observed.success('h'))
  createAuditStream('episode', first.stream, 'h2').seen({ items: [row] })
  first.over().later()
  expect(first.verdict().wrong).toEqual([])
})

test.each([
  ['a database could not be opened', { kind: 'database-busy', side: 'now', database: 'pod' }],
  [
    'values could not be read',
    { kind: 'values-not-compared', side: 'now', database: 'pod', store: 'downloads' },
  ],
] as const)('where %s, nothing is said to be removed', (_, gap) => {
  const { first } = startedAgain({}, { items: [row] })
  first.over({ gaps: [gap] }).later()
  expect(first.verdict().kind).toBe('unknown')
})
