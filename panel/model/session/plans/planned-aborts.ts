import type { BodyOf, SessionEvent } from '../../../../protocol/events'
import { momentText } from '../../describe/planned-abort-text'
import { abortRequested } from '../aborts/requested-aborts'
import { isLive } from '../fetch-phase'
import type { Fetches } from '../fetches'
import type { Rows } from '../rows'
import type { PlannedAbort } from '../view'

type PlanBody = BodyOf<
  | 'abort-planned'
  | 'next-abort-planned'
  | 'planned-abort-applied'
  | 'planned-abort-fired'
  | 'planned-abort-removed'
>

export interface PlannedAborts {
  /** Those that have not happened, in the order in which they were planned. */
  readonly open: readonly PlannedAbort[]
  apply(event: SessionEvent, body: PlanBody): void
  /** A page has gone, with what it held; all pages where none is named. Returns the commands of what it held. */
  lost(event: SessionEvent, document?: string | null): readonly string[]
}

/** Follows the planned aborts from when they were planned until they have happened or are gone. */
export function createPlannedAborts(fetches: Fetches, rows: Rows): PlannedAborts {
  let open: PlannedAbort[] = []

  const find = (command: string) => open.find((one) => one.command === command)

  const put = (one: PlannedAbort) => {
    open = [...open.filter(({ command }) => command !== one.command), one]
    if (one.fetch) one.fetch.planned = one
  }

  const take = (command: string): PlannedAbort | undefined => {
    const one = find(command)
    open = open.filter((other) => other !== one)
    if (one?.fetch?.planned === one && one?.fetch) one.fetch.planned = null
    return one
  }

  return {
    get open() {
      return open
    },
    apply(event, body) {
      const { command } = body
      const { document } = event
      const storageKey = event.storageKey ?? ''
      switch (body.type) {
        case 'abort-planned': {
          const fetch = fetches.byHandle(body.handle)
          if (!fetch) return
          const { moment, cold } = body
          const before = fetch.planned
          // Its own bridge reports that it was replaced.
          if (before) take(before.command)
          if (isLive(fetch)) put({ command, moment, cold, document, storageKey, pattern: null, fetch })
          rows.add(event, fetch)
          return
        }
        case 'next-abort-planned': {
          const { moment, cold, pattern } = body
          put({ command, moment, cold, document, storageKey, pattern, fetch: null })
          rows.add(event, null)
          return
        }
        case 'planned-abort-applied': {
          const fetch = fetches.byHandle(body.handle)
          const one = find(command)
          if (!fetch || !one) return
          put({ ...one, fetch })
          rows.add(event, fetch, { note: momentText(one.moment) })
          return
        }
        case 'planned-abort-fired': {
          take(command)
          const fetch = fetches.byHandle(body.handle)
          if (fetch && abortRequested(fetch, event.at, command)) rows.add(event, fetch)
          return
        }
        case 'planned-abort-removed': {
          const one = take(command)
          // Where another one was planned, that has a row.
          if (one && body.why !== 'replaced') rows.add(event, one.fetch, { note: momentText(one.moment) })
          return
        }
      }
    },
    lost(event, document) {
      const gone = open.filter((one) => document === undefined || one.document === document)
      for (const one of gone) {
        take(one.command)
        rows.add(event, one.fetch, { kind: 'planned-abort-lost', note: momentText(one.moment) })
      }
      return gone.map(({ command }) => command)
    },
  }
}
