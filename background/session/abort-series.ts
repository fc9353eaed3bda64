import { type AbortSeriesBody, isSameStep } from '../../protocol/abort-series'
import type { BodyOf, SessionEvent } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import type { Recorder } from '../store/recorder'

/** A series that has not ended, and its last run that has begun. */
interface OpenSeries {
  readonly started: BodyOf<'abort-series-started'>
  readonly storageKey: string | null
  readonly run: BodyOf<'abort-series-run'> | undefined
}

export interface AbortSeriesSteps {
  /** Notes a step; each once, and none of a series that has ended. */
  note(step: AbortSeriesBody, storageKey: string): Promise<void>
  /** The panel that ran a series is gone: ends it, and aborts the fetch of its run. Undefined where there is none. */
  panelGone(made: Recorder): Promise<void> | undefined
}

const stepsOf = (events: readonly SessionEvent[]) =>
  events.flatMap(({ body, storageKey }): { body: AbortSeriesBody; storageKey: string | null }[] => {
    switch (body.type) {
      case 'abort-series-started':
      case 'abort-series-run':
      case 'abort-series-run-failed':
      case 'abort-series-ended':
        return [{ body, storageKey }]
      default:
        return []
    }
  })

/** The last series, where it goes on. A panel runs one at a time. */
function openSeries(events: readonly SessionEvent[]): OpenSeries | undefined {
  let open: OpenSeries | undefined
  for (const { body, storageKey } of stepsOf(events)) {
    if (body.type === 'abort-series-started') open = { started: body, storageKey, run: undefined }
    else if (!open || open.started.series !== body.series) continue
    else if (body.type === 'abort-series-run') open = { ...open, run: body }
    else if (body.type === 'abort-series-ended') open = undefined
  }
  return open
}

/** The fetch of a run, where it was seen and its end was not. */
function runningFetch(
  events: readonly SessionEvent[],
  { started, storageKey, run }: OpenSeries,
): Handle | undefined {
  let handle: Handle | undefined
  for (const { body, storageKey: of } of events) {
    if (body.type === 'fetch-seen') {
      if (of === storageKey && body.scope === started.scope && body.id === run?.id) handle = body.handle
    } else if (handle !== undefined && 'handle' in body && body.handle === handle) {
      if (body.type === 'settled' || body.type === 'fetch-gone') handle = undefined
    }
  }
  return handle
}

/**
 * Keeps the steps of an abort series on record. The panel decides what comes next, as it knows the verdicts; nothing of
 * it is left to run when that panel is gone.
 *
 * @param abort aborts a fetch; resolves when its page was asked
 */
export function createAbortSeriesSteps(
  recorder: Promise<Recorder>,
  abort: (handle: Handle, command: string) => Promise<void>,
): AbortSeriesSteps {
  return {
    async note(step, storageKey) {
      const made = await recorder
      const known = stepsOf(made.journal.events)
        .map(({ body }) => body)
        .filter(({ series }) => series === step.series)
      const isOver = known.some(({ type }) => type === 'abort-series-ended')
      if (isOver || known.some((one) => isSameStep(one, step))) return
      await made.note('panel', step, { storageKey })
    },
    panelGone(made) {
      const { events } = made.journal
      const open = openSeries(events)
      if (!open) return undefined
      const { started, storageKey } = open
      const handle = runningFetch(events, open)
      const ended = { type: 'abort-series-ended', series: started.series, why: 'panel-gone' } as const
      const noted = made.note('panel', ended, { storageKey })
      const aborted = handle === undefined ? undefined : abort(handle, crypto.randomUUID())
      return Promise.allSettled([noted, aborted]).then(() => {})
    },
  }
}
