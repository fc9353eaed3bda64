import { eventNames } from '../../../protocol/event-names'
import type { BodyOf } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import { oneLine } from '../format'

const known: ReadonlySet<string> = new Set(eventNames)

/** Names of events that do not exist, and that the worker's scripts add listeners for. */
export const wrongEvents = ({ mentions }: BodyOf<'worker-scripts'>): string[] =>
  mentions
    .filter(({ name, as }) => as === 'listener' && !known.has(name))
    .map(({ name }) => oneLine(name, 60))

/** What the texts of a worker's scripts mention, in one line. */
export function workerScriptsText(body: BodyOf<'worker-scripts'>): string {
  const names = (as: string) =>
    body.mentions
      .filter((one) => one.as === as && known.has(one.name))
      .map(({ name }) => name)
      .join(', ')
  const wrong = wrongEvents(body).join(', ')
  const [listener, text, comment] = [names('listener'), names('text'), names('comment')]
  const parts = [
    wrong && t('scripts_wrong', wrong),
    listener && t('scripts_listeners', listener),
    text && t('scripts_texts', text),
    comment && t('scripts_comments', comment),
  ].filter(Boolean)
  const hasBeginning = body.mentions.some(({ name }) => !known.has(name))
  if (parts.length === 0 && body.complete)
    parts.push(t(hasBeginning ? 'scripts_put_together' : 'scripts_none'))
  return [...parts, body.complete ? '' : t('scripts_part')].filter(Boolean).join('; ')
}
