import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { type LogColumnId, logColumnIds, logWidthOf, withLogWidth } from '../../model/log/columns'
import { settings } from '../../state/settings'
import styles from './log-head.module.css'

const text = {
  what: t('report_what'),
  group: t('log_group'),
  resize: t('log_resize_hint'),
}

const names: Readonly<Record<LogColumnId, string>> = {
  time: t('report_time'),
  delta: t('log_delta'),
  source: t('report_source'),
  fetch: t('log_fetch'),
}
const hints: Readonly<Record<LogColumnId, string>> = {
  time: t('log_time_hint'),
  delta: t('log_delta_hint'),
  source: t('log_source_hint'),
  fetch: t('log_fetch_hint'),
}

/** How far an arrow key moves the edge of a column, in CSS pixels. */
const STEP = 12

function resize(id: LogColumnId, width: number | null): void {
  settings.logColumns.value = withLogWidth(settings.logColumns.peek(), id, width)
}

/** Drags the right edge of a column. */
function startDrag(event: PointerEvent, id: LogColumnId): void {
  const { currentTarget: edge, clientX: start, pointerId } = event
  if (!(edge instanceof HTMLElement)) return
  event.preventDefault()
  edge.setPointerCapture(pointerId)
  const before = logWidthOf(id, settings.logColumns.peek())
  const move = ({ clientX }: PointerEvent) => resize(id, before + clientX - start)
  edge.addEventListener('pointermove', move)
  edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), {
    once: true,
  })
}

/** The heads of the columns: their edges change the widths, and so do arrow keys with Shift. */
export function LogHead() {
  const { group } = settings
  const [current, setCurrent] = useState<LogColumnId>('time')
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const at = logColumnIds.indexOf(current)
    const now = logWidthOf(current, settings.logColumns.peek())
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step !== undefined && event.shiftKey) resize(current, now + step * STEP)
    else {
      const last = logColumnIds.length - 1
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key]
      const next = to === undefined ? undefined : logColumnIds[to]
      if (next === undefined) return
      const row = event.currentTarget
      if (row instanceof HTMLElement) row.querySelector<HTMLElement>(`[data-column="${next}"]`)?.focus()
    }
    event.preventDefault()
  }
  return (
    <div class={styles.head} role="row" aria-rowindex={1} onKeyDown={onKeyDown}>
      {logColumnIds.map((id) => (
        <span
          key={id}
          role="columnheader"
          class={styles.headCell}
          data-column={id}
          title={`${hints[id]} ${text.resize}`}
          tabIndex={id === current ? 0 : -1}
          onFocus={() => setCurrent(id)}
        >
          <span class={styles.headName}>{names[id]}</span>
          <span
            class={styles.edge}
            aria-hidden="true"
            onPointerDown={(event) => startDrag(event, id)}
            onDblClick={() => resize(id, null)}
          />
        </span>
      ))}
      <span role="columnheader" class={styles.last}>
        <span class={styles.headWhat}>{text.what}</span>
        <label class={styles.check} title={text.group}>
          <input
            type="checkbox"
            checked={group.value}
            onChange={(event) => {
              group.value = event.currentTarget.checked
            }}
          />
          <span class={styles.group}>{text.group}</span>
        </label>
      </span>
    </div>
  )
}
