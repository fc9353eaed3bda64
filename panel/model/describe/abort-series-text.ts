import type { AbortSeriesBody, PlannedRun } from '../../../protocol/abort-series'
import { refusal } from '../../../protocol/page-requests'
import type { AbortMoment } from '../../../protocol/planned-aborts'
import { counted, t } from '../../i18n/i18n'
import { count, oneLine } from '../format'
import type { Row } from '../session/view'
import { shownId } from '../shown-id'
import { startProblem } from '../start-problem'
import { type Description, info, warning } from './description'
import { momentText } from './planned-abort-text'

/** A moment of a series: `at once` where a planned abort has no delay. */
export const seriesMomentText = (moment: AbortMoment): string =>
  moment.kind === 'time' && moment.ms === 0 ? t('series_at_once') : momentText(moment)

/** Which run it is, and when it is aborted: `run 3 of 14: after 2 responses, worker stopped first`. */
export function runText(index: number, runs: readonly PlannedRun[]): string {
  const run = runs[index]
  const number = t('series_run_number', count(index + 1), count(runs.length))
  if (!run) return number
  const moment = seriesMomentText(run.moment)
  return t('series_run', number, run.cold ? t('series_run_cold', moment) : moment)
}

const notStarted = {
  permission: t('series_why_permission'),
  'page-gone': t('answer_page_gone'),
  'no-worker': t('answer_no_worker'),
}

/** Why no fetch was started for a run. */
export const notStartedText = ({
  why,
  detail,
}: Pick<Extract<AbortSeriesBody, { type: 'abort-series-run-failed' }>, 'why' | 'detail'>): string =>
  why === 'refused' ? startProblem(refusal('rejected', detail)) : notStarted[why]

/** A step of an abort series. */
export function describeSeries({ note }: Row, body: AbortSeriesBody): Description {
  switch (body.type) {
    case 'abort-series-started': {
      const { length } = body.runs
      return info(
        t('row_series'),
        t(counted(length, 'row_series_started'), count(length), oneLine(shownId(body.id))),
      )
    }
    case 'abort-series-run':
      return info(t('row_series'), t('row_series_run', note, oneLine(shownId(body.id))))
    case 'abort-series-run-failed':
      return warning(t('row_series'), t('row_series_failed', note, notStartedText(body)))
    case 'abort-series-ended':
      if (body.why === 'done') return info(t('row_series'), t('row_series_done'))
      return body.why === 'stopped'
        ? info(t('row_series'), t('row_series_stopped'))
        : warning(t('row_series'), t('row_series_panel_gone'))
  }
}
