import type { BodyOf } from '../../../protocol/events'
import type { ForcedBy } from '../../../protocol/forced-endings'
import { t } from '../../i18n/i18n'
import { bytes, oneLine, pathIn } from '../format'
import type { Row } from '../session/view'
import { shownId } from '../shown-id'
import { type Description, info } from './description'

/** How a fetch is brought to its end, in a sentence without its full stop. */
export function forcedByText(by: ForcedBy, storageKey: string): string {
  switch (by.kind) {
    case 'total':
      return t('forced_by_total', bytes(by.downloadTotal))
    case 'quota':
      return t('forced_by_quota', bytes(by.room))
    case 'request':
      return t(
        by.method === 'GET' ? 'forced_by_missing' : 'forced_by_preflight',
        by.method,
        oneLine(pathIn(by.url, storageKey), 200),
      )
  }
}

const why: Record<BodyOf<'ending-reverted'>['why'], string> = {
  'fetch-ended': t('forced_reverted_ended'),
  'not-started': t('forced_reverted_not_started'),
  'not-seen': t('forced_reverted_not_seen'),
  'page-gone': t('forced_reverted_page_gone'),
  'panel-gone': t('forced_reverted_panel_gone'),
  'tracing-ended': t('forced_reverted_tracing_ended'),
  interrupted: t('forced_reverted_interrupted'),
  'too-long': t('forced_reverted_too_long'),
  'revert-failed': t('forced_revert_failed'),
}

/** An ending that was chosen in this panel, or that what was changed for it is as before. */
export function describeForced(
  { event, note }: Row,
  body: BodyOf<'ending-forced' | 'ending-reverted'>,
): Description {
  if (body.type === 'ending-reverted' && note !== 'quota')
    return info(t('row_ending_forced'), t('forced_not_started'))
  if (body.type === 'ending-reverted' && body.why === 'revert-failed')
    return info(t('row_ending_not_reverted'), why[body.why])
  if (body.type === 'ending-reverted') return info(t('row_ending_reverted'), why[body.why])
  const { ending, id, by } = body
  const how = forcedByText(by, event.storageKey ?? '')
  return info(t('row_ending_forced'), t('row_ending_forced_text', oneLine(shownId(id)), ending, how))
}
