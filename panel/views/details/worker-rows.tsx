import { t } from '../../i18n/i18n'
import { describe } from '../../model/describe/describe'
import { duration } from '../../model/format'
import { effectiveAbort } from '../../model/session/aborts/requested-aborts'
import type { Fetch, TracedEvent, Worker } from '../../model/session/view'
import { startedFor } from '../../model/waterfall/waterfall'
import { model, revision } from '../../state/session/session'
import { showInLogEntry } from '../log/bar-entries'
import { rowMenu } from '../log/row-menu'
import { SourceLink } from '../log/source-link'
import { openContextMenu } from '../menu/context-menu'
import { onRowKey } from './row-keys'
import { Section } from './section'
import styles from './worker-rows.module.css'

const text = { title: t('handler_title'), menu: t('menu_row') }

const warmth = (traced: TracedEvent, { state }: Worker, fetch: Fetch) => {
  const since = effectiveAbort(fetch)?.at ?? fetch.settledAt ?? fetch.seenAt
  return t(startedFor(traced, since) ? 'steps_cold' : 'steps_warm', state)
}

/** How many rows are drawn; the log has them all. */
const MAX = 200

/** What the worker did with the events of a fetch, step by step, counted from each event. */
export function WorkerRows({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const events = [...fetch.events, ...fetch.untrusted].sort((a, b) => a.at - b.at)
  if (events.length === 0) return null
  return (
    <Section name="handler" title={text.title}>
      {events.map((traced) => {
        const { dispatched, worker, at, key } = traced
        const rows = model()
          .rows.filter((row) => row.traced?.key === key)
          .slice(0, MAX)
        return (
          <section key={key} class={styles.event} aria-label={dispatched.name}>
            <div class={styles.head}>
              <b>{dispatched.synthetic ? t('synthetic_name', dispatched.name) : dispatched.name}</b>{' '}
              <span>
                isTrusted {String(dispatched.isTrusted)}, cancelable {String(dispatched.cancelable)}, bubbles{' '}
                {String(dispatched.bubbles)}
                {worker && `; ${warmth(traced, worker, fetch)}`}
              </span>
            </div>
            <ol>
              {rows.map((row, index) => {
                const { name, text: what, level } = describe(row)
                const { body } = row.event
                return (
                  <li
                    key={row.key}
                    data-level={level}
                    tabIndex={index === 0 ? 0 : -1}
                    onKeyDown={onRowKey}
                    onContextMenu={(event) =>
                      openContextMenu(event, text.menu, [showInLogEntry(row), ...rowMenu(row)])
                    }
                  >
                    <span class={styles.time}>+{duration(Math.max(0, row.at - at))}</span>
                    <span>
                      <b>{name}</b> {what}{' '}
                      {'location' in body && body.location && <SourceLink location={body.location} />}
                    </span>
                  </li>
                )
              })}
            </ol>
          </section>
        )
      })}
    </Section>
  )
}
