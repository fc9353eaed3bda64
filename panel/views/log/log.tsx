import { shownRows } from '../../state/filter'
import { model } from '../../state/session'
import styles from './log.module.css'
import { LogRow } from './log-row'
import { useVirtual } from './virtual'

const text = {
  label: 'Event log',
  latest: 'Jump to latest',
  empty: 'Events appear here as they happen.',
  filtered: 'The filter hides every row.',
}
const ROW = 21

/** Everything that happened, newest at the bottom. */
export function Log() {
  const { rows } = shownRows.value
  const virtual = useVirtual(rows.length, ROW, (index) => rows[index]?.key ?? index)
  const start = virtual.items[0]?.start ?? 0
  return (
    <section class={styles.log}>
      <div class={styles.head} aria-hidden="true">
        <span class={styles.time}>Time</span>
        <span class={styles.source}>Source</span>
        <span class={styles.fetch}>Fetch</span>
        <span class={styles.what}>What happened</span>
      </div>
      {/* Rows come and go while scrolling: what is worth hearing is said by the status above instead. */}
      <div
        class={styles.scroll}
        ref={virtual.scroll}
        role="log"
        aria-label={text.label}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div style={{ height: `${virtual.size}px`, position: 'relative' }}>
          {/* biome-ignore lint/a11y/useSemanticElements: its rows are placed by transform */}
          <div role="list" class={styles.window} style={{ transform: `translateY(${start}px)` }}>
            {virtual.items.map((item) => {
              const row = rows[item.index]
              return (
                row && (
                  <LogRow
                    key={row.key}
                    row={row}
                    index={item.index}
                    total={rows.length}
                    count={row.count}
                    measure={virtual.measure}
                  />
                )
              )
            })}
          </div>
        </div>
        {rows.length === 0 && (
          <p class={styles.empty}>{model.rows.length > 0 ? text.filtered : text.empty}</p>
        )}
      </div>
      {!virtual.atEnd && (
        <button type="button" class={styles.latest} onClick={virtual.toEnd}>
          {text.latest}
        </button>
      )}
    </section>
  )
}
