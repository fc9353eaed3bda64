import { SYNTHETIC_EVENT } from '../../../protocol/event-names'
import type { BodyOf } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import { oneLine } from '../format'
import type { Row, TracedEvent } from '../session/view'
import { workerProblemText } from './describe-worker'
import { type Description, info, warning } from './description'

/**
 * What Chromium rejects `openWindow()`, `focus()` and `navigate()` with where no click came before.
 * https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/modules/service_worker/service_worker_clients.cc
 */
const NOT_ALLOWED = /\bInvalidAccessError: Not allowed to (open|focus) a window/

/** All that was rejected in an event was so because nobody has clicked. */
const wantsClickOnly = ({ waited, counted }: TracedEvent): boolean =>
  counted.rejected === 0 && waited.every(({ error }) => !error || NOT_ALLOWED.test(error.message))

/** What is said of an event that this panel has made, and of all that comes of it: that it is synthetic. */
export function withSynthetic({ traced, event, isEarly }: Row, said: Description): Description {
  if (!traced?.dispatched.synthetic || isEarly) return said
  const { level, text } = said
  const name = t('synthetic_name', said.name)
  const isEnd = event.body.type === 'event-done'
  const wantsClick = isEnd ? wantsClickOnly(traced) : NOT_ALLOWED.test(text)
  if (!wantsClick) return { level, name, text }
  // It is no fault of the handler.
  const milder = level === 'error' ? 'warning' : level
  return { level: milder, name, text: isEnd ? text : t('synthetic_not_allowed', text.replace(/\.$/, '')) }
}

/** Why a synthetic event was not dispatched. */
export function syntheticFailureText({ reason, detail }: BodyOf<'synthetic-event-failed'>): string {
  switch (reason) {
    case 'no-listener':
      return t('synthetic_no_listener', SYNTHETIC_EVENT)
    case 'no-fetch':
      return t('synthetic_no_fetch')
    case 'not-started':
      return detail ? t('synthetic_not_started_detail', oneLine(detail)) : t('synthetic_not_started')
    case 'foreign':
      return t('synthetic_foreign')
    case 'interrupted':
      return t('synthetic_interrupted')
    default:
      return workerProblemText({ reason, detail })
  }
}

/** A synthetic event was asked for in a panel, or not dispatched. */
export function syntheticEvent(
  body: BodyOf<'synthetic-event-requested' | 'synthetic-event-failed'>,
): Description {
  if (body.type === 'synthetic-event-requested')
    return info(t('row_synthetic_requested'), t('row_synthetic_requested_text', SYNTHETIC_EVENT))
  const name = t(body.reason === 'interrupted' ? 'row_synthetic_unknown' : 'row_synthetic_failed')
  return warning(name, syntheticFailureText(body))
}
