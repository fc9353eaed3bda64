import * as v from 'valibot'
import { DatabaseProblem } from './database-problem'
import { Handle } from './handle'
import { Count } from './numbers'
import { MAX_TEXT } from './page-events'
import { AbortPlanned, NextAbortPlanned } from './planned-aborts'
import { RecordingEnd } from './recordings'

const short = v.pipe(v.string(), v.maxLength(1024))
const text = v.pipe(v.string(), v.maxLength(MAX_TEXT))

/** Abort was pressed in a panel. */
export const AbortRequested = v.object({
  type: v.literal('abort-requested'),
  handle: Handle,
  command: short,
})

/** A panel watches the tab from now on. */
export const WatchStarted = v.object({ type: v.literal('watch-started') })

/** The last panel is gone; nothing is observed from now on. */
export const WatchStopped = v.object({ type: v.literal('watch-stopped') })

/** The tab is recorded from now on also when no panel is there. */
export const RecordingStarted = v.object({ type: v.literal('keep-started'), command: v.optional(short) })

/** The last panel is gone, and the recording goes on. */
export const PanelLeft = v.object({ type: v.literal('panel-left') })

/** The tab is recorded no longer than a panel is there; `watched` when one is. */
export const RecordingEnded = v.object({
  type: v.literal('keep-ended'),
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
