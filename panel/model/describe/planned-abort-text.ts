import type { BodyOf } from '../../../protocol/events'
import type { AbortMoment, ColdStart } from '../../../protocol/planned-aborts'
import { counted, t } from '../../i18n/i18n'
import { bytes, count, duration, oneLine } from '../format'
import type { Row } from '../session/view'
import { type Description, error, info, warning } from './description'

/** A share in percent, with a digit behind the point where it has one. */
const percentText = (share: number): string => t('percent', count(Math.floor(share * 10) / 10))

/** A moment, as it was chosen: `at 50%`. */
export function momentText(moment: AbortMoment): string {
  switch (moment.kind) {
    case 'bytes':
      return t('moment_at', bytes(moment.bytes))
    case 'percent':
      return t('moment_at', percentText(moment.percent))
    case 'responses':
      return t(counted(moment.count, 'moment_responses'), count(moment.count))
    case 'first-byte':
      return t('moment_first_byte')
    case 'time':
      return t('moment_after', duration(moment.ms))
  }
}

const coldText: Readonly<Record<ColdStart, string>> = {
  stopped: t('planned_cold_stopped'),
  'not-running': t('planned_cold_not_running'),
  'not-stopped': t('planned_cold_not_stopped'),
}

/** What was planned for a fetch, in a few words: `will abort at 50%`. */
export const plannedText = (moment: AbortMoment): string => t('planned_abort', momentText(moment))

/** When it came, and how far off that was. */
function cameText({
  moment,
  downloaded,
  downloadTotal,
  responses,
  elapsed,
}: BodyOf<'planned-abort-fired'>): string {
  switch (moment.kind) {
    case 'bytes':
    case 'percent': {
      const wanted =
        moment.kind === 'bytes' ? moment.bytes : Math.ceil((downloadTotal * moment.percent) / 100)
      const came =
        moment.kind === 'bytes' ? bytes(downloaded) : percentText((downloaded / downloadTotal) * 100)
      const late = downloaded - wanted
      return late > 0
        ? t('planned_came_bytes', came, bytes(late))
        : t('planned_came_as_planned', t('moment_at', came))
    }
    case 'responses':
      return responses > moment.count
        ? t('planned_came_responses', count(responses), count(responses - moment.count))
        : t('planned_came_as_planned', t(counted(responses, 'moment_responses'), count(responses)))
    case 'first-byte':
      return t('planned_came_first_byte', bytes(downloaded))
    case 'time':
      return t('planned_came_time', duration(elapsed), duration(Math.max(0, elapsed - moment.ms)))
  }
}

/** The moment of a planned abort has come. */
export function plannedAbortFired(body: BodyOf<'planned-abort-fired'>): Description {
  const came = t('row_planned_fired_text', momentText(body.moment), cameText(body))
  const text = [came, body.cold ? coldText[body.cold] : ''].filter(Boolean).join('; ')
  const name = t('row_planned_fired')
  return body.cold === 'not-stopped' ? warning(name, text) : info(name, text)
}

/** An abort was planned. */
export function abortPlanned(body: BodyOf<'abort-planned' | 'next-abort-planned'>): Description {
  const when = momentText(body.moment)
  const what = body.type === 'next-abort-planned' ? t('row_planned_next', when, oneLine(body.pattern)) : when
  return info(t('row_planned'), [what, body.cold ? t('planned_cold') : ''].filter(Boolean).join('; '))
}

/** It was planned for the ID of a fetch that has begun now. */
export const plannedAbortApplied = ({ note }: Row): Description =>
  info(t('row_planned'), t('row_planned_applied', note))

const whyRemoved: Readonly<Record<BodyOf<'planned-abort-removed'>['why'], string>> = {
  asked: t('planned_removed_asked'),
  replaced: t('planned_removed_replaced'),
  aborted: t('planned_removed_aborted'),
  'fetch-ended': t('planned_removed_ended'),
  'no-total': t('planned_removed_no_total'),
  'not-followed': t('planned_removed_not_followed'),
  failed: t('planned_removed_failed'),
}

/** It will not happen. */
export function plannedAbortRemoved({ note }: Row, { why }: BodyOf<'planned-abort-removed'>): Description {
  const [name, text] = [t('row_planned_removed'), t('row_planned_removed_text', note, whyRemoved[why])]
  if (why === 'failed') return error(name, text)
  const asked = why === 'asked' || why === 'replaced' || why === 'aborted'
  return asked ? info(name, text) : warning(name, text)
}

/** The page that held it is gone. */
export const plannedAbortLost = ({ note }: Row): Description =>
  warning(t('row_planned_removed'), t('row_planned_removed_text', note, t('planned_removed_page')))
