import type { KeptSession } from '../../../protocol/kept'
import { eventsText, keepEndText } from '../../model/describe'
import { bytes, oneLine } from '../../model/format'
import { language, say } from '../../words/words'

const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })

/** What a recording is called. */
export const nameOf = ({ title }: Pick<KeptSession, 'title'>): string => oneLine(title) || say('kept_unknown')

/** When it was, why it ended, and how much it is. */
export function factsOf(session: KeptSession): string[] {
  const span = when.formatRange(session.startedAt, session.endedAt)
  const size = `${eventsText(session.events)}, ${bytes(session.bytes)}`
  return [span, keepEndText[session.why], size]
}

/** What is missing because of a bound; '' when nothing is. */
export function lossesOf({ lost, replaced, unsaved }: KeptSession): string {
  const parts: string[] = []
  if (unsaved) parts.push(say('kept_unsaved'))
  if (lost > 0) parts.push(say('kept_lost', eventsText(lost)))
  if (replaced.length > 0) {
    parts.push(say('kept_replaced', replaced.map((title) => nameOf({ title })).join(', ')))
  }
  return parts.join(' ')
}

/** What a recording is called while it is shown. */
export function pastTitle(session: KeptSession, unreadable: number): string {
  const name = `${nameOf(session)}, ${when.formatRange(session.startedAt, session.endedAt)}`
  return unreadable > 0 ? say('kept_unreadable', name, eventsText(unreadable)) : name
}
