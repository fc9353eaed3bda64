import { t } from '../../i18n/i18n'
import { resultsOf } from '../../model/abort-series/results'
import { seriesSummary } from '../../model/abort-series/summary'
import { count, oneLine } from '../../model/format'
import { type AbortSeries, isPartOf } from '../../model/session/plans/abort-series'
import type { Fetch } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { useClock } from '../../state/session/clock'
import { selectedKey } from '../../state/session/selection'
import { knownUntil, model, revision } from '../../state/session/session'
import { siteSettingsChanged, siteSettingsOf } from '../../state/site-settings'
import button from '../button.module.css'
import { Section } from '../details/section'
import styles from './series.module.css'
import { SeriesGrid } from './series-grid'

const text = {
  title: t('series_section'),
  stopped: t('row_series_stopped'),
  panelGone: t('row_series_panel_gone'),
}

/** Which run of the series a fetch is, and which fetch that repeats. */
function Part({ series, fetch }: { readonly series: AbortSeries; readonly fetch: Fetch }) {
  const index = series.runs.findIndex((run) => run.fetch?.key === fetch.key)
  if (index === -1) return null
  const { source, id } = series
  const number = t('series_run_number', count(index + 1), count(series.runs.length))
  return (
    <p>
      {t('series_part', number)}{' '}
      {source ? (
        <button
          type="button"
          class={`${button.link} ${styles.link}`}
          onClick={() => {
            selectedKey.value = source.key
          }}
        >
          {t('series_of', oneLine(shownId(id), 80))}
        </button>
      ) : (
        t('series_of', oneLine(shownId(id), 80))
      )}
    </p>
  )
}

/** How a series ended that did not come to its end. */
function endText({ ended }: AbortSeries): string {
  if (ended === 'stopped') return text.stopped
  return ended === 'panel-gone' ? text.panelGone : ''
}

/** A section of the details: the runs of the series that the fetch is of, and what they have shown. */
export function SeriesSection({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const series = model().abortSeries.findLast((one) => isPartOf(one, fetch))
  const clock = useClock(series?.ended === null) || knownUntil()
  siteSettingsChanged.value
  if (!series) return null
  const results = resultsOf(series, siteSettingsOf(series.storageKey))
  const end = endText(series)
  return (
    <Section name="abort-series" title={text.title}>
      <p class={styles.summary} data-series-summary>
        {seriesSummary(series.runs, results)}
      </p>
      {end && <p class={styles.end}>{end}</p>}
      <Part series={series} fetch={fetch} />
      <SeriesGrid series={series} results={results} now={clock} />
    </Section>
  )
}
