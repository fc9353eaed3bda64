import type { KeptSession } from '../../../protocol/kept'
import { keepEndText } from '../../model/describe'
import { bytes, oneLine } from '../../model/format'

const text = {
  unknown: 'Unknown page',
  events: (count: number) => (count === 1 ? '1 event' : `${count.toLocaleString('en')} events`),
  lost: (events: string) => `There was no room to keep ${events}.`,
  replaced: (names: string) => `Took the place of ${names}.`,
  unreadable: (events: string) => `without ${events} of another version`,
}

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** What a recording is called. */
export const nameOf = ({ title }: Pick<KeptSession, 'title'>): string => oneLine(title) || text.unknown

/** When it was, why it ended, and how much it is. */
export function factsOf(session: KeptSession): string[] {
  const span = when.formatRange(session.startedAt, session.endedAt)
  const size = `${text.events(session.events)}, ${bytes(session.bytes)}`
  return [span, keepEndText[session.why], size]
}

/** What is missing because of a bound; '' when nothing is. */
export function lossesOf({ lost, replaced }: KeptSession): string {
  const parts: string[] = []
  if (lost > 0) parts.push(text.lost(text.events(lost)))
  if (replaced.length > 0) {
    parts.push(text.replaced(replaced.map((title) => nameOf({ title })).join(', ')))
  }
  return parts.join(' ')
}

/** What a recording is called while it is shown. */
export function pastTitle(session: KeptSession, unreadable: number): string {
  const name = `${nameOf(session)}, ${when.formatRange(session.startedAt, session.endedAt)}`
  return unreadable > 0 ? `${name}, ${text.unreadable(text.events(unreadable))}` : name
}
