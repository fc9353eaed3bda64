import type { FetchAttributes, FetchRecord } from '../../../protocol/attributes'
import type { BackgroundFetchEventName } from '../../../protocol/event-names'
import type { BodyOf, SessionEvent } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import type { AbortMoment } from '../../../protocol/planned-aborts'
import type { RequestOutcomes, StorageChanged, StorageSnapshot } from '../../../protocol/storage-events'
import type { Evidence } from '../audit/evidence/evidence'
import type { Missing } from '../audit/evidence/later-look'
import type { AuditLost } from '../audit/evidence/reasons'
import type { AbortAttempt } from './aborts/abort-attempt'
import type { BeganIn, StartCall } from './beginning'
import type { FetchState } from './fetch-state'
import type { ObservedRequest } from './observed-request'
import type { Pause } from './pause'
import type { FetchEnding } from './plans/fetch-ending'
import type { RowKind } from './row-kind'
import type { Sample } from './sample'
import type { StrayException } from './stray-exception'
import type { TracedCall } from './traced-call'
import type { CountedPromises, Waited } from './waited-promises'

export type { FetchState } from './fetch-state'

/** Fetches that may have stored entries which a snapshot has under the URL of a request. */
export interface Sharing {
  /** Which responses they bring is not known yet. Those that have ended: by the identity of the entry, the latest first. */
  readonly running: readonly Fetch[]
  readonly ended: ReadonlyMap<string, readonly Fetch[]>
}

/** The storage at one stage of a fetch, with what else the panel knew then. */
export interface Snapshot {
  readonly at: number
  readonly body: StorageSnapshot
  /** The next fetch of the same registration and ID, where it had begun by then. */
  readonly next: Fetch | null
  /** Other fetches of the origin that ran since the baseline, also those of the same ID of another registration. */
  readonly others: readonly Fetch[]
  readonly sharing: Sharing
  /** What is among its items as it was in the snapshot before, and was not listed in this one, by identity. */
  readonly missing?: ReadonlyMap<string, Missing>
  /** Another page read it than the one before, without its baseline: what else is new since then is not known. */
  readonly byAnotherPage?: boolean
  /** The page that had read the storage earlier is gone, and what it had read with it: there is no such baseline. */
  readonly baselineLost?: boolean
}

/** An abort that was planned and has not happened. */
export interface PlannedAbort {
  readonly command: string
  readonly moment: AbortMoment
  readonly cold: boolean
  /** The page that holds it. */
  readonly document: string | null
  readonly storageKey: string
  /** The IDs that it was planned for; null of one that was planned for a fetch that ran. */
  readonly pattern: string | null
  /** Null as long as no fetch of such an ID has begun. */
  readonly fetch: Fetch | null
}

/** One background fetch: (storage key, scope, id, how many times that id was seen). */
export interface Fetch {
  readonly key: string
  readonly storageKey: string
  readonly scope: string
  readonly id: string
  /** 1 for the first fetch of that id, 2 for the next. */
  occurrence: number
  /** Another scope or origin has a fetch of that id as well. */
  ambiguous: boolean
  handle: Handle
  attributes: FetchAttributes
  state: FetchState
  /** It ran before it was seen for the first time. */
  readonly already: boolean
  /** Between which of a bridge's listings it began; null where that is not known. */
  readonly began: BeganIn | null
  readonly seenAt: number
  activeAt: number | null
  /** Bytes that had arrived at most; the browser sets `downloaded` back to 0 when a fetch is aborted. */
  arrived: number
  /** When bytes moved for the last time. */
  movedAt: number
  settledAt: number | null
  /** Who reported its end: the worker only where no page does. */
  settledBy: 'page' | 'worker' | null
  /** Its worker was unregistered before it settled: no event is fired for it any more. */
  unregisteredAt: number | null
  /** When it was seen to be `gone`. */
  goneAt: number | null
  overAt: number | null
  /** Its records were released as its worker was unregistered, while a traced event for its end went on. */
  isReleasedEarly: boolean
  /** How late, at most, the end of the worker's event was seen, in milliseconds. */
  uncertainty: number
  /** All that were asked for in this panel, in their order. */
  aborts: readonly AbortAttempt[]
  /** The one of them that ended it, as far as its answer says so, else the last. */
  abort: AbortAttempt | null
  /** An abort that was planned for it and has not happened. */
  planned: PlannedAbort | null
  /** How it was to end by a choice in this panel; null where it was started as it is. */
  forced: FetchEnding | null
  /** Quotas of its origin that were limited in this panel, for this fetch or another one. */
  limits: readonly FetchEnding[]
  /** The call of `fetch()` that started it, where calls were traced. */
  initiator: TracedCall | null
  /** Of which one has started it, in their order: several where all were made at one place. */
  startCalls: readonly StartCall[]
  /** What that call gave as options, as far as it was read. */
  options: BodyOf<'call-options'> | null
  /** Calls of `abort()` while it ran; see `tracedAborter()`. */
  readonly abortCalls: { readonly at: number; readonly call: TracedCall }[]
  /** What is known of who aborted it, where that was neither this tab's panel nor one of its scripts. */
  abortCause: BodyOf<'abort-cause'>['cause'] | null
  /** When a page of its origin was known to be gone for the last time while it ran, or soon after its end. */
  leftAt: number | null
  /** Tabs that were loading when it was seen first; null where none was. `other`: origin of another one, or ''. `loadedAt`: since when none is. */
  loads: { readonly own: boolean; readonly other: string; readonly loadedAt: number | null } | null
  readonly samples: Sample[]
  /** How many of its requests have their response or have failed, and how many of those have failed; null before the first has. */
  responses: { readonly ready: number; readonly failed: number; readonly total: number } | null
  /** Responses that were seen to come while it ran, by the index of their request. */
  readonly answered: Map<number, FetchRecord>
  /** What had become of its requests when it settled. */
  requests: RequestOutcomes | null
  /** Its requests as the browser sent them, by the browser's names, where they are observed. */
  readonly network: Map<string, ObservedRequest>
  /** The origin's storage at the stages of its lifecycle. */
  readonly snapshots: Partial<Record<StorageSnapshot['when'], Snapshot>>
  /** The same at the moments that were read while it ran, in their order. */
  readonly running: Snapshot[]
  /** What its verdict is made of; null until its storage was compared after its end. */
  evidence: Evidence | null
  /** Changes of the storage that the browser reported while its event was being handled, or right after. */
  readonly changes: { readonly at: number; readonly change: StorageChanged }[]
  /** When the storage changed after the last snapshot; null where it was read since, or did not. */
  changedLaterAt: number | null
  /** Names of items that were deleted in this panel; see `deletableOf()`. */
  deletedInPanel?: ReadonlySet<string>
  /** No page listed it while it ran: it is known from its event in the worker only. */
  unlisted: boolean
  /** Why its storage can't be compared any more. */
  auditLost: AuditLost | null
  /** Its events in the worker, as far as they were traced. */
  readonly events: TracedEvent[]
  /** Events for it that a script, or the probe for a person, has made: they say nothing of what the browser's own led to. */
  readonly untrusted: TracedEvent[]
  /** Of the workers of its scope. */
  readonly workerPauses: readonly Pause[]
  readonly strayExceptions: readonly StrayException[]
}

/** A run of a service worker that is, or was, traced. */
export interface Worker {
  readonly worker: string
  readonly url: string
  readonly scope: string
  readonly how: BodyOf<'worker-seen'>['how']
  state: BodyOf<'worker-seen'>['state']
  readonly seenAt: number
  stoppedAt: number | null
  /** Its events that are not over, the oldest first. */
  readonly open: TracedEvent[]
  /** Whether it listened to an event, as seen when that was dispatched; an event that is not named was not seen. */
  readonly listened: Map<BackgroundFetchEventName, boolean>
  /** When it was last reported that its console may hold more than is known. */
  logIncompleteAt: number | null
  /** What the texts of its scripts mention; null where they were not read. */
  scripts: BodyOf<'worker-scripts'> | null
  /** Pauses of all runs of its scope. */
  readonly pauses: Pause[]
  /** Where it pauses, by the event. */
  readonly breakpoints: Map<BackgroundFetchEventName, BodyOf<'handler-breakpoints'>>
}

/** One `backgroundfetch*` event, as the probe saw it in the worker. */
export interface TracedEvent {
  readonly key: string
  readonly at: number
  readonly dispatched: BodyOf<'dispatched'>
  readonly worker: Worker | null
  fetch: Fetch | null
  returnedAt: number | null
  doneAt: number | null
  /** The worker stopped before it was over, or was not traced any more. */
  cutAt: number | null
  /** It was not traced to its end, which it may have reached. */
  lost: boolean
  threw: boolean
  /** The first exception of its listeners; '' where none is known. */
  thrown: string
  /** What was written with `console.error()` or thrown where nobody caught it while it alone was open. */
  readonly errors: EventError[]
  /** Errors in its worker while other events were open as well: of which of them they are is not known. */
  readonly shared: SharedError[]
  /** There were more errors of it, or that may be of it, than are kept. */
  errorsDropped: boolean
  /** It may have written more to the console than is known, errors too. */
  logIncomplete: boolean
  /** Not all that was reported of it is known, as where the log was cut. */
  isPartial: boolean
  /** Calls of `waitUntil()` that threw. */
  refused: number
  /** How often something was passed to `waitUntil()`. */
  promises: number
  /** Those of them that were only counted, and what is known of how they ended. */
  readonly counted: CountedPromises
  /** The first of them, and of those in which something is wrong; see `waited.ts`. */
  readonly waited: Waited[]
}

/** An error in a worker while an event was open. */
export interface EventError {
  readonly event: SessionEvent
  readonly message: string
}

/** An error in a worker while several events were open. */
export interface SharedError extends EventError {
  /** It is the rejection of an event that was over. */
  readonly isExplained: boolean
  readonly open: readonly TracedEvent[]
}

export interface Row {
  /** Names the row for as long as the session lives. */
  readonly key: number
  readonly kind: RowKind
  readonly at: number
  /** The time that it is sorted by: earlier than `at` where it led to something that another clock says was before it. */
  readonly order: number
  event: SessionEvent
  readonly fetch: Fetch | null
  /** What comes over and over shares a row; `event` is the last of them. */
  count: number
  /** Milliseconds since what led to this; null where nothing did. Its text says what that was. */
  readonly after: number | null
  /** The traced event that it belongs to. */
  readonly traced: TracedEvent | null
  /** It came before that event was known, and said nothing of it. */
  readonly isEarly?: true
  /** What the panel adds in words. */
  note: string
  /** Of an end that no page observed: the last amount that was seen. */
  readonly lastSeen?: string
  /** What a verdict is made of: the row says what was known then. */
  readonly evidence: Evidence | null
}
