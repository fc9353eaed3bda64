import type { SavedRecording } from '../../../protocol/recordings'
import { t } from '../../i18n/i18n'
import { eventsText, recordingEndText } from '../../model/describe/describe'
import { bytes, dateAndTimeRange, oneLine } from '../../model/format'

/** What a recording is called. */
export const nameOf = ({ title }: Pick<SavedRecording, 'title'>): string =>
  oneLine(title) || t('saved_unknown')

/** When it was, why it ended, and how much it is. */
export function factsOf(session: SavedRecording): string[] {
  const span = dateAndTimeRange(session.startedAt, session.endedAt)
  const size = `${eventsText(session.events)}, ${bytes(session.bytes)}`
  return [span, recordingEndText[session.why], size]
}

/** What is missing because of a bound; '' when nothing is. */
export function lossesOf({ lost, replaced, unsaved }: SavedRecording): string {
  const parts: string[] = []
  if (unsaved) parts.push(t('saved_unsaved'))
  if (lost > 0) parts.push(t('saved_lost', eventsText(lost)))
  if (replaced.length > 0) {
    parts.push(t('saved_replaced', replaced.map((title) => nameOf({ title })).join(', ')))
  }
  return parts.join(' ')
}

/** What a recording is called while it is shown. */
export function pastTitle(session: SavedRecording, unreadable: number): string {
  const name = `${nameOf(session)}, ${dateAndTimeRange(session.startedAt, session.endedAt)}`
  return unreadable > 0 ? t('saved_unreadable', name, eventsText(unreadable)) : name
}
