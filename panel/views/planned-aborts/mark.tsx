import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { movePlanned, removePlanned } from '../../state/planned-aborts'
import type { RowFacts } from '../fetch-table/row-facts'
import styles from './mark.module.css'

/** A mark that is being moved is planned anew when it rests for this long, in milliseconds. */
const REST = 400

/** The share that a key leads to, in percent; undefined for another key. */
function shareAfter(key: string, share: number, lowest: number): number | undefined {
  const to = {
    ArrowRight: share + 1,
    ArrowUp: share + 1,
    ArrowLeft: share - 1,
    ArrowDown: share - 1,
    PageUp: share + 10,
    PageDown: share - 10,
    Home: lowest,
    End: 99,
  }[key]
  return to === undefined ? undefined : Math.max(lowest, Math.min(99, Math.round(to)))
}

interface Props {
  readonly facts: RowFacts
  readonly share: number
  readonly tabIndex: number
}

/** Where on its progress bar a fetch will be aborted: moved by arrow keys or the pointer, removed by Delete. */
export function Mark({ facts, share, tabIndex }: Props) {
  const [moved, setMoved] = useState<number | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const waiting = useRef<number | null>(null)
  // What has arrived already can't be aborted at any more.
  const lowest = Math.min(99, Math.floor(facts.share ?? 0) + 1)
  const at = moved ?? share

  const plan = () => {
    clearTimeout(timer.current)
    if (waiting.current !== null) movePlanned(facts.key, waiting.current)
    waiting.current = null
  }
  const move = (to: number) => {
    setMoved(to)
    waiting.current = to
    clearTimeout(timer.current)
    timer.current = setTimeout(plan, REST)
  }
  // The plan is there: it says where it is.
  useEffect(() => setMoved(null), [share, facts.plannedCommand])
  useEffect(() => plan, [])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const to = shareAfter(event.key, at, lowest)
    if (to !== undefined) move(to)
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      waiting.current = null
      clearTimeout(timer.current)
      const row = event.currentTarget
      if (row instanceof Element) row.closest<HTMLElement>('tr')?.focus()
      removePlanned(facts.plannedCommand)
    } else return
    event.preventDefault()
    // The table's own keys go from row to row, and abort.
    event.stopPropagation()
  }
  const onPointerDown = (event: PointerEvent) => {
    const mark = event.currentTarget
    const box = mark instanceof HTMLElement ? mark.parentElement?.getBoundingClientRect() : undefined
    if (!(mark instanceof HTMLElement) || !box || facts.readOnly) return
    event.preventDefault()
    mark.focus()
    mark.setPointerCapture(event.pointerId)
    const drag = ({ clientX }: PointerEvent) => {
      const to = Math.round(((clientX - box.left) / box.width) * 100)
      move(Math.max(lowest, Math.min(99, to)))
    }
    mark.addEventListener('pointermove', drag)
    const end = () => {
      mark.removeEventListener('pointermove', drag)
      plan()
    }
    mark.addEventListener('lostpointercapture', end, { once: true })
  }

  return (
    <span class={styles.track}>
      <span
        class={styles.mark}
        style={{ left: `${at}%` }}
        role="slider"
        aria-label={t('plan_mark', facts.abortId)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(at)}
        aria-valuetext={t('percent', Math.round(at))}
        aria-disabled={facts.readOnly}
        title={t('plan_mark_hint', facts.planned)}
        tabIndex={tabIndex}
        data-mark
        onKeyDown={facts.readOnly ? undefined : onKeyDown}
        onPointerDown={onPointerDown}
      />
    </span>
  )
}
