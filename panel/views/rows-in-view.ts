import { useLayoutEffect, useState } from 'preact/hooks'

/** Rows by index: from `start` up to `end`. */
export interface Rows {
  readonly start: number
  readonly end: number
}

/** What is in view of a box that scrolls; its size in CSS pixels, 0 until it is known. */
export interface InView extends Rows {
  readonly width: number
  readonly height: number
}

/**
 * The rows of a list that are in view, where all are of one height, in CSS pixels.
 *
 * @param more rows that are drawn above and below those
 */
export const rowsInView = (
  { scrollTop, clientHeight }: Pick<Element, 'scrollTop' | 'clientHeight'>,
  row: number,
  more: number,
): Rows => ({
  start: Math.max(0, Math.floor(scrollTop / row) - more),
  end: Math.ceil((scrollTop + clientHeight) / row) + more,
})

/**
 * Follows which rows of one height are in view of a box that scrolls. Draws anew only when other rows are, or when
 * the box has another size.
 *
 * @param looked called each time the box was looked at
 */
export function useRowsInView(
  box: { readonly current: HTMLElement | null },
  row: number,
  more: number,
  looked?: (element: HTMLElement) => void,
): InView {
  const [view, setView] = useState<InView>({ start: 0, end: more, width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const { clientWidth: width, clientHeight: height } = element
      const { start, end } = rowsInView(element, row, more)
      setView((old) =>
        old.start === start && old.end === end && old.width === width && old.height === height
          ? old
          : { start, end, width, height },
      )
      looked?.(element)
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [row])
  return view
}
