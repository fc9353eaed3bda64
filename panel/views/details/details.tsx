import type { ComponentChildren } from 'preact'
import { duration, oneLine, timeOfDay } from '../../model/format'
import { type Fetch, isLive } from '../../model/view'
import { selectedKey } from '../../state/selection'
import { revision } from '../../state/session'
import { Audit } from './audit'
import styles from './details.module.css'
import { Records } from './records'
import { Timeline } from './timeline'
import { WorkerRows } from './worker-rows'

function Line({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

const total = (bytes: number, name: string) =>
  bytes > 0 ? `${bytes.toLocaleString('en')} bytes` : `0 (${name} not known)`

function Life({ fetch }: { readonly fetch: Fetch }) {
  const { seenAt, activeAt, settledAt, overAt } = fetch
  return (
    <dl>
      <Line name={fetch.already ? 'found' : 'started'}>{timeOfDay(seenAt)}</Line>
      {activeAt !== null && <Line name="first bytes">{timeOfDay(activeAt)}</Line>}
      {settledAt !== null && <Line name="settled">{timeOfDay(settledAt)}</Line>}
      {overAt !== null && settledAt !== null && (
        <Line name="event over">
          {timeOfDay(overAt)}, after {duration(overAt - settledAt)}
        </Line>
      )}
      {settledAt !== null && overAt === null && fetch.attributes.recordsAvailable && (
        <Line name="event over">not yet, or not observed</Line>
      )}
    </dl>
  )
}

/** All that is known of one fetch. */
export function Details({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const { attributes } = fetch
  return (
    <section class={styles.details} aria-label="Details of the selected fetch">
      <header class={styles.head}>
        <h2 title={oneLine(fetch.id, 1000)}>{oneLine(fetch.id, 120)}</h2>
        <button
          type="button"
          aria-label="Close details"
          title="Close details"
          onClick={() => {
            selectedKey.value = null
          }}
        >
          ×
        </button>
      </header>
      <div class={styles.scroll}>
        <Audit fetch={fetch} />
        <Timeline fetch={fetch} />
        <WorkerRows fetch={fetch} />
        <h3>Attributes</h3>
        <dl>
          <Line name="id">
            <span class={styles.mono}>{fetch.id}</span>
            {fetch.occurrence > 1 && ` (fetch ${fetch.occurrence} with this id)`}
          </Line>
          <Line name="scope">{fetch.scope}</Line>
          <Line name="storage key">{fetch.storageKey}</Line>
          <Line name="downloaded">{attributes.downloaded.toLocaleString('en')} bytes</Line>
          <Line name="downloadTotal">{total(attributes.downloadTotal, 'total')}</Line>
          <Line name="uploaded">{attributes.uploaded.toLocaleString('en')} bytes</Line>
          <Line name="uploadTotal">{attributes.uploadTotal.toLocaleString('en')} bytes</Line>
          <Line name="result">{attributes.result === '' ? '"" (not settled)' : attributes.result}</Line>
          <Line name="failureReason">{attributes.failureReason || '""'}</Line>
          <Line name="recordsAvailable">{String(attributes.recordsAvailable)}</Line>
        </dl>
        <h3>Life</h3>
        <Life fetch={fetch} />
        <Records key={fetch.key} handle={fetch.handle} live={isLive(fetch)} />
      </div>
    </section>
  )
}
