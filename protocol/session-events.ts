import * as v from 'valibot'
import { AbortSeriesEnded, AbortSeriesRun, AbortSeriesRunFailed, AbortSeriesStarted } from './abort-series'
import { DatabaseProblem } from './database-problem'
import { EndingForced, EndingReverted } from './forced-endings'
import { Handle } from './handle'
import { Count } from './numbers'
import { MAX_TEXT } from './page-events'
import { AbortPlanned, NextAbortPlanned } from './planned-aborts'
import { RecordingEnd } from './recordings'
import { SyntheticEventFailed, SyntheticEventRequested } from './synthetic-events'

const short = v.pipe(v.string(), v.maxLength(1024))
const text = v.pipe(v.string(), v.maxLength(MAX_TEXT))

/** Abort was pressed in a panel. */
export const AbortRequested = v.object({
  type: v.literal('abort-requested'),
  handle: Handle,
  command: short,
})

/**
 * Tabs were loading when a new fetch was seen first, and so many of them; `own`: the inspected one is one of them. `other`: origin of the
 * page that one of the others was loading, where the extension may read it; of no incognito tab.
 */
export const TabsLoading = v.object({
  type: v.literal('tabs-loading'),
  handle: Handle,
  tabs: Count,
  own: v.boolean(),
  other: v.optional(short),
})

export type TabsLoading = v.InferOutput<typeof TabsLoading>

/** No tab was loading any more, for the first time since that fetch was seen. */
export const TabsLoaded = v.object({ type: v.literal('tabs-loaded'), handle: Handle })
export type TabsLoaded = v.InferOutput<typeof TabsLoaded>

/**
 * What else is known of an abort that neither this tab's panel nor a script of the tab has called for. `other-panel`: Abort was
 * pressed in this extension's panel of another tab, and `abort()` answered `true` there. `not-this-tab`: each script of the tab and
 * each worker that could have called `abort()` was traced, and none did.
 */
export const AbortCause = v.object({
  type: v.literal('abort-cause'),
  handle: Handle,
  cause: v.picklist(['other-panel', 'not-this-tab']),
})
export type AbortCause = v.InferOutput<typeof AbortCause>

/** A panel watches the tab from now on. */
export const WatchStarted = v.object({ type: v.literal('watch-started') })

/** The last panel is gone; nothing is observed from now on. */
export const WatchStopped = v.object({ type: v.literal('watch-stopped') })

/** The tab is recorded from now on also when no panel is there. */
export const RecordingStarted = v.object({ type: v.literal('recording-started'), command: v.optional(short) })

/** The last panel is gone, and the recording goes on. */
export const PanelLeft = v.object({ type: v.literal('panel-left') })

/** The tab is recorded no longer than a panel is there; `watched` when one is. */
export const RecordingEnded = v.object({
  type: v.literal('recording-ended'),
  why: RecordingEnd,
  watched: v.boolean(),
  command: v.optional(short),
})

/** The tab's top-level document changed. */
export const Navigated = v.object({ type: v.literal('navigated'), url: text, reload: v.boolean() })

/** A document that was watched is gone; `unwatched` when no other of its storage key is left in the tab. */
export const FrameGone = v.object({ type: v.literal('frame-gone'), unwatched: v.boolean() })

export const unreachableReasons = ['browser-page', 'store', 'withheld', 'policy', 'file', 'failed'] as const

/** The bridge can't be put into the page. */
export const Unreachable = v.object({
  type: v.literal('unreachable'),
  reason: v.picklist(unreachableReasons),
  url: text,
  detail: short,
})

/** Rows before this one are not shown any more. */
export const Cleared = v.object({ type: v.literal('cleared'), command: v.optional(short) })

/** The journal reached its bound and dropped its oldest events. */
export const JournalCut = v.object({
  type: v.literal('journal-cut'),
  dropped: Count,
  bound: Count,
})

/** The extension's own storage fails: what is recorded is in memory only, and what was may be missing. */
export const NotSaved = v.object({ type: v.literal('not-saved'), problem: DatabaseProblem })

/** The extension's own storage works again: all that is in the log is on disk. */
export const SavedAgain = v.object({ type: v.literal('saved-again') })

/** What was recorded of the tab before can't be read: this log begins without it. */
export const EarlierUnread = v.object({ type: v.literal('earlier-unread'), problem: DatabaseProblem })

/** Events on disk that are not what an event is: the log is without them. */
export const EventsUnreadable = v.object({ type: v.literal('events-unreadable'), count: Count })

/**
 * The browser gave the tab another id. `discarded`: it took the page out of memory, and loads it again when somebody
 * looks at the tab.
 */
export const TabReplaced = v.object({ type: v.literal('tab-replaced'), discarded: v.boolean() })

/** A producer sent what is not an event of the protocol; it was not recorded. */
export const Refused = v.object({ type: v.literal('refused'), detail: short })

export const SessionBody = v.variant('type', [
  AbortRequested,
  AbortPlanned,
  NextAbortPlanned,
  AbortSeriesStarted,
  AbortSeriesRun,
  AbortSeriesRunFailed,
  AbortSeriesEnded,
  EndingForced,
  EndingReverted,
  SyntheticEventRequested,
  SyntheticEventFailed,
  AbortCause,
  TabsLoading,
  TabsLoaded,
  WatchStarted,
  WatchStopped,
  RecordingStarted,
  PanelLeft,
  RecordingEnded,
  Navigated,
  FrameGone,
  Unreachable,
  Cleared,
  JournalCut,
  NotSaved,
  SavedAgain,
  EarlierUnread,
  EventsUnreadable,
  TabReplaced,
  Refused,
])
export type SessionBody = v.InferOutput<typeof SessionBody>
