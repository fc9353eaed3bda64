import type { BodyOf } from '../../protocol/events'
import type { WorkerBody, WorkerProblem } from '../../protocol/worker-events'
import { counted, type Key, say } from '../words/words'
import { type Description, error, info, warning } from './description'
import { requestsOf } from './event-requests'
import { count, duration, oneLine } from './format'
import type { Row } from './view'
import { wasTooLate } from './waited'
import { workerScriptsText } from './worker-scripts-text'

const file = (url: string) => oneLine(url.split('/').pop() || url, 80)

/** How long it took, where that is known, counted from what led to it. */
const since = ({ after }: Row, from: Key) => (after === null ? '' : say(from, duration(after)))

const joined = (mark: string, ...parts: readonly string[]) => parts.filter(Boolean).join(mark)

const failures: Record<BodyOf<'tracer'>['reason'], string> = {
  '': '',
  cancelled: say('tracer_cancelled'),
  policy: say('tracer_policy'),
  taken: say('tracer_taken'),
  'forbidden-page': say('tracer_forbidden_page'),
  'too-old': say('tracer_too_old'),
  closed: say('tracer_closed'),
  interrupted: say('tracer_interrupted'),
  other: say('tracer_other'),
}

/** Why the tracer can't do something with a worker, in words. */
export function workerProblemText({ reason, detail }: WorkerProblem): string {
  switch (reason) {
    case 'tracer-off':
      return say('problem_tracer_off')
    case 'not-traced':
      return say('problem_not_traced')
    case 'probe-failed':
      return say('problem_probe_failed')
    case 'replaced':
      return say('problem_replaced')
    case 'error':
      return oneLine(detail)
  }
}

/** What became of the tracer, in one line. */
export function tracerText({ state, reason, detail }: Omit<BodyOf<'tracer'>, 'type'>): string {
  if (state === 'on') return say('tracer_on')
  if (state === 'off') return say('tracer_off')
  const why = reason === 'other' || reason === 'taken' ? ` (${oneLine(detail)})` : ''
  return say('tracer_failed', failures[reason] + why)
}

function handlersText({ handlers, isTrusted }: BodyOf<'dispatched'>): string {
  const text =
    handlers === null ? say('dispatched_unknown') : say(counted(handlers, 'dispatched_handlers'), handlers)
  return isTrusted ? text : say('dispatched_untrusted', text)
}

function dispatched(row: Row, body: BodyOf<'dispatched'>): Description {
  const name = say('row_dispatched', body.name)
  const time = since(row, row.note === 'after_abort' ? 'after_abort' : 'after_settled')
  if (body.handlers === 0) return warning(name, joined('; ', time, say('dispatched_unheard')))
  return info(name, joined('; ', time, handlersText(body)))
}

function requestsRead({ fetch }: Row, body: BodyOf<'event-requests'>): Description {
  const name = say('row_requests_read')
  const records = fetch ? requestsOf(fetch, body).records : []
  const asking = records.find(({ needsPreflight }) => needsPreflight)
  const one = asking ?? records[0]
  if (!one) return info(name, '')
  const what = joined(': ', `${one.method} ${oneLine(one.url, 300)}`, asking ? say('needs_preflight') : '')
  const more = body.total - 1
  const text = more > 0 ? say('requests_and_more', what, count(more)) : what
  return (asking ? error : info)(name, text)
}

/** Of several listeners, one may keep the next ones from being called. */
function returned(row: Row, { ran }: BodyOf<'handler-returned'>): Description {
  const handlers = row.traced?.dispatched.handlers ?? 0
  const part = ran !== null && ran < handlers ? say('returned_part', count(ran), count(handlers)) : ''
  if (row.traced?.threw) {
    return error(
      say('row_threw'),
      joined('; ', joined(', ', say('row_threw_text'), since(row, 'after_event')), part),
    )
  }
  return (part ? warning : info)(say('row_returned'), joined('; ', since(row, 'after'), part))
}

function waitUntil(body: BodyOf<'wait-until'>): Description {
  const name = `waitUntil() #${body.n}`
  switch (body.given) {
    case 'promise':
      return info(name, say('wait_promise'))
    case 'thenable':
      return info(name, say('wait_thenable'))
    case 'function':
      return error(name, say('wait_function'))
    case 'value':
      return warning(name, say('wait_value'))
  }
}

const refusals = {
  'event-over': 'row_wait_refused_text',
  'no-argument': 'row_wait_no_argument',
  other: 'row_wait_threw',
} as const

function refusalText(body: BodyOf<'wait-until-refused'>): string {
  const reason = body.reason ?? (wasTooLate(body) ? 'event-over' : 'other')
  return say(refusals[reason], oneLine(body.error.message))
}

function callsCounted(body: BodyOf<'calls-counted'>): Description {
  const part = (n: number, key: Parameters<typeof counted>[1]) =>
    n > 0 ? say(counted(n, key), count(n)) : ''
  const text = joined(
    '; ',
    part(body.called, 'calls_called'),
    part(body.fulfilled, 'calls_fulfilled'),
    part(body.rejected, 'calls_rejected'),
    part(body.refused, 'calls_refused'),
    part(body.updates, 'calls_updates'),
  )
  return (body.rejected + body.refused > 0 ? error : info)(say('row_calls_counted'), text)
}

function done(row: Row, body: BodyOf<'event-done'>): Description {
  const { traced } = row
  const { promises, rejected } = body
  const name = say('row_done', traced?.dispatched.name ?? say('event_unknown'))
  const text = (what: string) => joined('; ', since(row, 'after'), what)
  if (rejected > 0) return error(name, text(say('done_rejected', rejected, promises)))
  const followed = traced?.waited.filter(({ given }) => given === 'promise' || given === 'thenable')
  if (promises > 0 && followed?.length === 0 && traced?.counted.awaited === 0)
    return warning(name, text(say('done_not_waited')))
  if (promises > 0) {
    return info(name, text(say(counted(promises, 'done_fulfilled'), promises)))
  }
  if (traced?.dispatched.handlers === 0) return info(name, since(row, 'after'))
  if (traced?.dispatched.asynchronous) return warning(name, text(say('done_asynchronous')))
  return info(name, text(say('done_no_wait')))
}

const stopped: Record<BodyOf<'worker-stopped'>['how'], string> = {
  asked: say('row_worker_stopped_asked'),
  stopped: say('row_worker_stopped_itself'),
  gone: say('row_worker_stopped_gone'),
  untraced: say('row_worker_stopped_untraced'),
}

/** What a row of the worker's side says. */
export function describeWorker(row: Row, body: WorkerBody): Description {
  switch (body.type) {
    case 'tracer': {
      const text = tracerText(body)
      if (body.reason === 'interrupted') return warning(say('row_tracing_interrupted'), text)
      if (body.state === 'failed') return warning(say('row_tracing_stopped'), text)
      return info(say(body.state === 'on' ? 'row_tracing' : 'row_tracing_off'), text)
    }
    case 'worker-seen': {
      const where = say('worker_where', file(body.url), oneLine(body.scope), body.state)
      if (body.how === 'running')
        return info(say('row_worker_running'), say('row_worker_running_text', where))
      const text = row.note
        ? say('row_worker_started_for', where, row.note)
        : say('row_worker_started_text', where)
      return info(say('row_worker_started'), text)
    }
    case 'worker-state':
      return body.state === 'redundant'
        ? warning(say('row_worker_redundant'), say('row_worker_redundant_text', oneLine(row.note)))
        : info(say('row_worker_state', body.state), oneLine(row.note))
    case 'worker-stopped': {
      const text = joined('; ', stopped[body.how], row.note)
      if (body.how === 'gone' || body.how === 'untraced') return info(say('row_worker_left'), text)
      return (row.note ? warning : info)(say('row_worker_stopped'), text)
    }
    case 'page-error':
      return error(
        say(body.rejection ? 'row_page_rejection' : 'row_page_error'),
        joined(', ', oneLine(body.error.message, 500), since(row, 'after_abort')),
      )
    case 'worker-untraced':
      return warning(say('row_worker_untraced'), `${file(body.url)}: ${workerProblemText(body)}`)
    case 'worker-scripts':
      return warning(say('row_scripts'), workerScriptsText(body))
    case 'dispatched':
      return dispatched(row, body)
    case 'event-requests':
      return requestsRead(row, body)
    case 'handler-returned':
      return returned(row, body)
    case 'wait-until':
      return waitUntil(body)
    case 'wait-until-refused':
      return error(say('row_wait_refused'), refusalText(body))
    case 'calls-counted':
      return callsCounted(body)
    case 'promise-settled':
      return body.error
        ? error(
            say('row_promise_rejected', body.n),
            joined(', ', oneLine(body.error.message), since(row, 'after_wait_until')),
          )
        : info(say('row_promise_fulfilled', body.n), since(row, 'after'))
    case 'update-ui':
      return info(
        'updateUI()',
        body.title ? say('row_update_title', oneLine(body.title)) : say('row_update_no_title'),
      )
    case 'update-ui-settled':
      return body.error
        ? error(say('row_update_rejected'), oneLine(body.error.message))
        : info(say('row_update_fulfilled'), '')
    case 'event-done':
      return done(row, body)
    case 'still-running':
      return warning(say('row_still_running'), say('row_still_running_text', duration(body.after)))
    case 'console': {
      const level = body.level === 'warning' ? warning : body.level === 'error' ? error : info
      const text = oneLine(body.text, 500)
      return level(
        `console.${body.level === 'warning' ? 'warn' : body.level}`,
        row.count > 1 ? say('row_console_times', text, count(row.count)) : text,
      )
    }
    case 'console-counted':
      return info(
        say('row_console_counted'),
        say(counted(body.count, 'row_console_counted'), count(body.count)),
      )
    case 'exception':
      return error(say(body.byHandler ? 'row_threw' : 'row_uncaught'), oneLine(body.error.message, 500))
  }
}
