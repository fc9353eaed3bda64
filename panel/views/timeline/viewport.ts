import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { followsEnd } from '../at-end'

/** Lanes above and below that are drawn although they are not in view. */
const SPARE = 2

interface Box {
  readonly width: number
  readonly height: number
  readonly top: number
}

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
export function useViewport(count: number, height: number): Viewport {
  const scroll = useRef<HTMLDivElement>(null)
  const [box, setBox] = useState<Box>({ width: 0, height: 0, top: 0 })
  const atEnd = useRef(true)
  const last = useRef(0)

  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    const measure = () => {
      const { clientWidth, clientHeight, scrollTop } = element
      setBox((old) =>
        old.width === clientWidth && old.height === clientHeight && old.top === scrollTop
          ? old
          : { width: clientWidth, height: clientHeight, top: scrollTop },
      )
    }
    const onScroll = () => {
      const { scrollTop } = element
      atEnd.current = followsEnd(element, atEnd.current, last.current)
      last.current = scrollTop
      measure()
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    measure()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [])

  useLayoutEffect(() => {
    const element = scroll.current
    if (element && atEnd.current) element.scrollTop = element.scrollHeight
  }, [count, box.height])

  return {
    scroll,
    width: box.width,
    height: box.height,
    first: Math.max(0, Math.floor(box.top / height) - SPARE),
    end: Math.min(count, Math.ceil((box.top + box.height) / height) + SPARE),
    page: Math.max(1, Math.floor(box.height / height)),
    show(index) {
      const element = scroll.current
      if (!element) return
      const top = index * height
      const lowest = top + height - element.clientHeight
      if (element.scrollTop > top) element.scrollTop = top
      else if (element.scrollTop < lowest) element.scrollTop = lowest
    },
  }
}
