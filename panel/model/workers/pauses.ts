import type { BodyOf, SessionEvent } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import { duration } from '../format'
import type { Pause } from '../session/pause'
import type { Rows } from '../session/rows'
import type { Fetch, TracedEvent, Worker } from '../session/view'

/** So many pauses of a scope's workers are remembered. */
const MAX_PAUSES = 200

/** For how long something was paused in the debugger. */
export interface Paused {
  /** In milliseconds, as far as pauses were seen from their beginning. */
  readonly ms: number
  /** It was paused at the end of that time. */
  readonly still: boolean
  /** It was paused for some time more, which is not known. */
  readonly more: boolean
}

const NOT_PAUSED: Paused = { ms: 0, still: false, more: false }

/** What of these pauses is in a time; times are in epoch milliseconds. */
function within(pauses: readonly Pause[], from: number, until: number): Paused {
  let { ms, still, more } = NOT_PAUSED
  for (const one of pauses) {
    const to = one.to ?? Number.POSITIVE_INFINITY
    if (one.from === null) more ||= to >= from && to <= until
    else if (one.from <= until && to >= from) {
      ms += Math.max(0, Math.min(to, until) - Math.max(one.from, from))
      still ||= to > until
      // It was noticed after it had begun.
      more ||= !one.seenBeginning
    }
  }
  return { ms, still, more }
}

/** For how long the worker was paused while it handled an event, up to a time. */
export function pausedIn({ worker, at, doneAt, cutAt }: TracedEvent, until: number): Paused {
  if (!worker) return NOT_PAUSED
  const own = worker.pauses.filter((one) => one.worker === worker.worker)
  return within(own, at, Math.min(until, doneAt ?? cutAt ?? until))
}

/** The worker is paused while it handles an event, as far as is known. */
export const isPaused = ({ worker }: TracedEvent): boolean =>
  worker?.pauses.some((one) => one.worker === worker.worker && one.to === null) ?? false

/** For how long a worker that may handle the end of a fetch was paused since that, up to a time. */
export const pausedSinceEnd = ({ settledAt, workerPauses }: Fetch, until: number): Paused =>
  settledAt === null ? NOT_PAUSED : within(workerPauses, settledAt, until)

/** Whether it was paused at all. */
export const wasPaused = ({ ms, still, more }: Paused): boolean => ms > 0 || still || more

/** What a time includes of pauses, in words; '' where it includes none. */
export function pausedText(paused: Paused): string {
  const { ms, more } = paused
  if (!wasPaused(paused)) return ''
  if (ms === 0) return t('paused_unknown')
  return t(more ? 'paused_at_least' : 'paused_for', duration(ms))
}

/** A handler of the event has no breakpoint, or may have none. */
export const lacksBreakpoint = ({ locations, missing }: BodyOf<'handler-breakpoints'>): boolean =>
  locations.length > 0 ? missing !== null : missing !== 'no-listener'

interface Needs {
  readonly rows: Rows
  readonly events: ReadonlyMap<string, TracedEvent>
  readonly workers: ReadonlyMap<string, Worker>
}

export type PauseBody = BodyOf<
  'handler-breakpoints' | 'worker-paused' | 'worker-resumed' | 'worker-not-paused'
>

/** Folds pauses of workers in the debugger into the workers and their rows. */
export function createPauseRows({ rows, events, workers }: Needs) {
  const end = ({ pauses, worker }: Worker, at: number) => {
    for (const one of pauses) if (one.worker === worker) one.to ??= at
  }
  const add = ({ pauses }: Worker, pause: Pause) => {
    pauses.push(pause)
    if (pauses.length > MAX_PAUSES) pauses.shift()
  }
  return {
    /** Nothing more is heard of the run. */
    end,
    apply(event: SessionEvent, body: PauseBody): void {
      const worker = workers.get(body.worker)
      if (body.type === 'handler-breakpoints') {
        worker?.breakpoints.set(body.name, body)
        rows.add(event, null)
        return
      }
      const traced = events.get(`${body.worker}:${body.event}`) ?? null
      rows.add(event, traced?.fetch ?? null, { traced })
      if (!worker) return
      const { at } = event
      const name = worker.worker
      if (body.type === 'worker-paused') {
        end(worker, at)
        add(worker, { worker: name, from: at, to: null, seenBeginning: body.location !== null })
      } else if (body.type === 'worker-resumed') {
        const open = worker.pauses.some((one) => one.worker === name && one.to === null)
        if (open) end(worker, at)
        else {
          const from = body.after === null ? null : at - body.after
          add(worker, { worker: name, from, to: at, seenBeginning: from !== null })
        }
      }
    },
  }
}
