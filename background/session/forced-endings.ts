import type { Body, BodyOf, SessionEvent } from '../../protocol/events'
import type { Forced } from '../../protocol/forced-endings'
import type { Handle } from '../../protocol/handle'
import type { NewFetch } from '../../protocol/new-fetch'
import { type PageAnswer, refusal } from '../../protocol/page-requests'
import { originOfKey } from '../../protocol/storage-key'
import { onRecord } from '../store/on-record'
import type { Recorder } from '../store/recorder'
import { problemOf, TracerError } from '../tracer/problem'

/** After its start, a fetch is listed by its page within this time, in milliseconds; else its end could not be noticed. */
const SEEN_WITHIN = 10_000

/** The limit concerns all of an origin: it is reverted after this time at the latest, in milliseconds. */
const LONGEST = 5 * 60_000

type Why = BodyOf<'ending-reverted'>['why']

/** What forced endings are made with. */
interface Needs {
  readonly recorder: Promise<Recorder>
  /** Leaves an origin no more room than this, or with null its own quota; rejects where no debugger is attached. */
  limitRoom(origin: string, bytes: number | null): Promise<void>
  /** Whether what a background that was stopped has left is known to be reverted; waits for that. */
  leftBehindReverted(): Promise<boolean>
}

interface Open {
  readonly command: string
  readonly storageKey: string
  readonly scope: string
  readonly id: string
  readonly handles: Set<Handle>
  /** The page has said that it started the fetch. */
  started: boolean
  /** Makes everything as before; rejects where that is not known to have been done. */
  revert(): Promise<void>
  timer: ReturnType<typeof setTimeout> | undefined
  readonly longest: ReturnType<typeof setTimeout>
}

export interface ForcedEndings {
  /**
   * Has a fetch started that is to end like this.
   *
   * @param ask has the page start it
   */
  start(
    request: NewFetch & { readonly forced: Forced },
    storageKey: string,
    command: string,
    ask: () => Promise<PageAnswer>,
  ): Promise<PageAnswer>
  /** Takes in what was recorded: the end of such a fetch is in it. */
  recorded(events: readonly SessionEvent[]): void
  /** Notes what a background that was stopped has left open, and whether it is as before. */
  restore(made: Recorder): Promise<void>
  /** Makes everything as before; resolves when it is. */
  revertAll(why: Why): Promise<void>
}

/** Nothing is attached to the tab, so that nothing is changed either. */
const isDetached = (error: unknown): boolean =>
  error instanceof TracerError || /not attached|no tab with/i.test(String(error))

/** Has the page start a fetch; `refused` is called, and waited for, where it does not say that it did. */
async function askOr(ask: () => Promise<PageAnswer>, refused: () => Promise<void>): Promise<PageAnswer> {
  const answer = await ask().catch(async (error: unknown) => {
    await refused()
    throw error
  })
  if (!answer.ok) await refused()
  return answer
}

/** What was forced and not reverted in these events. */
function openEndings(
  events: readonly SessionEvent[],
): readonly { command: string; storageKey: string | null }[] {
  const open = new Map<string, string | null>()
  for (const { body, storageKey } of events) {
    if (body.type === 'ending-forced' && body.by.kind === 'quota') open.set(body.command, storageKey)
    else if (body.type === 'ending-reverted') open.delete(body.command)
  }
  return [...open].map(([command, storageKey]) => ({ command, storageKey }))
}

/** The scope of a run of a worker. */
const scopeOf = (events: readonly SessionEvent[], worker: string): string | undefined => {
  const seen = events.findLast(({ body }) => body.type === 'worker-seen' && body.worker === worker)
  return seen?.body.type === 'worker-seen' ? seen.body.scope : undefined
}

/**
 * Has fetches started that are to fail, and makes everything as before when such a fetch has ended or nobody
 * is there any more who wants it.
 */
export function createForcedEndings({ recorder, limitRoom, leftBehindReverted }: Needs): ForcedEndings {
  const open = new Map<string, Open>()
  let journal: Recorder['journal'] | undefined
  void recorder.then((made) => {
    journal = made.journal
  })

  const revert = async (one: Open, why: Why): Promise<void> => {
    if (!open.delete(one.command)) return
    clearTimeout(one.timer)
    clearTimeout(one.longest)
    const reverted = await one.revert().then(
      () => true,
      () => false,
    )
    const { command, storageKey } = one
    const body: Body = { type: 'ending-reverted', command, why: reverted ? why : 'revert-failed' }
    await (await recorder).note('panel', body, { storageKey })
  }

  const revertLater = (one: Open, why: Why) => {
    clearTimeout(one.timer)
    one.timer = setTimeout(() => void revert(one, why), SEEN_WITHIN)
  }

  const isSeen = (one: Open, storageKey: string | null, { scope, id }: BodyOf<'fetch-seen'>) =>
    one.storageKey === storageKey && one.scope === scope && one.id === id

  /** Whether an event may be that of a fetch of the same ID from before, whose event is not over. */
  const isOfOlder = (one: Open): boolean => {
    const waiting = new Set<Handle>()
    for (const { body, storageKey } of journal?.events ?? []) {
      if (body.type === 'fetch-seen' && isSeen(one, storageKey, body)) waiting.add(body.handle)
      if (body.type === 'event-over' || body.type === 'fetch-gone') waiting.delete(body.handle)
    }
    return [...waiting].some((handle) => !one.handles.has(handle))
  }

  const takeIn = (one: Open, { body, storageKey }: SessionEvent) => {
    switch (body.type) {
      case 'fetch-seen':
        if (!isSeen(one, storageKey, body)) return
        one.handles.add(body.handle)
        clearTimeout(one.timer)
        return
      case 'settled':
      case 'fetch-gone':
        if (one.handles.has(body.handle)) void revert(one, 'fetch-ended')
        return
      case 'dispatched':
        // Of a fetch that ended before its page has listed it only this is known.
        if (!one.started || !body.isTrusted || body.id !== one.id || body.name === 'backgroundfetchclick')
          return
        if (scopeOf(journal?.events ?? [], body.worker) !== one.scope || isOfOlder(one)) return
        void revert(one, 'fetch-ended')
        return
      case 'frame-gone':
        // Another page of the origin may come: it was loaded anew.
        if (body.unwatched && storageKey === one.storageKey) revertLater(one, 'page-gone')
        return
      case 'tracer':
        if (body.state !== 'on') void revert(one, 'tracing-ended')
        return
    }
  }

  return {
    async start(request, storageKey, command, ask) {
      const made = await recorder
      const known = onRecord(made.journal.events, command)
      // A background that was stopped has begun with it, and it is not known how far it came.
      if (known.length > 0) return refusal('rejected', 'The extension was started again meanwhile.')
      const origin = originOfKey(storageKey)
      const { scope, id, forced } = request
      const { ending, by } = forced
      const note = (body: Body) => made.note('panel', body, { storageKey })
      // Before: a background that is stopped meanwhile is to find it.
      void note({ type: 'ending-forced', command, scope, id, ending, by })
      if (by.kind !== 'quota')
        return askOr(ask, () => note({ type: 'ending-reverted', command, why: 'not-started' }))
      const one: Open = {
        ...{ command, storageKey, scope, id, handles: new Set<Handle>(), started: false, timer: undefined },
        revert: () =>
          limitRoom(origin, null).catch((error: unknown) => {
            // Where the debugger is not attached any more, the browser has dropped it.
            if (!isDetached(error)) throw error
          }),
        longest: setTimeout(() => void revert(one, 'too-long'), LONGEST),
      }
      open.set(command, one)
      try {
        await limitRoom(origin, by.room)
      } catch (error) {
        await revert(one, 'not-started')
        return refusal('rejected', problemOf(error).detail)
      }
      if (!open.has(command)) {
        // The panel has gone meanwhile.
        await one.revert().catch(() => note({ type: 'ending-reverted', command, why: 'revert-failed' }))
        return refusal('page-gone')
      }
      const answer = await askOr(ask, () => revert(one, 'not-started'))
      one.started = answer.ok
      if (answer.ok && open.has(command) && one.handles.size === 0) revertLater(one, 'not-seen')
      return answer
    },
    recorded(events) {
      for (const event of events) for (const one of [...open.values()]) takeIn(one, event)
    },
    async restore(made) {
      const left = openEndings(made.journal.events)
      if (left.length === 0) return
      const why = (await leftBehindReverted()) ? 'interrupted' : 'revert-failed'
      for (const { command, storageKey } of left)
        void made.note('panel', { type: 'ending-reverted', command, why }, { storageKey })
    },
    async revertAll(why) {
      await Promise.allSettled([...open.values()].map((one) => revert(one, why)))
    },
  }
}
