import type { SessionEvent } from '../../protocol/events'
import { MAX_RECORDING_TIME, type RecordingEnd } from '../../protocol/recordings'
import type { Recording } from '../store/database'
import type { Recordings } from './recordings'

export interface TabRecording {
  readonly on: boolean
  /** The service workers of the tab are traced also without a panel. */
  readonly trace: boolean
  /** It has lasted longer than a recording may. */
  readonly tooOld: boolean
  /** Goes on with what was begun before the worker was stopped; everything else comes after it. */
  recover(): Promise<void>
  /** Goes on with what was begun under another id of the tab. */
  resume(recording: Recording): Promise<void>
  /** Gives away what it knows, and does nothing more. */
  release(): Recording | undefined
  /** Resolves when it is safe that the tab is recorded. */
  start(trace: boolean): Promise<void>
  setTrace(trace: boolean): void
  /** Ends it at once, and makes a session of the events; resolves when that is safe. */
  finish(events: readonly SessionEvent[], why: RecordingEnd): Promise<void>
  /** Shows on the icon whether the tab is recorded; the browser forgets it at every navigation. */
  show(): void
}

/**
 * Whether one tab is recorded also without a panel.
 *
 * @param incognito says whether nothing of the tab may stay
 * @param show shows on the icon since when it is, or that it is not
 * @param tooLong is called when it has lasted as long as it may
 */
export function createTabRecording(
  tabId: number,
  recordings: Recordings,
  incognito: () => Promise<boolean>,
  show: (since: number | null) => void,
  tooLong: () => void,
): TabRecording {
  let recording: Recording | undefined
  let secret = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const set = (next: Recording | undefined) => {
    recording = next
    clearTimeout(timer)
    if (next) timer = setTimeout(tooLong, Math.max(0, next.startedAt + MAX_RECORDING_TIME - Date.now()))
    show(next?.startedAt ?? null)
  }

  return {
    get on() {
      return recording !== undefined
    },
    get trace() {
      return recording?.trace ?? false
    },
    get tooOld() {
      return recording !== undefined && Date.now() - recording.startedAt >= MAX_RECORDING_TIME
    },
    async recover() {
      secret = await incognito()
      const found = (await recordings.all()).find((one) => one.tabId === tabId)
      if (found) set(found)
    },
    async resume(before) {
      const moved = { ...before, tabId }
      set(moved)
      await recordings.move(before, tabId)
    },
    release() {
      const released = recording
      recording = undefined
      clearTimeout(timer)
      return released
    },
    async start(trace) {
      const made = { tabId, id: crypto.randomUUID(), startedAt: Date.now(), trace, incognito: secret }
      set(made)
      await recordings.put(made)
    },
    setTrace(trace) {
      if (!recording || recording.trace === trace) return
      recording = { ...recording, trace }
      void recordings.put(recording).catch(() => {})
    },
    async finish(events, why) {
      const over = recording
      if (!over) return
      set(undefined)
      await recordings.finish(over, events, why)
    },
    show: () => show(recording?.startedAt ?? null),
  }
}
