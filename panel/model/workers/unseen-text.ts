import type { BackgroundFetchEventName } from '../../../protocol/event-names'
import { t } from '../../i18n/i18n'
import { handlerTitle } from '../describe/worker-handler-text'
import type { Worker } from '../session/view'
import { workerHandlers } from './worker-handlers'

/**
 * Why nothing of an event was seen in a worker that runs, and, where it may have a listener that is not known, what
 * shows its listeners without another event.
 */
export function unseenText(worker: Worker, event: BackgroundFetchEventName): string {
  const handler = workerHandlers(worker).find((one) => one.event === event)
  const advice = t('workers_restart')
  if (!handler) return t('note_unseen', advice)
  const isKnown = handler.from === 'seen' || handler.from === 'added' || handler.listens === 'no'
  if (isKnown) return t('note_unseen_known', handlerTitle(handler))
  return handler.from ? t('note_unseen_mentioned', event, advice) : t('note_unseen', advice)
}
