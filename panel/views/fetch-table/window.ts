import { useLayoutEffect, useState } from 'preact/hooks'
import { tableRoom } from '../../state/columns'

/** Height of a row, in CSS pixels. */
export const ROW = 24
/** Rows that are drawn above and below what is in view. */
const MORE = 6

/** The rows that are drawn, by index: from `start` up to `end`. */
interface Window {
  readonly start: number
  readonly end: number
}

/**
 * Follows which rows of a scrolled box are in view, and how wide it is.
 *
 * @param box the element that scrolls; its rows follow a head of the height of one row
 */
export function useWindow(box: { readonly current: HTMLElement | null }): Window {
  const [window, setWindow] = useState<Window>({ start: 0, end: 40 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const start = Math.max(0, Math.floor(element.scrollTop / ROW) - MORE)
      const end = Math.ceil((element.scrollTop + element.clientHeight) / ROW) + MORE
      setWindow((before) => (before.start === start && before.end === end ? before : { start, end }))
      tableRoom.value = element.clientWidth
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  return window
}

/** The rows that are drawn, by index in ascending order, and where the first of them stands, in CSS pixels. */
interface Drawn {
  readonly rows: readonly number[]
  readonly top: number
}

/**
 * The rows that are drawn, one right under the other.
 *
 * @param kept a row that is drawn wherever it is, so that the focus is not lost by scrolling: out of view, before
 * the others or after them
 */
export function drawnRows({ start, end }: Window, count: number, pinned: number): Drawn {
  const last = Math.min(end, count)
  const first = Math.max(0, Math.min(start, last - 1))
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i)
  if (pinned >= last && pinned < count) rows.push(pinned)
  const before = pinned >= 0 && pinned < first
  if (before) rows.unshift(pinned)
  return { rows, top: (before ? first - 1 : first) * ROW }
}
