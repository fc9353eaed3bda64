import { t } from '../../i18n/i18n'
import { duration } from '../../model/format'
import type { Fetch } from '../../model/session/view'
import { ticksOf } from '../../model/waterfall/axis'
import { type Span, waterfall, waterfallZero } from '../../model/waterfall/waterfall'
import { useClock } from '../../state/session/clock'
import { knownUntil, revision } from '../../state/session/session'
import { barEntries } from '../log/bar-entries'
import { fetchFilter, groups } from '../log/row-menu'
import { openContextMenu } from '../menu/context-menu'
import { onRowKey } from './row-keys'
import { Section } from './section'
import styles from './waterfall.module.css'

const text = {
  title: t('waterfall_title'),
  open: t('waterfall_open'),
  unseen: t('waterfall_unseen'),
  menu: t('menu_bar'),
}

/** How many times stand on the axis. */
const TICKS = 3
/** From here on a time stands left of its line, in percent of the width. */
const NEAR_END = 80

/** A time on the axis: counted from the zero line, without digits that say nothing. */
const tickText = (ms: number): string =>
  ms === 0 ? '0' : `${ms < 0 ? '−' : ''}${duration(Math.abs(ms)).replace(/[.,]0+(?= )/, '')}`

/** Near the end the text stands left of its line, and must not lie over the one before it; both in percent of the width. */
const hasRoom = (at: number, before: number): boolean => at <= NEAR_END || before < NEAR_END - 50

interface BarProps {
  readonly fetch: Fetch
  readonly span: Span
  /** Tab leads to it. */
  readonly first: boolean
  /** Where a moment stands, in percent of the width. */
  readonly place: (at: number) => number
  readonly zero: number
  /** It goes on: until when it is drawn. Null when nobody will see its end. */
  readonly goesOn: number | null
}

function Bar({ fetch, span, first, place, zero, goesOn }: BarProps) {
  const end = span.end ?? goesOn ?? span.start
  const took = span.end !== null ? duration(span.end - span.start) : goesOn ? text.open : text.unseen
  const from = span.start - zero
  const since = `${from < 0 ? '−' : ''}${duration(Math.abs(from))}`
  const title = t('waterfall_span', since, took)
  const said = () => [`${span.label}: ${title}`, span.note].filter(Boolean).join('\n')
  return (
    <li
      title={title}
      data-level={span.level}
      tabIndex={first ? 0 : -1}
      onKeyDown={onRowKey}
      onContextMenu={(event) =>
        openContextMenu(event, text.menu, groups(barEntries(fetch, span, said), fetchFilter(fetch)))
      }
    >
      <span class={styles.label} style={{ paddingLeft: `${span.depth * 12}px` }}>
        {span.label}
      </span>
      <span class={styles.track}>
        <span
          class={styles.bar}
          data-source={span.source}
          data-open={span.end === null}
          style={{ left: `${place(span.start)}%`, width: `${place(end) - place(span.start)}%` }}
        />
      </span>
      <span class={styles.took}>{took}</span>
      {span.note && (
        <span class={styles.note} style={{ paddingLeft: `${span.depth * 12 + 12}px` }}>
          {span.note}
        </span>
      )}
    </li>
  )
}

/** The end of a fetch as bars on one clock: what the page saw, and nested in it what the worker did. */
export function Waterfall({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const spans = waterfall(fetch)
  const open = spans.some(({ end }) => end === null) && fetch.overAt === null && fetch.state === 'settled'
  const clock = useClock(open)
  if (spans.length === 0) return null
  const zero = waterfallZero(fetch)
  const start = Math.min(zero, ...spans.map((span) => span.start))
  const last = Math.max(...spans.map((span) => span.end ?? span.start), open ? clock || knownUntil() : 0)
  const width = Math.max(last - start, 1)
  const place = (at: number) => ((at - start) / width) * 100
  return (
    <Section name="waterfall" title={text.title}>
      <div class={styles.waterfall}>
        <div class={styles.grid} aria-hidden="true">
          <span class={styles.lines}>
            {ticksOf(start - zero, last - zero, TICKS).map((tick, i, all) => (
              <span
                key={tick}
                class={styles.line}
                data-zero={tick === 0}
                style={{ left: `${place(zero + tick)}%` }}
              >
                <span class={styles.tick} data-last={place(zero + tick) > NEAR_END}>
                  {hasRoom(place(zero + tick), place(zero + (all[i - 1] ?? -Infinity))) && tickText(tick)}
                </span>
              </span>
            ))}
          </span>
        </div>
        <ul aria-label={text.title}>
          {spans.map((span, index) => (
            <Bar
              key={`${span.label} ${span.start}`}
              fetch={fetch}
              first={index === 0}
              span={span}
              place={place}
              zero={zero}
              goesOn={open ? last : null}
            />
          ))}
        </ul>
      </div>
    </Section>
  )
}
