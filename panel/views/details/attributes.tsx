import type { ComponentChildren } from 'preact'
import { type OtherCallers, otherCallers } from '../../../protocol/other-callers'
import { t } from '../../i18n/i18n'
import { type AttributeNotes, attributeNotes } from '../../model/describe/attribute-notes'
import { count, duration, timeOfDay } from '../../model/format'
import { shownAbortCall } from '../../model/session/aborts/traced-aborts'
import type { TracedCall } from '../../model/session/traced-call'
import type { Fetch } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { SourceLink } from '../log/source-link'
import styles from './details.module.css'
import { Section } from './section'

const text = {
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

const noted = (value: string, note?: string) => (note ? t('details_noted', value, note) : value)
const resultText = ({ result }: Fetch['attributes'], { result: note }: AttributeNotes) =>
  result === '' && !note ? text.notSettled : noted(result || '""', note)
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

/** The attributes of its registration, who called for it, and when it came how far. */
export function Attributes({ fetch }: { readonly fetch: Fetch }) {
  const { attributes } = fetch
  const notes = attributeNotes(fetch)
  const abortCall = shownAbortCall(fetch)
  return (
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
        <Line name="downloaded">{noted(exact(attributes.downloaded), notes.downloaded)}</Line>
        <Line name="downloadTotal">
          {attributes.downloadTotal > 0 ? exact(attributes.downloadTotal) : t('details_no_total')}
        </Line>
        <Line name="uploaded">{noted(exact(attributes.uploaded), notes.uploaded)}</Line>
        <Line name="uploadTotal">{exact(attributes.uploadTotal)}</Line>
        <Line name="result">{resultText(attributes, notes)}</Line>
        <Line name="failureReason">{noted(attributes.failureReason || '""', notes.failureReason)}</Line>
        <Line name="recordsAvailable">
          {noted(String(attributes.recordsAvailable), notes.recordsAvailable)}
        </Line>
      </dl>
      <h4>{text.lifecycle}</h4>
      <Lifecycle fetch={fetch} />
    </Section>
  )
}
