import type { ComponentChildren } from 'preact'
import { type OtherCallers, otherCallers } from '../../../protocol/other-callers'
import { t } from '../../i18n/i18n'
import { count, duration, oneLine, timeOfDay } from '../../model/format'
import { shownAbortCall } from '../../model/session/aborts/traced-aborts'
import { disambiguator } from '../../model/session/disambiguator'
import type { TracedCall } from '../../model/session/traced-call'
import type { Fetch } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { planningSeries } from '../../state/abort-series'
import { repeating } from '../../state/repeat'
import { selectedKey } from '../../state/session/selection'
import { past, revision } from '../../state/session/session'
import { SeriesSection } from '../abort-series/series-section'
import { SourceLink } from '../log/source-link'
import { MiddleTruncated } from '../middle-truncated'
import round from '../round.module.css'
import { Audit } from './audit'
import { CopyReport } from './copy-report'
import styles from './details.module.css'
import { Requests } from './requests'
import { Section } from './section'
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
  attributes: t('details_attributes'),
  storageKey: t('details_storage_key'),
  notSettled: t('details_not_settled'),
  lifecycle: t('details_lifecycle'),
  initiator: t('details_initiator'),
  options: t('details_options_hint'),
  orOtherTab: t('details_or_other_tab'),
  orWorker: t('details_or_worker'),
  extension: t('row_called_extension'),
  aborter: t('details_aborter'),
  anonymous: t('details_anonymous'),
  noStack: t('details_no_stack'),
  noWorkerStack: t('row_called_worker_unknown'),
  found: t('lifecycle_found'),
  started: t('lifecycle_started'),
  firstBytes: t('lifecycle_first_bytes'),
  settled: t('lifecycle_settled'),
  over: t('lifecycle_over'),
  notOver: t('lifecycle_not_over'),
}

interface LineProps {
  readonly name: string
  readonly hint?: string
  readonly children: ComponentChildren
}

function Line({ name, hint, children }: LineProps) {
  return (
    <>
      <dt title={hint}>{name}</dt>
      <dd title={hint}>{children}</dd>
    </>
  )
}

/** What its page gave to `fetch()`, as far as it was read. */
function Options({ options: { title, icons } }: { readonly options: NonNullable<Fetch['options']> }) {
  return (
    <>
      {title !== null && (
        <Line name="title" hint={text.options}>
          <span class={styles.mono}>{title || '""'}</span>
        </Line>
      )}
      {icons.length > 0 && (
        <Line name="icons" hint={text.options}>
          <ol class={`${styles.stack} ${styles.mono}`}>
            {icons.map(({ src, sizes }, i) => (
              <li key={i}>{[src || '""', sizes].filter(Boolean).join(' ')}</li>
            ))}
          </ol>
        </Line>
      )}
    </>
  )
}

interface CalledProps {
  readonly name: string
  readonly call: TracedCall
  /** Who else may have, where that is to be said. */
  readonly others?: OtherCallers
}

/** Where a script called a method: each place of the stack that is known. */
function Called({ name, call, others }: CalledProps) {
  const { location, callers } = call
  return (
    <Line name={name}>
      {location ? (
        <ol class={styles.stack}>
          {[location, ...callers].map((place, i) => (
            <li key={i}>
              {place.name ?? text.anonymous} <SourceLink location={place} />
            </li>
          ))}
        </ol>
      ) : call.type === 'page-call' ? (
        call.extension ? (
          text.extension
        ) : (
          text.noStack
        )
      ) : (
        text.noWorkerStack
      )}
      {others?.orOtherTab && <div>{text.orOtherTab}</div>}
      {others?.orWorker && <div>{text.orWorker}</div>}
    </Line>
  )
}

const exact = (bytes: number) => t('details_bytes', count(bytes))

function Lifecycle({ fetch }: { readonly fetch: Fetch }) {
  const { seenAt, activeAt, settledAt, overAt } = fetch
  return (
    <dl>
      <Line name={fetch.already ? text.found : text.started}>{timeOfDay(seenAt)}</Line>
      {activeAt !== null && <Line name={text.firstBytes}>{timeOfDay(activeAt)}</Line>}
      {settledAt !== null && <Line name={text.settled}>{timeOfDay(settledAt)}</Line>}
      {overAt !== null && settledAt !== null && (
        <Line name={text.over}>
          {t('lifecycle_over_after', timeOfDay(overAt), duration(overAt - settledAt))}
        </Line>
      )}
      {settledAt !== null && overAt === null && fetch.attributes.recordsAvailable && (
        <Line name={text.over}>{text.notOver}</Line>
      )}
    </dl>
  )
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
  const { attributes } = fetch
  const abortCall = shownAbortCall(fetch)
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
        <Section name="attributes" title={text.attributes}>
          <dl>
            <Line name="id">
              <span class={styles.mono}>{shownId(fetch.id)}</span>
              {fetch.occurrence > 1 && ` ${t('details_occurrence', fetch.occurrence)}`}
            </Line>
            {fetch.options && <Options options={fetch.options} />}
            {fetch.initiator && (
              <Called name={text.initiator} call={fetch.initiator} others={otherCallers([fetch.initiator])} />
            )}
            {abortCall && <Called name={text.aborter} call={abortCall} />}
            <Line name="scope">{fetch.scope}</Line>
            <Line name={text.storageKey}>{fetch.storageKey}</Line>
            <Line name="downloaded">{exact(attributes.downloaded)}</Line>
            <Line name="downloadTotal">
              {attributes.downloadTotal > 0 ? exact(attributes.downloadTotal) : t('details_no_total')}
            </Line>
            <Line name="uploaded">{exact(attributes.uploaded)}</Line>
            <Line name="uploadTotal">{exact(attributes.uploadTotal)}</Line>
            <Line name="result">{attributes.result === '' ? text.notSettled : attributes.result}</Line>
            <Line name="failureReason">{attributes.failureReason || '""'}</Line>
            <Line name="recordsAvailable">{String(attributes.recordsAvailable)}</Line>
          </dl>
          <h4>{text.lifecycle}</h4>
          <Lifecycle fetch={fetch} />
        </Section>
      </div>
    </section>
  )
}
