import type { SessionEvent } from '../../protocol/events'

/** The events that a command led to, for a command that the panel gave before, to a background that was stopped. */
export const onRecord = (events: readonly SessionEvent[], command: string): readonly SessionEvent[] =>
  events.filter(({ body }) => 'command' in body && body.command === command)

/** Whether that run of a worker has ended. */
export const hasStopped = (events: readonly SessionEvent[], worker: string): boolean =>
  events.some(
    ({ body }) =>
      body.type === 'worker-stopped' && body.worker === worker && /^(asked|stopped)$/.test(body.how),
  )

/** A fetch is aborted: from the panel, or as a page saw it. */
export const isAbort = (body: SessionEvent['body']): boolean =>
  body.type === 'abort-requested' ||
  body.type === 'planned-abort-fired' ||
  (body.type === 'settled' && body.attributes.failureReason === 'aborted')
