import type { BodyOf } from '../../protocol/events'
import type { WorkerBody } from '../../protocol/worker-events'
import { type Description, error, info, warning } from './description'
import { duration, oneLine } from './format'
import type { Row } from './view'

const file = (url: string) => oneLine(url.split('/').pop() || url, 80)

const after = (row: Row, what: string) => (row.after === null ? '' : `, ${duration(row.after)} after ${what}`)

const failures: Record<BodyOf<'tracer'>['reason'], string> = {
  '': '',
  cancelled: 'Cancelled from the browser’s bar',
  policy: 'A policy of this browser forbids extensions to use the debugger',
  taken: 'Another client of the debugger took the tab',
  'forbidden-page': 'The browser lets no debugger into this page',
  'too-old': 'This Chrome is too old: 125 or newer is needed',
  closed: 'The page that was traced is gone',
  other: 'The debugger refused',
}

/** What became of the tracer, in one line. */
export function tracerText({ state, reason, detail }: Omit<BodyOf<'tracer'>, 'type'>): string {
  if (state === 'on') return 'The service workers of this page are traced from here on'
  if (state === 'off') return 'What happens in the worker is not observed from here on'
  return `${failures[reason]}${reason === 'other' || reason === 'taken' ? ` (${oneLine(detail)})` : ''}: the page’s side goes on`
}

function dispatched(row: Row, body: BodyOf<'dispatched'>): Description {
  const { fetch, at } = row
  const name = `${body.name} dispatched`
  const start = fetch?.abort ? fetch.abort.at : fetch?.settledAt
  const since =
    start === null || start === undefined || start > at
      ? ''
      : `${duration(at - start)} after ${fetch?.abort ? 'Abort was pressed' : 'it settled'}; `
  if (body.handlers === 0) return warning(name, `${since}the worker ran, nothing listened`)
  const handlers =
    body.handlers === null
      ? 'its handlers can’t be told: the script ran before the tracer (stop the worker once to see them)'
      : body.handlers === 1
        ? 'one handler'
        : `${body.handlers} handlers`
  return info(name, `${since}${handlers}${body.isTrusted ? '' : '; not trusted: the script made it'}`)
}

function waitUntil(body: BodyOf<'wait-until'>): Description {
  const name = `waitUntil() #${body.n}`
  switch (body.given) {
    case 'promise':
      return info(name, 'The event waits for a promise')
    case 'thenable':
      return info(name, 'The event waits for an object with then(), whose end can’t be followed')
    case 'function':
      return error(name, 'A function was passed, not a promise: nobody calls it, and the event does not wait')
    case 'value':
      return warning(name, 'What was passed is not a promise: the event does not wait')
  }
}

function done(row: Row, body: BodyOf<'event-done'>): Description {
  const { traced } = row
  const name = `${traced?.dispatched.name ?? 'event'} done`
  const time = row.after === null ? '' : `after ${duration(row.after)}`
  if (body.rejected > 0) {
    return error(name, `${time}; ${body.rejected} of ${body.promises} promises rejected`)
  }
  const followed = traced?.waited.filter(({ given }) => given === 'promise' || given === 'thenable')
  if (body.promises > 0 && followed?.length === 0) {
    return warning(name, `${time}; nothing that was passed to waitUntil() could be waited for`)
  }
  if (body.promises > 0)
    return info(
      name,
      `${time}; ${body.promises === 1 ? 'its promise' : `all ${body.promises} promises`} fulfilled`,
    )
  if (traced?.dispatched.handlers === 0) return info(name, time)
  if (traced?.dispatched.asynchronous) {
    return warning(
      name,
      `${time}; an async handler never called waitUntil(): the browser may stop the worker in the middle of its work`,
    )
  }
  return info(name, `${time}; waitUntil() was not called`)
}

/** What a row of the worker's side says. */
export function describeWorker(row: Row, body: WorkerBody): Description {
  switch (body.type) {
    case 'tracer': {
      const text = tracerText(body)
      if (body.state === 'failed') return warning('tracing stopped', text)
      return info(body.state === 'on' ? 'tracing' : 'tracing off', text)
    }
    case 'worker-seen': {
      const where = `${file(body.url)}, scope ${oneLine(body.scope)}, ${body.state}`
      if (body.how === 'running') return info('worker running', `It ran already: ${where}`)
      const why = row.note ? `; its first event: ${row.note}` : ''
      return info('worker started', `Cold: ${where}${why}`)
    }
    case 'worker-state':
      return body.state === 'redundant'
        ? warning('worker redundant', `Replaced by a new version, or unregistered: ${oneLine(row.note)}`)
        : info(`worker ${body.state}`, oneLine(row.note))
    case 'worker-stopped': {
      const note = row.note ? `; ${row.note}` : ''
      const text = { asked: 'Stopped from this panel', stopped: 'It stopped', gone: 'It is gone' }[body.how]
      return note ? warning('worker stopped', text + note) : info('worker stopped', text)
    }
    case 'worker-untraced':
      return warning('worker not traced', `${file(body.url)}: ${oneLine(body.detail)}`)
    case 'dispatched':
      return dispatched(row, body)
    case 'handler-returned':
      return row.traced?.threw
        ? error('handler threw', `It did not come to its end${after(row, 'the event')}`)
        : info('handler returned', row.after === null ? '' : `after ${duration(row.after)}`)
    case 'wait-until':
      return waitUntil(body)
    case 'wait-until-refused':
      return error(
        'waitUntil() refused',
        `Called too late, the event was over: ${oneLine(body.error.message)}`,
      )
    case 'promise-settled':
      return body.error
        ? error(`promise #${body.n} rejected`, `${oneLine(body.error.message)}${after(row, 'waitUntil()')}`)
        : info(`promise #${body.n} fulfilled`, row.after === null ? '' : `after ${duration(row.after)}`)
    case 'update-ui':
      return info('updateUI()', body.title ? `title “${oneLine(body.title)}”` : 'without a title')
    case 'update-ui-settled':
      return body.error
        ? error('updateUI() rejected', oneLine(body.error.message))
        : info('updateUI() fulfilled', '')
    case 'event-done':
      return done(row, body)
    case 'still-running':
      return warning('still running', `The event is not over after ${duration(body.after)}`)
    case 'console': {
      const level = body.level === 'warning' ? warning : body.level === 'error' ? error : info
      return level(`console.${body.level === 'warning' ? 'warn' : body.level}`, oneLine(body.text, 500))
    }
    case 'exception':
      return error(body.byHandler ? 'handler threw' : 'uncaught', oneLine(body.error.message, 500))
  }
}
