import { t } from '../../i18n/i18n'
import { oneLine } from '../../model/format'
import { disambiguator } from '../../model/session/disambiguator'
import type { Fetch } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { planningSeries } from '../../state/abort-series'
import { repeating } from '../../state/repeat'
import { selectedKey } from '../../state/session/selection'
import { past, revision } from '../../state/session/session'
import { SeriesSection } from '../abort-series/series-section'
import { MiddleTruncated } from '../middle-truncated'
import round from '../round.module.css'
import { Attributes } from './attributes'
import { Audit } from './audit'
import { CopyReport } from './copy-report'
import styles from './details.module.css'
import { Requests } from './requests'
import { Sending } from './sending'
import { StandsStill } from './stands-still'
import { Storage } from './storage'
import { Summary } from './summary'
import { Waterfall } from './waterfall'
import { WorkerRows } from './worker-rows'

const text = {
  label: t('details_label'),
  close: t('details_close'),
  repeat: t('repeat_menu'),
  series: t('series_menu'),
}

/** A grid with a mark in one cell. */
const SeriesIcon = () => (
  <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true" fill="none" stroke="currentColor">
    <path d="M1 1h10v10H1zM1 6h10M6 1v10" />
    <path d="M7.5 7.5l2 2m0-2l-2 2" />
  </svg>
)

/** All that is known of one fetch. */
export function Details({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const again = disambiguator(fetch)
  return (
    <section class={styles.details} aria-label={text.label}>
      <header class={styles.head}>
        <h2 title={oneLine(shownId(fetch.id), 1000) + again}>
          <MiddleTruncated text={shownId(fetch.id)} suffix={again} limit={120} />
        </h2>
        {!past.value && (
          <>
            <button
              type="button"
              class={round.round}
              aria-label={text.repeat}
              title={text.repeat}
              onClick={() => {
                repeating.value = fetch.key
              }}
            >
              ↻
            </button>
            <button
              type="button"
              class={round.round}
              aria-label={text.series}
              title={text.series}
              onClick={() => {
                planningSeries.value = fetch.key
              }}
            >
              <SeriesIcon />
            </button>
          </>
        )}
        <CopyReport key={fetch.key} fetch={fetch} />
        <button
          type="button"
          class={round.close}
          aria-label={text.close}
          title={text.close}
          onClick={() => {
            selectedKey.value = null
          }}
        >
          ×
        </button>
      </header>
      <div class={styles.scroll}>
        <Summary fetch={fetch} />
        <StandsStill fetch={fetch} />
        <Sending fetch={fetch} />
        <SeriesSection fetch={fetch} />
        <Audit fetch={fetch} />
        <Requests key={fetch.key} fetch={fetch} />
        <Waterfall fetch={fetch} />
        <WorkerRows fetch={fetch} />
        <Storage fetch={fetch} />
        <Attributes fetch={fetch} />
      </div>
    </section>
  )
}
