import type { BodyOf } from '../../../protocol/events'
import type { CallOptions } from '../../../protocol/page-script-events'
import type { WorkerBody, WorkerProblem } from '../../../protocol/worker-events'
import { counted, type Key, t } from '../../i18n/i18n'
import { count, duration, oneLine } from '../format'
import type { Row } from '../session/view'
import { wasTooLate } from '../workers/waited'
import { abortCall, notSeenText, workerCall } from './call-text'
import { consoleText } from './console-text'
import { type Description, error, info, warning } from './description'
import { describePause } from './pause-text'
import { requestsRead, workerRequest, workerRequestsCounted } from './request-text'
import { workerScriptsText } from './worker-scripts-text'

const file = (url: string) => oneLine(url.split('/').pop() || url, 80)

/** How long it took, where that is known, counted from what led to it. */
const since = ({ after }: Row, from: Key) => (after === null ? '' : t(from, duration(after)))

/** How long after the abort in this panel it was, or else after the end of the fetch: the note says which (`abort-context.ts`). */
const sinceAbortOrEnd = (row: Row) => since(row, row.note === 'after_abort' ? 'after_abort' : 'after_settled')

const joined = (mark: string, ...parts: readonly string[]) => parts.filter(Boolean).join(mark)

const failures: Record<BodyOf<'tracer'>['reason'], string> = {
  '': '',
  cancelled: t('tracer_cancelled'),
  policy: t('tracer_policy'),
  taken: t('tracer_taken'),
  'forbidden-page': t('tracer_forbidden_page'),
  'too-old': t('tracer_too_old'),
  closed: t('tracer_closed'),
  interrupted: t('tracer_interrupted'),
  other: t('tracer_other'),
}

const problems: Readonly<Record<Exclude<WorkerProblem['reason'], 'error' | 'unreadable'>, string>> = {
  'tracer-off': t('problem_tracer_off'),
  'not-traced': t('problem_not_traced'),
  'probe-failed': t('problem_probe_failed'),
  replaced: t('problem_replaced'),
}

/** Why the tracer can't do something with a worker, in words. */
export function workerProblemText({ reason, detail }: WorkerProblem): string {
  if (reason === 'error') return oneLine(detail)
  return reason === 'unreadable' ? t('problem_unreadable', oneLine(detail)) : problems[reason]
}

/** What became of the tracer, in one line. */
export function tracerText({ state, reason, detail }: Omit<BodyOf<'tracer'>, 'type'>): string {
  if (state === 'on') return t('tracer_on')
  if (state === 'off') return t('tracer_off')
  const why = reason === 'other' || reason === 'taken' ? ` (${oneLine(detail)})` : ''
  // Of a page that is gone, or that extensions can't access, nothing else is recorded either.
  if (reason === 'closed' || reason === 'forbidden-page') return failures[reason]
  return t('tracer_failed', failures[reason] + why)
}

function handlersText({ handlers, isTrusted, synthetic }: BodyOf<'dispatched'>): string {
  const text =
    handlers === null ? t('dispatched_unknown') : t(counted(handlers, 'dispatched_handlers'), handlers)
  if (isTrusted) return text
  return t(synthetic ? 'dispatched_synthetic' : 'dispatched_untrusted', text)
}

function consoleCounted({ count: number, atLeast }: BodyOf<'console-counted'>): Description {
  const key = atLeast ? 'row_console_at_least' : 'row_console_counted'
  const text = number === 0 ? t('row_console_missed') : t(counted(number, key), count(number))
  return info(t('row_console_counted'), text)
}

function dispatched(row: Row, body: BodyOf<'dispatched'>): Description {
  const name = t('row_dispatched', body.name)
  const time = sinceAbortOrEnd(row)
  if (body.handlers === 0) return warning(name, joined('; ', time, t('dispatched_unheard')))
  return info(name, joined('; ', time, handlersText(body)))
}

/** Of several listeners, one may keep the next ones from being called. */
function returned(row: Row, { ran }: BodyOf<'handler-returned'>): Description {
  const handlers = row.traced?.dispatched.handlers ?? 0
  const part = ran !== null && ran < handlers ? t('returned_part', count(ran), count(handlers)) : ''
  if (row.traced?.threw) {
    return error(
      t('row_threw'),
      joined('; ', joined(', ', t('row_threw_text'), since(row, 'after_event')), part),
    )
  }
  return (part ? warning : info)(
    t('row_returned'),
    joined('; ', joined(', ', since(row, 'after'), row.note), part),
  )
}

function waitUntil(body: BodyOf<'wait-until'>): Description {
  const name = `waitUntil() #${body.n}`
  switch (body.given) {
    case 'promise':
      return info(name, t('wait_promise'))
    case 'thenable':
      return info(name, t('wait_thenable'))
    case 'function':
      return error(name, t('wait_function'))
    case 'value':
      return warning(name, t('wait_value'))
  }
}

const refusals = {
  'event-over': 'row_wait_not_seen_text',
  'no-argument': 'row_wait_no_argument',
  other: 'row_wait_threw',
} as const

function refusalText(body: BodyOf<'wait-until-refused'>): string {
  const reason = body.reason ?? (wasTooLate(body) ? 'event-over' : 'other')
  return t(refusals[reason], oneLine(body.error.message))
}

function callsCounted(body: BodyOf<'calls-counted'>): Description {
  const part = (n: number, key: Parameters<typeof counted>[1]) => (n > 0 ? t(counted(n, key), count(n)) : '')
  const text = joined(
    '; ',
    part(body.called, 'calls_called'),
    part(body.fulfilled, 'calls_fulfilled'),
    part(body.rejected, 'calls_rejected'),
    part(body.refused, 'calls_refused'),
    part(body.updates, 'calls_updates'),
  )
  return (body.rejected + body.refused > 0 ? error : info)(t('row_calls_counted'), text)
}

function done(row: Row, body: BodyOf<'event-done'>): Description {
  const { traced } = row
  const { promises, rejected } = body
  const name = t('row_done', traced?.dispatched.name ?? t('event_unknown'))
  const text = (what: string) => joined('; ', joined(', ', since(row, 'after'), row.note), what)
  if (rejected > 0) return error(name, text(t('done_rejected', rejected, promises)))
  const isKnown = traced?.isPartial === false
  const followed = traced?.waited.filter(({ given }) => given === 'promise' || given === 'thenable')
  if (isKnown && promises > 0 && followed?.length === 0 && traced.counted.awaited === 0)
    return warning(name, text(t('done_not_waited')))
  if (promises > 0) {
    return info(name, text(t(counted(promises, 'done_fulfilled'), promises)))
  }
  if (traced?.dispatched.handlers === 0) return info(name, since(row, 'after'))
  if (traced?.dispatched.asynchronous) return warning(name, text(t('done_asynchronous')))
  return info(name, text(t('done_no_wait')))
}

const stopped: Record<BodyOf<'worker-stopped'>['how'], string> = {
  asked: t('row_worker_stopped_asked'),
  stopped: t('row_worker_stopped_itself'),
  gone: t('row_worker_stopped_gone'),
  untraced: t('row_worker_stopped_untraced'),
}

/** What a row of the worker's side says. */
export function describeWorker(row: Row, body: Exclude<WorkerBody, CallOptions>): Description {
  switch (body.type) {
    case 'tracer': {
      const text = tracerText(body)
      if (body.reason === 'interrupted') return warning(t('row_tracing_interrupted'), text)
      if (body.state === 'failed') return warning(t('row_tracing_stopped'), text)
      return info(t(body.state === 'on' ? 'row_tracing' : 'row_tracing_off'), text)
    }
    case 'worker-seen': {
      const where = t('worker_where', file(body.url), oneLine(body.scope), body.state)
      if (body.how === 'running') return info(t('row_worker_running'), t('row_worker_running_text', where))
      const text = row.note
        ? t('row_worker_started_for', where, row.note)
        : t('row_worker_started_text', where)
      return info(t('row_worker_started'), text)
    }
    case 'worker-state':
      return body.state === 'redundant'
        ? warning(t('row_worker_redundant'), t('row_worker_redundant_text', oneLine(row.note)))
        : info(t('row_worker_state', body.state), oneLine(row.note))
    case 'worker-stopped': {
      const text = joined('; ', stopped[body.how], row.note)
      if (body.how === 'gone' || body.how === 'untraced') return info(t('row_worker_left'), text)
      return (row.note ? warning : info)(t('row_worker_stopped'), text)
    }
    case 'page-error':
      return error(
        t(body.rejection ? 'row_page_rejection' : 'row_page_error'),
        joined(', ', oneLine(body.error.message, 500), sinceAbortOrEnd(row)),
      )
    case 'page-call':
      return abortCall(body)
    case 'worker-call':
      return workerCall(body)
    case 'fetch-not-seen':
      return warning(t(body.error ? 'row_fetch_rejected' : 'row_fetch_not_seen'), notSeenText(row, body))
    case 'worker-untraced':
      return warning(t('row_worker_untraced'), `${file(body.url)}: ${workerProblemText(body)}`)
    case 'worker-scripts':
      return warning(t('row_scripts'), workerScriptsText(body))
    case 'handler-breakpoints':
    case 'worker-paused':
    case 'worker-resumed':
    case 'worker-not-paused':
      return describePause(body)
    case 'dispatched':
      return dispatched(row, body)
    case 'event-requests':
      return requestsRead(row, body)
    case 'handler-returned':
      return returned(row, body)
    case 'wait-until':
      return waitUntil(body)
    case 'wait-until-refused':
      return error(t('row_wait_refused'), refusalText(body))
    case 'calls-counted':
      return callsCounted(body)
    case 'promise-settled':
      return body.error
        ? error(
            t('row_promise_rejected', body.n),
            joined(', ', oneLine(body.error.message), since(row, 'after_wait_until')),
          )
        : info(t('row_promise_fulfilled', body.n), since(row, 'after'))
    case 'update-ui':
      return info(
        'updateUI()',
        body.title ? t('row_update_title', oneLine(body.title)) : t('row_update_no_title'),
      )
    case 'update-ui-settled':
      return body.error
        ? error(t('row_update_rejected'), oneLine(body.error.message))
        : info(t('row_update_fulfilled'), '')
    case 'event-done':
      return done(row, body)
    case 'worker-request':
      return workerRequest(row, body)
    case 'worker-requests-counted':
      return workerRequestsCounted(body)
    case 'still-running':
      return warning(t('row_still_running'), t('row_still_running_text', duration(body.after)))
    case 'console':
    case 'exception':
    case 'rejection-handled':
      return consoleText(row, body)
    case 'console-counted':
      return consoleCounted(body)
  }
}
