import { useLayoutEffect, useRef } from 'preact/hooks'
import { followsEnd } from '../at-end'
import { useRowsInView } from '../rows-in-view'

/** Rows above and below that are drawn although they are not in view. */
const SPARE = 2

export interface Viewport {
  readonly scroll: { current: HTMLDivElement | null }
  /** Width of what scrolls, in CSS pixels; 0 until it is known. */
  readonly width: number
  readonly height: number
  /** The first row that is drawn, and the one after the last. */
  readonly first: number
  readonly end: number
  /** How many rows are in view. */
  readonly page: number
  /** Brings a row into view, unless it is. */
  show(index: number): void
}

/** Which rows of a list of equal heights are in view. Follows its end while the reader is there. */
export function useViewport(count: number, row: number): Viewport {
  const scroll = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const last = useRef(0)
  const { start, end, width, height } = useRowsInView(scroll, row, SPARE)

  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    const onScroll = () => {
      const { scrollTop } = element
      atEnd.current = followsEnd(element, atEnd.current, last.current)
      last.current = scrollTop
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [])

  useLayoutEffect(() => {
    const element = scroll.current
    if (element && atEnd.current) element.scrollTop = element.scrollHeight
  }, [count, height])

  return {
    scroll,
    width,
    height,
    first: start,
    end: Math.min(count, end),
    page: Math.max(1, Math.floor(height / row)),
    show(index) {
      const element = scroll.current
      if (!element) return
      const top = index * row
      const lowest = top + row - element.clientHeight
      if (element.scrollTop > top) element.scrollTop = top
      else if (element.scrollTop < lowest) element.scrollTop = lowest
    },
  }
}
