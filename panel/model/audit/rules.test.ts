import { expect, test } from 'vitest'
import { say } from '../events.fixture'
import { type RuleId, rules } from './rules'
import { entryOf, fileOf, MEDIA, recordOf, rowOf, step, tellAudit, usageOf } from './stock.fixture'

interface Case {
  /** A stream that breaks the rule. */
  readonly wrong: () => ReturnType<typeof tellAudit>
  /** One as near as can be that does not. */
  readonly right: () => ReturnType<typeof tellAudit>
}

const row = rowOf('episode', 'episode downloading')
const file = fileOf('parts/episode.part')
const missing = recordOf({ status: 404 })
const whole = recordOf({ size: 50_000 })
const grown = {
  usage: usageOf(900_000),
  caches: [{ name: 'media', count: 1, before: 1 }],
}

const cases: Record<RuleId, Case> = {
  'row-left': {
    wrong: () =>
      tellAudit()
        .seen({ rows: [row] })
        .ended({ rows: [row] }),
    right: () =>
      tellAudit()
        .seen({ rows: [row] })
        .ended({ rows: [{ ...row, value: 'episode aborted' }] }),
  },
  'file-left': {
    wrong: () =>
      tellAudit()
        .seen({ files: [file] })
        .ended({ files: [file] }),
    right: () =>
      tellAudit()
        .seen({ files: [file] })
        .ended({ files: [{ ...file, size: 900 }] }),
  },
  'notification-left': {
    wrong: () =>
      tellAudit()
        .seen({ notifications: ['episode Downloading'] })
        .ended({ notifications: ['episode Downloading'] }),
    right: () =>
      tellAudit()
        .seen({ notifications: ['episode Downloading'] })
        .ended({ notifications: ['episode Cancelled', 'episode-2 Downloading'] }),
  },
  'error-stored': {
    wrong: () =>
      tellAudit()
        .seen()
        .ended({ entries: [entryOf(404)] }, [missing]),
    right: () =>
      tellAudit()
        .seen()
        .ended({ entries: [entryOf(200)] }, [recordOf()]),
  },
  'handler-rejected': {
    wrong: () => tellAudit().seen().settled().event({}, [step.waitUntil(), step.rejected()]).over().later(),
    right: () => tellAudit().seen().settled().event({}, [step.waitUntil(), step.fulfilled()]).over().later(),
  },
  'handler-threw': {
    wrong: () => tellAudit().seen().settled().event({}, [step.threw()]).over().later(),
    right: () => tellAudit().seen().settled().event().over().later(),
  },
  'not-a-promise': {
    wrong: () =>
      tellAudit()
        .seen()
        .settled()
        .event({}, [step.waitUntil('function')])
        .over()
        .later(),
    right: () =>
      tellAudit()
        .seen()
        .settled()
        .event({}, [step.waitUntil('thenable')])
        .over()
        .later(),
  },
  'wait-until-late': {
    wrong: () => tellAudit().seen().settled().event({ asynchronous: true }, [step.refused()]).over().later(),
    right: () => tellAudit().seen().settled().event({}, [step.waitUntil()]).over().later(),
  },
  'wait-until-missing': {
    wrong: () => tellAudit().seen().settled().event({ asynchronous: true }).over().later(),
    right: () =>
      tellAudit().seen().settled().event({ asynchronous: true }, [step.waitUntil()]).over().later(),
  },
  'no-handler': {
    wrong: () =>
      tellAudit()
        .seen({ rows: [row] })
        .settled()
        .event({ handlers: 0 })
        .over({ rows: [row] })
        .later({ rows: [row] }),
    right: () => tellAudit().seen().settled().event({ handlers: 0 }).over().later(),
  },
  'changed-after': {
    wrong: () =>
      tellAudit()
        .seen()
        .settled()
        .over()
        .later({ rows: [rowOf('last-abort', 'episode')] }),
    right: () =>
      tellAudit()
        .seen()
        .ended({ rows: [rowOf('last-abort', 'episode')] }),
  },
  'bytes-grew': {
    wrong: () => tellAudit().seen().ended(grown),
    right: () =>
      tellAudit()
        .seen()
        .ended(grown, [recordOf({ size: 900_000 })]),
  },
  'never-over': {
    wrong: () => tellAudit().seen().settled().look('later', {}, 30_000),
    right: () => tellAudit().seen().settled().look('later', {}, 30_000).over().later(),
  },
  'nothing-stored': {
    wrong: () =>
      tellAudit()
        .seen({ rows: [row], files: [file] }, 50_000)
        .ended({ rows: [{ ...row, value: 'episode done' }], files: [file] }, [whole], say.success('h')),
    right: () =>
      tellAudit()
        .seen({}, 50_000)
        .ended({ entries: [entryOf(200)] }, [whole], say.success('h')),
  },
}

test.each(Object.entries(cases))(
  '%s is found where it is broken, and only there',
  (rule, { wrong, right }) => {
    expect(wrong().rules()).toContain(rule)
    expect(right().rules()).toEqual([])
    expect(right().verdict().kind).toBe('clean')
  },
)

test.each(Object.entries(cases))(
  '%s decides how the verdict is called, and its line says it',
  (id, { wrong }) => {
    const { kind, line, findings } = wrong().verdict()
    const worst = findings.some(({ rule }) => rules[rule].severity === 'suspicious')
    expect(kind).toBe(worst ? 'suspicious' : 'leftovers')
    const { severity, wrong: sentence } = rules[id as RuleId]
    const item = findings.find(({ rule }) => rule === id)?.item ?? ''
    expect(line).toContain(severity === 'suspicious' ? sentence : item)
  },
)

test.each(Object.entries(cases))('%s that is off finds nothing', (rule, { wrong }) => {
  const { findings, excused } = wrong().verdict({ off: new Set([rule]), expected: new Set() })
  expect(findings.map((finding) => finding.rule)).not.toContain(rule)
  expect(excused.map((finding) => finding.rule)).toContain(rule)
})

test.each(Object.entries(cases))('%s is not flagged where it is expected', (rule, { wrong }) => {
  const expected = new Set(
    wrong()
      .verdict()
      .findings.map(({ pattern }) => pattern),
  )
  const verdict = wrong().verdict({ off: new Set(), expected })
  expect(verdict.kind).toBe('clean')
  expect(verdict.excused.map((finding) => finding.rule)).toContain(rule)
})

test.each(Object.values(rules))('$id says what is wrong and how to mend it, and where to read on', (rule) => {
  expect(rules[rule.id as RuleId]).toBe(rule)
  expect(rule.wrong).toMatch(/^[A-Z].{20,}\.$|^waitUntil\(\).{20,}\.$/)
  expect(rule.fix).toMatch(/^[A-Z].{15,}\.$/)
  expect(new URL(rule.link).protocol).toBe('https:')
})

test('the address of what is stored is in the finding', () => {
  const [finding] = cases['error-stored'].wrong().verdict().findings
  expect(finding).toMatchObject({ item: `media: 404 ${MEDIA}`, bytes: 1000 })
})
