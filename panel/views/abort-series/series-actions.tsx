import { t } from '../../i18n/i18n'
import { runText } from '../../model/describe/abort-series-text'
import { oneLine } from '../../model/format'
import type { AbortSeries } from '../../model/session/plans/abort-series'
import { currentRun, isPartOf } from '../../model/session/plans/abort-series'
import { shownId } from '../../model/shown-id'
import { type RunningSeries, runningSeries, startAgain, stopSeries } from '../../state/abort-series'
import { askToAllow } from '../../state/allow-downloads'
import { selected, selectedKey } from '../../state/session/selection'
import { past, revision, tabModel } from '../../state/session/session'
import button from '../button.module.css'
import styles from './series.module.css'

const text = {
  stop: t('series_stop'),
  stopping: t('series_stopping'),
  show: t('series_show'),
  allow: t('repeat_allow'),
  permission: t('start_permission'),
  page: t('series_wait_page'),
  baseline: t('series_wait_baseline'),
  start: t('series_wait_start'),
}

/** What a series that goes on does now, in a few words. */
function statusText({ waits, stopping }: RunningSeries, series: AbortSeries | undefined): string {
  const waiting =
    waits?.kind === 'others'
      ? t('series_wait_others', waits.ids.map((id) => oneLine(shownId(id), 40)).join(', '))
      : waits && waits.kind !== 'run'
        ? text[waits.kind]
        : ''
  if (stopping) return [text.stopping, waits?.kind === 'page' ? waiting : ''].filter(Boolean).join(' ')
  const run = series && currentRun(series)
  const number = run && series ? runText(series.runs.indexOf(run), series.runs) : ''
  return [number, waiting].filter(Boolean).join('; ')
}

async function allow(): Promise<void> {
  // Asked in the click, before anything else.
  if (await askToAllow()) startAgain()
}

const running = () => {
  const state = runningSeries.value
  const series = tabModel().abortSeries.find((one) => one.series === state?.series)
  return { state, series }
}

/** Stops the series that this panel runs; where the browser refuses a start, asks for the permission. */
function SeriesActions() {
  const { state } = running()
  if (!state) return null
  return (
    <span class={styles.actions}>
      {state.needsPermission && (
        <button type="button" class={button.small} onClick={() => void allow()}>
          {text.allow}
        </button>
      )}
      <button type="button" class={button.small} disabled={state.stopping} onClick={stopSeries}>
        {text.stop}
      </button>
    </span>
  )
}

/** The line of the series that this panel runs: what it does now. */
export function SeriesLine() {
  revision.value
  const { state, series } = running()
  if (!state) return null
  const shown = (series && currentRun(series)?.fetch) ?? series?.source
  const known = shown && tabModel().fetches.includes(shown) ? shown : series?.source
  // Its details show the grid already.
  const { fetch } = selected.value
  const isShown = series && fetch && isPartOf(series, fetch)
  const status = state.needsPermission
    ? text.permission
    : t('series_line', oneLine(series?.id ?? '', 80), statusText(state, series))
  return (
    <div class={styles.line} data-series-line>
      <span class={state.needsPermission ? styles.asks : styles.status} title={status}>
        {status}
      </span>
      {known && !isShown && !past.value && (
        <button
          type="button"
          class={button.small}
          onClick={() => {
            selectedKey.value = known.key
          }}
        >
          {text.show}
        </button>
      )}
      <SeriesActions />
    </div>
  )
}
