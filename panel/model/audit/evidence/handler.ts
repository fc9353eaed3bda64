import { counted, t } from '../../../i18n/i18n'
import { count, duration, oneLine } from '../../format'
import { endEventOf } from '../../session/ends/end-event'
import type { Fetch, TracedEvent } from '../../session/view'
import { pausedSinceEnd } from '../../workers/pauses'
import { type Finding, findingOf } from '../finding'

/** The browser ends an event that takes longer than this, in milliseconds (306 to 308 s were measured). */
const BROWSER_LIMIT = 295_000

/** When the event for its end was over, seen by the page or in the worker; null where it was not observed. */
export const endedAt = (fetch: Fetch): number | null =>
  (fetch.isReleasedEarly ? null : fetch.overAt) ?? endEventOf(fetch)?.doneAt ?? null

function ofPromises(traced: TracedEvent, somethingLeft: boolean): Finding[] {
  const found: Finding[] = []
  for (const { given, error, n } of traced.waited) {
    if (error) found.push(findingOf('handler-rejected', { item: t('found_rejected', n, error.message) }))
    // A value alone may be a handler that had nothing to wait for.
    if (given === 'function' || (given === 'value' && somethingLeft)) {
      found.push(findingOf('not-a-promise', { item: t('found_given', n, given) }))
    }
  }
  const { rejected } = traced.counted
  if (rejected > 0) {
    const item = t(counted(rejected, 'found_rejected_more'), count(rejected))
    found.push(findingOf('handler-rejected', { item }))
  }
  return found
}

/** The event went on for as long as the browser allows, or still goes on. */
export function endFindings(fetch: Fetch, final: boolean): Finding[] {
  const { settledAt, overAt } = fetch
  if (settledAt === null) return []
  const traced = endEventOf(fetch)
  const open = traced?.doneAt === null ? traced.waited.filter((one) => one.settledAt === null) : []
  const [promise] = open.filter(({ given }) => given === 'promise' || given === 'thenable')
  const end = endedAt(fetch)
  const paused = overAt === null ? null : pausedSinceEnd(fetch, overAt)
  if (overAt !== null && paused && !paused.more && overAt - settledAt - paused.ms >= BROWSER_LIMIT) {
    const took = duration(overAt - settledAt)
    const item = promise ? t('found_timeout_promise', took, promise.n) : t('found_timeout', took)
    return [findingOf('event-timeout', { item })]
  }
  if (final && end === null && fetch.state === 'settled') {
    const item = promise ? t('found_promise_open', promise.n) : ''
    return [findingOf('never-over', { item })]
  }
  return []
}

/** What was logged as an error in the worker, or thrown where nobody caught it, while the event was the only one that was open. */
export function loggedFindings(fetch: Fetch): Finding[] {
  const traced = endEventOf(fetch)
  // A rejection that the event waited for is a finding of its own.
  const rejected = traced?.waited.map(({ error }) => error?.message)
  const errors = traced?.errors.filter(({ message }) => !rejected?.includes(message)) ?? []
  const [first] = errors
  if (!first) return []
  const thrown = errors.filter(({ event }) => event.body.type === 'exception').length
  const logged = errors.length - thrown
  const message = oneLine(first.message, 200)
  if (thrown > 0 && logged > 0) {
    const text = t(counted(logged, 'found_logged_part'), count(logged))
    return [findingOf('error-logged', { item: t('found_logged_uncaught', text, count(thrown), message) })]
  }
  const key = counted(errors.length, thrown > 0 ? 'found_uncaught' : 'found_logged')
  const item = t(key, count(errors.length), message)
  return [findingOf('error-logged', { item })]
}

/**
 * What the handler itself did wrong, as far as it was traced.
 *
 * @param somethingLeft something in storage that it could have deleted names the fetch
 * @param hasWork something shows that there was work for it to wait for: it is left, or changed after the handler had returned
 */
export function handlerFindings(fetch: Fetch, somethingLeft: boolean, hasWork: boolean): Finding[] {
  const traced = endEventOf(fetch)
  if (!traced) return []
  const found: Finding[] = []
  if (traced.threw) found.push(findingOf('handler-threw', { item: oneLine(traced.thrown, 200) }))
  found.push(...ofPromises(traced, somethingLeft))
  if (traced.refused > 0) found.push(findingOf('wait-until-late'))
  // It may have returned at once, as one does that is not concerned.
  else if (
    hasWork &&
    traced.dispatched.asynchronous &&
    traced.promises === 0 &&
    traced.doneAt !== null &&
    !traced.isPartial
  ) {
    found.push(findingOf('wait-until-missing'))
  }
  if (traced.dispatched.handlers === 0 && somethingLeft) found.push(findingOf('no-handler'))
  return found
}
