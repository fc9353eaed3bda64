import * as v from 'valibot'
import { DatabaseProblem } from './database-problem'
import { Bytes, Count, List, Time } from './numbers'

/** How long a tab is recorded without DevTools at most, in milliseconds. */
export const MAX_RECORDING_TIME = 3 * 24 * 60 * 60_000

/** How many saved recordings there are at most; the oldest is deleted when there is one more. */
export const MAX_SAVED_RECORDINGS = 20

const recordingEnds = ['switched-off', 'tab-closed', 'tab-gone', 'restarted', 'too-long'] as const

/**
 * Why the recording of a tab came to its end. `restarted`: the browser, or the extension, was. `tab-gone`: the tab
 * is not there any more, and what became of it was not seen.
 */
export const RecordingEnd = v.picklist(recordingEnds)
export type RecordingEnd = v.InferOutput<typeof RecordingEnd>

const text = v.pipe(v.string(), v.maxLength(1000))

/** A recording that is over, without its events. */
export const SavedRecording = v.object({
  id: text,
  /** Host and path of the page that the tab showed last; '' when it was never known. */
  title: text,
  startedAt: Time,
  endedAt: Time,
  why: RecordingEnd,
  /** How many events it has, and how long they are as text. */
  events: Count,
  bytes: Bytes,
  /** How many events there were no room for. */
  lost: Count,
  /** It is in memory only, because it could not be written to disk. */
  unsaved: v.optional(v.boolean()),
  /** Titles of older sessions that were dropped to make room for this one. */
  replaced: List(text),
})
export type SavedRecording = v.InferOutput<typeof SavedRecording>

/** The recordings that are over. */
export const SavedRecordings = v.object({
  sessions: v.array(SavedRecording),
  /** How many of those on disk are not what a recording is. */
  unreadable: Count,
  /** Why those on disk can't be read; null when they can. */
  problem: v.nullable(DatabaseProblem),
})
export type SavedRecordings = v.InferOutput<typeof SavedRecordings>

/** Some of the events of a recording; each is to be checked by itself. */
export const RecordingPage = v.object({
  events: v.pipe(v.array(v.unknown()), v.readonly()),
  /** How many events of this page are not what an event is. */
  unreadable: Count,
})
export type RecordingPage = v.InferOutput<typeof RecordingPage>
