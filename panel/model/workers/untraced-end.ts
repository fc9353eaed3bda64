import { originOf } from '../../../protocol/origin'
import { t } from '../../i18n/i18n'
import { endEvent } from '../session/fetch-phase'
import type { Fetch, Worker } from '../session/view'
import { unseenText } from './unseen-text'

/** A fetch whose event in the worker was not traced. */
interface UntracedEnd {
  /** The run that may have got it. */
  readonly worker: string | undefined
  /** Why it was not, in words. */
  readonly note: string
}

/**
 * Why the event for the end of a settled fetch was not traced; null where it was, or may never have been fired.
 *
 * @param isOriginSeen whether a worker of its origin was ever seen
 */
export function untracedEnd(
  fetch: Fetch,
  workers: Iterable<Worker>,
  isOriginSeen: boolean,
): UntracedEnd | null {
  const { settledAt, unregisteredAt, attributes, events, scope, storageKey } = fetch
  if (settledAt === null || unregisteredAt !== null) return null
  const name = endEvent(attributes)
  if (events.some(({ dispatched }) => dispatched.name === name)) return null
  const running = [...workers].find(
    (one) =>
      one.scope === scope &&
      originOf(one.url) === storageKey &&
      one.stoppedAt === null &&
      one.seenAt < settledAt,
  )
  const note = running ? unseenText(running, name) : t(isOriginSeen ? 'note_too_late' : 'note_foreign')
  return { worker: running?.worker, note }
}
