import { expect, test } from 'vitest'
import { createStream } from '../streams/events.fixture'
import { createAuditStream, fileOf, foreign, MEDIA, rowOf } from './audit.fixture'
import { type RuleId, rules } from './rules'
import { cases, gone } from './rules.fixture'
import { noSettings } from './site-settings'
import type { Verdict } from './verdict'

const kindOf = {
  wrong: 'wrong',
  left: 'left',
  new: 'unmatched',
  removed: 'unknown',
  logged: 'errors',
  missing: 'not-stored',
}

const findingsOf = ({ wrong, left, unmatched, removed }: Verdict) => [
  ...wrong,
  ...left,
  ...unmatched,
  ...removed,
]

test.each(Object.entries(cases))(
  '%s is found where it is broken, and only there',
  (rule, { wrong, right }) => {
    expect(wrong().rules()).toContain(rule)
    expect(right().rules()).toEqual([])
    expect(right().verdict().kind).toMatch(/^(clean|stored)$/)
  },
)

test.each(Object.entries(cases))('%s decides the verdict, and its line says it', (id, { wrong }) => {
  const verdict = wrong().verdict()
  const found = findingsOf(verdict)
  const worst = found.find(({ rule }) => rules[rule].severity === 'wrong') ?? found[0]
  expect(verdict.kind).toBe(kindOf[rules[worst?.rule ?? 'row-left'].severity])
  const own = found.find(({ rule }) => rule === id)
  const name = own?.stored && 'key' in own.stored ? own.stored.key : own?.item
  expect(verdict.line.toLowerCase()).toContain(
    (name || rules[id as RuleId].wrong.replace(/\.$/, '')).toLowerCase(),
  )
})

test.each(Object.entries(cases))('%s that is disabled finds nothing, and says so', (rule, { wrong }) => {
  const verdict = wrong().verdict({ ...noSettings, disabled: new Set([rule]) })
  const found = findingsOf(verdict)
  expect(found.map((finding) => finding.rule)).not.toContain(rule)
  expect(verdict.suppressed.map((finding) => finding.rule)).toContain(rule)
})

test.each(Object.entries(cases))('%s is not reported where it is ignored', (rule, { wrong }) => {
  const before = wrong().verdict()
  const ignored = new Set(findingsOf(before).map(({ pattern }) => pattern))
  const verdict = wrong().verdict({ ...noSettings, ignored })
  expect(findingsOf(verdict)).toEqual([])
  // What is ignored does not make up for what was not compared.
  if (!before.success && verdict.gaps.length === 0) expect(verdict.kind).toBe('clean')
  expect(verdict.suppressed.map((finding) => finding.rule)).toContain(rule)
})

test.each(Object.values(rules))('$id says what is wrong and how to fix it, and where to read on', (rule) => {
  expect(rules[rule.id as RuleId]).toBe(rule)
  expect(rule.wrong).toMatch(/^[A-Z].{20,}\.$|^waitUntil\(\).{20,}\.$/)
  expect(rule.fix).toMatch(/^[A-Z].{15,}\.$/)
  expect(new URL(rule.link).protocol).toBe('https:')
})

test('removed items that are ignored are so for the next fetch, and those of other places are not', () => {
  const of = (id: string, name: string, container = 'pod/downloads') =>
    createAuditStream(id)
      .seen()
      .ended({ removed: [{ ...gone(name), container }] })
  const ignored = new Set(
    of('one', '17')
      .verdict()
      .removed.map(({ pattern }) => pattern),
  )
  const settings = { ...noSettings, ignored }
  expect(of('two', 'x').verdict(settings)).toMatchObject({
    kind: 'clean',
    line: 'nothing new, nothing left; 1 finding is ignored',
    suppressed: [{ rule: 'removed-unmatched', item: 'pod/downloads: x' }],
  })
  expect(of('two', 'x', 'pod/other').verdict(settings).kind).toBe('unknown')
})

test('the address of what is stored is in the finding', () => {
  const [finding] = cases['error-stored'].wrong().verdict().wrong
  expect(finding).toMatchObject({ item: `media: 404 ${MEDIA}`, bytes: 1000 })
})

test('what is ignored holds for the next fetch, whatever its ID', () => {
  const of = (id: string, stream = createStream(), handle = id) => {
    const items = [rowOf(id), fileOf(`parts/${id}.part`), foreign(fileOf(`tmp/${id.length}.tmp`))]
    return createAuditStream(id, stream, handle).seen({ items }).ended({ items })
  }
  const { left, unmatched } = of('one').verdict()
  const ignored = new Set([...left, ...unmatched].map(({ pattern }) => pattern))
  const other = of('three').verdict({ ...noSettings, ignored })
  expect(other).toMatchObject({ kind: 'clean', line: 'nothing new, nothing left; 3 findings are ignored' })
})
