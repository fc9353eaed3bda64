import type { ScriptMention } from '../../../protocol/worker-events'
import { t } from '../../i18n/i18n'
import type { WorkerHandler } from '../workers/worker-handlers'
import { placeText } from './place-text'

const place = ({ location }: ScriptMention) => placeText(location)

/** Whether a worker listens to an event, and from where that is known. */
export function handlerTitle({ event, listens, from, mention }: WorkerHandler): string {
  if (from === 'seen') return t(listens === 'yes' ? 'workers_listens_yes' : 'workers_listens_no', event)
  if (from === 'added') return t(listens === 'yes' ? 'workers_added_yes' : 'workers_added_no', event)
  if (from === null) return t('workers_listens_unknown', event)
  if (!mention) return t('workers_script_no', event)
  if (listens === 'yes') return t('workers_script_yes', event, place(mention))
  return t(listens === 'no' ? 'workers_script_comment' : 'workers_script_text', event, place(mention))
}
