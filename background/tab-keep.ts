import type { SessionEvent } from '../protocol/events'
import { KEEP_FOR, type KeepEnd } from '../protocol/kept'
import type { Keep } from './database'
import type { Keeping } from './keeping'

export interface TabKeep {
  readonly on: boolean
  /** The service workers of the tab are traced also without a panel. */
  readonly trace: boolean
  /** It has lasted longer than a recording may. */
  readonly tooOld: boolean
  /** Goes on with what was begun before the worker was stopped; everything else comes after it. */
  recover(): Promise<void>
  /** Goes on with what was begun under another id of the tab. */
  resume(keep: Keep): Promise<void>
  /** Gives away what it knows, and does nothing more. */
  release(): Keep | undefined
  /** Resolves when it is safe that the tab is kept. */
  start(trace: boolean): Promise<void>
  setTrace(trace: boolean): void
  /** Ends it at once, and makes a session of the events; resolves when that is safe. */
  finish(events: readonly SessionEvent[], why: KeepEnd): Promise<void>
  /** Shows on the icon whether the tab is kept; the browser forgets it at every navigation. */
  show(): void
}

/**
 * Whether one tab is recorded also without a panel.
 *
 * @param incognito tells whether nothing of the tab may stay
 * @param show shows on the icon since when it is, or that it is not
 * @param tooLong is called when it has lasted as long as it may
 */
export function createTabKeep(
  tabId: number,
  keeping: Keeping,
  incognito: () => Promise<boolean>,
  show: (since: number | null) => void,
  tooLong: () => void,
): TabKeep {
  let keep: Keep | undefined
  let secret = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const set = (next: Keep | undefined) => {
    keep = next
    clearTimeout(timer)
    if (next) timer = setTimeout(tooLong, Math.max(0, next.startedAt + KEEP_FOR - Date.now()))
    show(next?.startedAt ?? null)
  }

  return {
    get on() {
      return keep !== undefined
    },
    get trace() {
      return keep?.trace ?? false
    },
    get tooOld() {
      return keep !== undefined && Date.now() - keep.startedAt >= KEEP_FOR
    },
    async recover() {
      secret = await incognito()
      const found = (await keeping.all()).find((one) => one.tabId === tabId)
      if (found) set(found)
    },
    async resume(before) {
      const moved = { ...before, tabId }
      set(moved)
      await keeping.move(before, tabId)
    },
    release() {
      const released = keep
      keep = undefined
      clearTimeout(timer)
      return released
    },
    async start(trace) {
      const made = { tabId, id: crypto.randomUUID(), startedAt: Date.now(), trace, incognito: secret }
      set(made)
      await keeping.put(made)
    },
    setTrace(trace) {
      if (!keep || keep.trace === trace) return
      keep = { ...keep, trace }
      void keeping.put(keep).catch(() => {})
    },
    async finish(events, why) {
      const over = keep
      if (!over) return
      set(undefined)
      await keeping.finish(over, events, why)
    },
    show: () => show(keep?.startedAt ?? null),
  }
}
