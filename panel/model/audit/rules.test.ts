import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { createStream, observed } from '../streams/events.fixture'
import {
  changed,
  createAuditStream,
  entryOf,
  fileOf,
  foreign,
  MEDIA,
  notificationOf,
  type old,
  recordOf,
  rowOf,
  usageOf,
} from './audit.fixture'
import { step } from './event-steps.fixture'
import { type RuleId, rules } from './rules'
import { noSettings } from './site-settings'
import type { Verdict } from './verdict'

interface Case {
  /** A stream that breaks the rule. */
  readonly wrong: () => ReturnType<typeof createAuditStream>
  /** One as near as can be that does not. */
  readonly right: () => ReturnType<typeof createAuditStream>
}

const row = rowOf('episode', 'episode downloading')
const file = fileOf('parts/episode.part')
const gone = (name: string) => ({ kind: 'row', container: 'pod/downloads', name, mentions: false }) as const
const missing = recordOf({ status: 404 })
const large = recordOf({ contentLength: 50_000 })
const succeeded = (downloaded = 1000) => observed.success('h', downloaded)
/** Wrong by these steps of the traced event, and right with the others. */
const traced = (wrong: readonly Body[], right: readonly Body[] = []): Case => {
  const handled = (steps: readonly Body[]) =>
    createAuditStream().seen().settled().event({}, steps).over().later()
  return { wrong: () => handled(wrong), right: () => handled(right) }
}
const left = (item: Parameters<typeof old>[0]): Case => ({
  wrong: () =>
    createAuditStream()
      .seen()
      .ended({ items: [item] }),
  right: () =>
    createAuditStream()
      .seen({ items: [item] })
      .ended(),
})
/** A fetch whose ID is started again while its handler works. */
function reused(present: boolean) {
  const first = createAuditStream()
    .seen({ items: [row] })
    .settled()
  const second = createAuditStream('episode', first.stream, 'h2')
  second.seen({ items: [row] })
  return first.over({ items: present ? [row] : [] })
}

const cases: Record<RuleId, Case> = {
  'row-left': left(row),
  'file-left': left(file),
  'notification-left': left(notificationOf('episode', 'Downloading')),
  'entry-left': left(entryOf(200, { url: 'https://pod.example/episode/cover.png' })),
  'value-left': {
    wrong: () =>
      createAuditStream()
        .seen()
        .ended({
          items: [
            {
              kind: 'local-storage',
              key: 'download:episode',
              value: 'queued',
              length: 6,
              change: 'added',
              mentions: true,
              firstSeen: 1_001_000,
              mayBeOlder: false,
            },
          ],
        }),
    right: () => createAuditStream().seen().ended(),
  },
  'container-left': left({
    kind: 'cache',
    name: 'download-episode',
    change: 'added',
    mentions: true,
    firstSeen: 1_001_000,
    mayBeOlder: false,
  }),
  'not-matched': {
    wrong: () =>
      createAuditStream()
        .seen()
        .ended({ items: [foreign(rowOf('movie-7'))] }),
    right: () =>
      createAuditStream()
        .seen({ items: [foreign(rowOf('movie-7'))] })
        .ended(),
  },
  'error-stored': {
    wrong: () =>
      createAuditStream()
        .seen()
        .ended({ items: [entryOf(404)] }, [missing]),
    right: () =>
      createAuditStream()
        .seen()
        .ended({ items: [entryOf(200)] }, [recordOf()]),
  },
  'handler-rejected': traced([step.waitUntil(), step.rejected()], [step.waitUntil(), step.fulfilled()]),
  'handler-threw': traced([step.threw()]),
  'not-a-promise': traced([step.waitUntil('function')], [step.waitUntil('thenable'), step.fulfilled()]),
  'wait-until-late': {
    wrong: () =>
      createAuditStream().seen().settled().event({ asynchronous: true }, [step.refused()]).over().later(),
    right: () =>
      createAuditStream().seen().settled().event({}, [step.waitUntil(), step.fulfilled()]).over().later(),
  },
  'wait-until-missing': {
    wrong: () => createAuditStream().seen().settled().event({ asynchronous: true }).over().later(),
    right: () =>
      createAuditStream()
        .seen()
        .settled()
        .event({ asynchronous: true }, [step.waitUntil(), step.fulfilled()])
        .over()
        .later(),
  },
  'no-handler': {
    wrong: () =>
      createAuditStream()
        .seen({ items: [row] })
        .settled()
        .event({ handlers: 0 })
        .over({ items: [row] })
        .later({ items: [row] }),
    right: () => createAuditStream().seen().settled().event({ handlers: 0 }).over().later(),
  },
  'changed-after': {
    wrong: () =>
      createAuditStream()
        .seen()
        .settled()
        .over()
        .later({ items: [rowOf('last-abort', 'episode')] }),
    right: () => createAuditStream().seen().settled().over().later(),
  },
  'bytes-grew': {
    wrong: () =>
      createAuditStream()
        .seen()
        .ended({ usage: usageOf(0, 8_400_000) }),
    right: () =>
      createAuditStream()
        .seen()
        .ended({ usage: usageOf(0, 100_000) }),
  },
  'never-over': {
    wrong: () => createAuditStream().seen().settled().look('final', {}, 30_000),
    right: () => createAuditStream().seen().settled().look('final', {}, 30_000).over().later(),
  },
  'event-timeout': {
    wrong: () => {
      const story = createAuditStream()
        .seen()
        .settled()
        .event({}, [step.waitUntil()], false)
        .look('final', {}, 30_000)
      story.stream.page(observed.over('h'), 278_000)
      return story.look('event-ended').later()
    },
    right: () => {
      const story = createAuditStream().seen().settled()
      story.stream.page(observed.over('h'), 280_000)
      return story.look('event-ended').later()
    },
  },
  'short-body': {
    wrong: () =>
      createAuditStream()
        .seen()
        .ended({ items: [entryOf(200, { size: 0 })] }, [recordOf({ bodySize: 0 })], succeeded(0)),
    right: () =>
      createAuditStream()
        .seen()
        .ended({ items: [entryOf(200)] }, [recordOf({ bodySize: 1000 })], succeeded()),
  },
  'removed-next': {
    wrong: () => reused(false),
    right: () =>
      createAuditStream()
        .seen({ items: [row] })
        .ended(),
  },
  'removed-unmatched': {
    wrong: () =>
      createAuditStream()
        .seen()
        .ended({ removed: [gone('other')] }),
    right: () =>
      createAuditStream()
        .seen()
        .ended({ removed: [{ ...gone('episode'), mentions: true }] }),
  },
  'error-logged': traced([step.logged()]),
  'nothing-stored': {
    wrong: () =>
      createAuditStream()
        .seen({}, 50_000)
        .ended({ items: [changed(row)] }, [large], succeeded(50_000)),
    right: () =>
      createAuditStream()
        .seen({}, 50_000)
        .ended(
          { items: [entryOf(200, { size: 50_000, contentLength: 50_000 })] },
          [large],
          succeeded(50_000),
        ),
  },
}

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
