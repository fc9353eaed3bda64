import type { BackgroundForPanel } from '../../protocol/commands'
import type { BodyOf, SessionEvent } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import type { SyntheticEventFailed, SyntheticOutcome } from '../../protocol/synthetic-events'
import { createWaiting } from '../bridges/waiting'
import { onRecord } from '../store/on-record'
import type { Recorder } from '../store/recorder'
import { problemOf } from '../tracer/problem'

/** How long a worker may take to start and to be traced, in milliseconds. */
const STARTING = 5000

type Failure = Pick<SyntheticEventFailed, 'reason' | 'detail'>

/** What synthetic events are made with. */
interface Needs {
  readonly recorder: Promise<Recorder>
  /** Has the probe of a run dispatch it for the fetch of an ID; rejects where the run is not traced. */
  dispatch(worker: string, id: string): Promise<SyntheticOutcome>
  askPage: BackgroundForPanel['askPage']
}

export interface SyntheticEvents extends Pick<BackgroundForPanel, 'dispatchSynthetic'> {
  /** Events were recorded. */
  recorded(): void
}

interface Place {
  readonly storageKey: string
  readonly scope: string
  readonly id: string
}

const failure = (reason: Failure['reason'], detail = ''): Failure => ({ reason, detail })

/** Where the fetch of a handle is; undefined where it is known to run no more, or its ID is in use again. */
function placeOf(events: readonly SessionEvent[], handle: Handle): Place | undefined {
  let place: Place | undefined
  for (const { body, storageKey } of events) {
    if (body.type === 'fetch-seen' && body.handle === handle) {
      place = { storageKey: storageKey ?? '', scope: body.scope, id: body.id }
    } else if (body.type === 'fetch-seen' && !body.already) {
      const isNext = place?.storageKey === storageKey && place?.scope === body.scope && place.id === body.id
      if (isNext) place = undefined
    } else if ((body.type === 'settled' || body.type === 'fetch-gone') && body.handle === handle)
      place = undefined
  }
  return place
}

/** The run of the active worker of a scope: the browser gives its events to no other. */
function activeRun(events: readonly SessionEvent[], scope: string): string | undefined {
  const runs = new Map<string, BodyOf<'worker-seen'>['state']>()
  for (const { body } of events) {
    if (body.type === 'worker-seen' && body.scope === scope) runs.set(body.worker, body.state)
    if (body.type === 'worker-state' && runs.has(body.worker)) runs.set(body.worker, body.state)
    if (body.type === 'worker-stopped') runs.delete(body.worker)
    if (body.type === 'tracer' && body.state !== 'on') runs.clear()
  }
  return [...runs].findLast(([, state]) => state === 'activated' || state === 'activating')?.[0]
}

const isTraced = (events: readonly SessionEvent[]): boolean => {
  const last = events.findLast(({ body }) => body.type === 'tracer')?.body
  return last?.type === 'tracer' && last.state === 'on'
}

/** Whether such an event was dispatched for the fetch since it was asked for. */
const wasDispatched = (events: readonly SessionEvent[], requested: SessionEvent, { id }: Place): boolean =>
  events
    .slice(events.indexOf(requested))
    .some(({ body }) => body.type === 'dispatched' && body.synthetic === true && body.id === id)

/** Has handlers run for events that the browser's own UI would have to be clicked for. */
export function createSyntheticEvents({ recorder, dispatch, askPage }: Needs): SyntheticEvents {
  const waiting = createWaiting()
  /** What this background was asked for, by the names of the requests: a person makes few. */
  const requests = new Map<string, Promise<void>>()

  /** The run of the worker that is to get the event: it is started where none runs. */
  const runOf = async (
    journal: Recorder['journal'],
    { storageKey, scope }: Place,
    command: string,
  ): Promise<string | Failure> => {
    const look = () => activeRun(journal.events, scope)
    const running = look()
    if (running !== undefined) return running
    const answer = await askPage(storageKey, { kind: 'start-worker', scope }, `${command}-start`)
    if (!answer.ok) return failure('not-started', answer.detail)
    return (await waiting.find(look, STARTING)) ?? failure('not-started')
  }

  /** Does it, and says why not. */
  const attempt = async (
    journal: Recorder['journal'],
    place: Place | undefined,
    command: string,
  ): Promise<Failure | undefined> => {
    if (!place) return failure('no-fetch')
    if (!isTraced(journal.events)) return failure('tracer-off')
    // Workers of frames from other sites are not traced; one of the same scope may be another one.
    if (!URL.canParse(place.storageKey)) return failure('foreign')
    const run = await runOf(journal, place, command)
    if (typeof run !== 'string') return run
    try {
      const outcome = await dispatch(run, place.id)
      return outcome === 'dispatched' ? undefined : failure(outcome)
    } catch (error) {
      const { reason, detail } = problemOf(error)
      return failure(reason, detail)
    }
  }

  const make = async (handle: Handle, command: string) => {
    const { journal, note } = await recorder
    const place = placeOf(journal.events, handle)
    const about = { storageKey: place?.storageKey ?? null }
    const [requested, ...outcome] = onRecord(journal.events, command)
    if (outcome.length > 0 || (requested && place && wasDispatched(journal.events, requested, place))) return
    if (!requested) void note('panel', { type: 'synthetic-event-requested', handle, command }, about)
    // A background that was stopped has begun with it, and it is not known how far it came.
    const failed = requested ? failure('interrupted') : await attempt(journal, place, command)
    if (failed) await note('panel', { type: 'synthetic-event-failed', handle, command, ...failed }, about)
  }

  return {
    recorded: waiting.changed,
    dispatchSynthetic(handle, command) {
      const one = requests.get(command) ?? make(handle, command)
      requests.set(command, one)
      return one
    },
  }
}
