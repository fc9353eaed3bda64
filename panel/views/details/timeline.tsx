import { duration } from '../../model/format'
import { timeline } from '../../model/timeline'
import type { Fetch } from '../../model/view'
import { useClock } from '../../state/clock'
import { knownUntil, revision } from '../../state/session'
import { say } from '../../words/words'
import styles from './timeline.module.css'

const text = {
  title: say('timeline_title'),
  open: say('timeline_open'),
  unseen: say('timeline_unseen'),
}

/** The end of a fetch as bars on one clock: what the page saw and what the worker did. */
export function Timeline({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const spans = timeline(fetch)
  const open = spans.some(({ end }) => end === null) && fetch.overAt === null
  const clock = useClock(open)
  if (spans.length === 0) return null
  const start = Math.min(...spans.map((span) => span.start))
  const last = Math.max(...spans.map((span) => span.end ?? span.start), open ? clock || knownUntil() : 0)
  const width = Math.max(last - start, 1)
  const place = (at: number) => `${((at - start) / width) * 100}%`
  return (
    <>
      <h3>{text.title}</h3>
      <ul class={styles.timeline} aria-label={text.title}>
        {spans.map((span) => {
          const end = span.end ?? (open ? last : span.start)
          const from = duration(span.start - start)
          const took = span.end === null ? (open ? text.open : text.unseen) : duration(span.end - span.start)
          return (
            <li
              key={`${span.label} ${span.start}`}
              title={say('timeline_span', from, took)}
              data-level={span.level}
            >
              <span class={styles.label}>{span.label}</span>
              <span class={styles.track}>
                <span
                  class={styles.bar}
                  data-source={span.source}
                  style={{ left: place(span.start), width: `${((end - span.start) / width) * 100}%` }}
                />
              </span>
              <span class={styles.took}>{took}</span>
              {span.note && <span class={styles.note}>{span.note}</span>}
            </li>
          )
        })}
      </ul>
    </>
  )
}
