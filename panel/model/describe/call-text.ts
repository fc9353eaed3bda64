import type { BodyOf } from '../../../protocol/events'
import { type OtherCallers, otherCallers } from '../../../protocol/other-callers'
import { t } from '../../i18n/i18n'
import { oneLine } from '../format'
import type { TracedCall } from '../session/traced-call'
import type { Row } from '../session/view'
import { shownId } from '../shown-id'
import { type Description, info } from './description'
import { placeText } from './place-text'

/** So many callers are named in a row; the details name all. */
const CALLERS = 2

/** The functions that led to a call, the innermost first: `onClick ← app.js:12`. */
function stackText({ location, callers }: TracedCall): string | null {
  if (!location) return null
  const name = location.name ? oneLine(location.name, 60) : t('details_anonymous')
  const others = callers
    .slice(0, CALLERS)
    .map((place) => [place.name && oneLine(place.name, 60), placeText(place)].filter(Boolean).join(' '))
  return [name, ...others].join(' ← ')
}

const workerText = (call: BodyOf<'worker-call'>): string => {
  const stack = stackText(call)
  return stack === null ? t('row_called_worker_unknown') : t('row_called_worker', stack)
}

/** Who aborted or started a fetch, and who else may have. */
export function orOthers(who: string, others: OtherCallers | null): string {
  const orOtherTab = others?.orOtherTab ? t('or_other_tab', who) : who
  return others?.orWorker ? t('or_worker', orOtherTab) : orOtherTab
}

/** What called `abort()`. */
export function abortCallText(call: TracedCall): string {
  if (call.type === 'worker-call') return workerText(call)
  if (call.extension) return t('row_called_extension')
  const stack = stackText(call)
  return stack === null ? t('details_no_stack') : t('row_called_page', stack)
}

/** A call of `abort()`, and whether it could do something. */
export const abortCall = (call: TracedCall): Description =>
  info(
    t('row_abort_called'),
    [abortCallText(call), call.ended && t('row_abort_ended')].filter(Boolean).join('; '),
  )

/** What a worker called: a call of `fetch()` has a row of its own, as nobody reports what became of it. */
export function workerCall(call: BodyOf<'worker-call'>): Description {
  return call.method === 'abort'
    ? abortCall(call)
    : info(
        t('row_fetch_called'),
        t('row_fetch_called_worker', oneLine(shownId(call.id), 60), workerText(call)),
      )
}

/** What called `fetch()`; '' where that is not known. */
export function initiatorText({ fetch }: Row): string {
  const call = fetch?.initiator
  const stack = call ? stackText(call) : null
  if (!call || stack === null) return ''
  return orOthers(t('row_called_from', stack), otherCallers([call]))
}

/** Why no fetch was seen for a call, as far as it is known. */
export function notSeenText({ note }: Row, { id, error }: BodyOf<'fetch-not-seen'>): string {
  const name = oneLine(shownId(id), 60)
  const what = error ? t('not_seen_error', name, oneLine(error, 500)) : t('not_seen_text', name)
  // An exception's text is a sentence.
  return note ? `${what.replace(/\.$/, '')}; ${note}` : what
}
