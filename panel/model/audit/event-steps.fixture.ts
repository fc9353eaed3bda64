import type { Body, BodyOf } from '../../../protocol/events'

const run = { worker: 'w', event: 1 }
const thrown = { message: 'Error: on purpose', stack: '' }

/** Steps of a traced event. */
export const step = {
  waitUntil: (given: BodyOf<'wait-until'>['given'] = 'promise', n = 1): Body => ({
    type: 'wait-until',
    ...run,
    n,
    given,
    location: null,
  }),
  rejected: (n = 1): Body => ({ type: 'promise-settled', ...run, n, error: thrown }),
  fulfilled: (n = 1): Body => ({ type: 'promise-settled', ...run, n, error: null }),
  refused: (): Body => ({
    type: 'wait-until-refused',
    ...run,
    error: { message: 'InvalidStateError: the event is over', stack: '' },
    location: null,
  }),
  logged: (text = 'finalize failed'): Body => ({
    type: 'console',
    ...run,
    level: 'error',
    text,
    location: null,
  }),
  /** So many messages were written to the console, or more. */
  counted: (count: number, atLeast: boolean, event: number | null = 1): Body => ({
    type: 'console-counted',
    ...run,
    event,
    count,
    atLeast,
  }),
  uncaught: (message = 'TypeError: no'): Body => ({
    type: 'exception',
    ...run,
    byHandler: false,
    error: { message, stack: '' },
    location: null,
  }),
  threw: (): Body => ({ type: 'exception', ...run, byHandler: true, error: thrown, location: null }),
}
