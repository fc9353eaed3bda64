import type { Body } from '../../../protocol/events'
import { observed } from '../streams/events.fixture'
import {
  changed,
  createAuditStream,
  entryOf,
  fileOf,
  foreign,
  notificationOf,
  type old,
  recordOf,
  rowOf,
  usageOf,
} from './audit.fixture'
import { step } from './event-steps.fixture'
import type { RuleId } from './rules'

interface Case {
  /** A stream that breaks the rule. */
  readonly wrong: () => ReturnType<typeof createAuditStream>
  /** One as near as can be that does not. */
  readonly right: () => ReturnType<typeof createAuditStream>
}

const row = rowOf('episode', 'episode downloading')
const file = fileOf('parts/episode.part')
/** An item that was removed. */
export const gone = (name: string) =>
  ({ kind: 'row', container: 'pod/downloads', name, mentions: false }) as const
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
/** A fetch whose ID is started again while its handler works, with a row that was not there when it had settled. */
function reused() {
  const first = createAuditStream().seen().settled().look('settled')
  createAuditStream('episode', first.stream, 'h2').seen({ items: [row] })
  return first.over()
}

/** A case for each rule. */
export const cases: Record<RuleId, Case> = {
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
    wrong: () =>
      createAuditStream()
        .seen({ items: [row] })
        .settled()
        .event({ asynchronous: true })
        .over({ items: [row] })
        .later({ items: [row] }),
    // One that has nothing to do for this fetch returns at once.
    right: () => createAuditStream().seen().settled().event({ asynchronous: true }).over().later(),
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
  'range-dropped': {
    wrong: () =>
      createAuditStream()
        .seen()
        .ended({}, [recordOf({ hasRange: true, bodySize: 0, contentLength: null })], succeeded(0)),
    right: () =>
      createAuditStream()
        .seen()
        .ended(
          { items: [entryOf(206)] },
          [recordOf({ hasRange: true, status: 206, bodySize: 1000 })],
          succeeded(),
        ),
  },
  'removed-next': {
    wrong: () => reused(),
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
