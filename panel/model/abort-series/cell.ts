import { t } from '../../i18n/i18n'
import { labelOf } from '../audit/evidence/items'
import type { VerdictKind } from '../audit/verdict'
import { notStartedText, seriesMomentText } from '../describe/abort-series-text'
import { verdictName } from '../describe/describe-storage'
import { bytes, count, oneLine } from '../format'
import type { SeriesRun } from '../session/plans/abort-series'
import type { Worker } from '../session/view'
import { handlerText, handlerTime } from '../table/handler-time'
import type { NotTried, RunResult, RunStage } from './results'

/** What the grid of a series shows of a run. */
export interface SeriesCell {
  /** Chooses the sign and the colour; '' for a run without a verdict. */
  readonly verdict: VerdictKind | ''
  /** The verdict, or what goes on, in a word or two. */
  readonly word: string
  /** What else there is to say: the handler's time, counts, a reason. */
  readonly facts: readonly string[]
  /** All of the verdict. */
  readonly hint: string
}

const stages: Readonly<Record<RunStage, string>> = {
  starting: t('series_stage_starting'),
  downloading: t('series_stage_downloading'),
  handling: t('series_stage_handling'),
  comparing: t('series_stage_comparing'),
  ending: t('series_stage_ending'),
}

const reasons: Readonly<Record<Exclude<NotTried, 'not-started' | 'too-quick'>, string>> = {
  ended: t('series_why_ended'),
  'fetch-ended': t('series_why_fetch_ended'),
  'not-aborted': t('series_why_not_aborted'),
  'no-total': t('planned_removed_no_total'),
  removed: t('planned_removed_asked'),
  'aborted-before': t('series_why_aborted_before'),
  failed: t('planned_removed_failed'),
  'page-left': t('series_why_page_left'),
  'worker-not-stopped': t('series_why_not_stopped'),
  'worker-ran': t('series_why_worker_ran'),
  'worker-did-not-run': t('series_why_did_not_run'),
  'worker-unknown': t('series_why_worker_unknown'),
  'log-removed': t('series_why_log'),
}

/** How much had come when a run was aborted: a share where the total is known. */
function cameText({ moment, fired }: SeriesRun): string {
  if (!fired) return ''
  const { downloaded, downloadTotal, responses } = fired
  if (moment.kind === 'responses') return seriesMomentText({ kind: 'responses', count: responses })
  const share = downloadTotal > 0 ? Math.floor((downloaded / downloadTotal) * 100) : null
  return t('moment_at', share === null ? bytes(downloaded) : t('percent', count(share)))
}

/** Where an amount was to come, how much came: the browser reports that about twice a second. */
const amountFacts = (run: SeriesRun): readonly string[] => {
  const { kind } = run.moment
  const isAmount = kind === 'bytes' || kind === 'percent' || kind === 'first-byte'
  return run.fired && isAmount ? [cameText(run)] : []
}

function notTriedReason(run: SeriesRun, why: NotTried): string {
  if (why === 'not-started') return run.failed ? notStartedText(run.failed) : ''
  if (why === 'too-quick') return t('series_why_too_quick', cameText(run))
  return reasons[why]
}

/** The handler's time of a run's fetch, or the event's where the handler was not traced. */
function handlerFacts({ fetch }: SeriesRun, workers: readonly Worker[], now: number): readonly string[] {
  const time = fetch && handlerTime(fetch, workers)
  if (!time) return []
  const shown = handlerText(time, now)
  return [time.kind === 'within' || time.kind === 'open' ? shown : t('series_handler', shown)]
}

const positive = (number: number, key: 'cell_left_count' | 'cell_new_count') =>
  number > 0 ? [t(key, number)] : []

/**
 * What the grid shows of a run.
 *
 * @param now in epoch milliseconds
 */
export function seriesCell(
  run: SeriesRun,
  result: RunResult,
  workers: readonly Worker[],
  now: number,
): SeriesCell {
  const observed = () => [...handlerFacts(run, workers, now), ...amountFacts(run)]
  switch (result.kind) {
    case 'waiting':
      return { verdict: '', word: t('series_waiting'), facts: [], hint: '' }
    case 'running':
      return { verdict: '', word: stages[result.stage], facts: [], hint: '' }
    case 'not-tried': {
      const reason = notTriedReason(run, result.why)
      return { verdict: '', word: t('series_not_tried_word'), facts: [reason], hint: reason }
    }
    case 'clean':
      return {
        verdict: 'clean',
        word: verdictName({ kind: 'clean', final: true }),
        facts: observed(),
        hint: result.verdict.line,
      }
    case 'not-clean': {
      const { found, left, unmatched, verdict } = result
      const counts = [...positive(left, 'cell_left_count'), ...positive(unmatched, 'cell_new_count')]
      // As in the table, the count stands for the word.
      const [counted] = found === 'left' || found === 'unmatched' ? counts.splice(0, 1) : []
      return {
        verdict: found,
        word: counted ?? verdictName({ kind: found, final: true }),
        facts: [...counts, ...observed()],
        hint: verdict.line,
      }
    }
    case 'unknown': {
      const { why, verdict, hiding } = result
      const [item] = hiding
      const reason = {
        verdict: oneLine(verdict?.line ?? '', 300),
        'no-verdict': t('series_no_verdict'),
        'end-unknown': t('series_end_unknown'),
        hidden: item ? t('series_hidden', oneLine(labelOf(item), 120)) : '',
      }[why]
      return {
        verdict: 'unknown',
        word: verdictName({ kind: 'unknown', final: true }),
        facts: [...observed(), reason],
        hint: reason,
      }
    }
  }
}
