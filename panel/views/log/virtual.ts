import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core'
import { useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks'

/** How near to its end, in pixels, a list counts as being at its end. */
const AT_END = 8

export interface Virtual {
  readonly scroll: { current: HTMLDivElement | null }
  readonly items: readonly VirtualItem[]
  readonly size: number
  /** The reader is at the bottom, or was before rows came. */
  readonly atEnd: boolean
  measure(element: Element | null): void
  toEnd(): void
}

/**
 * Draws only the rows that are in view, each as high as it is. Follows the end while the reader is there,
 * and never moves what the reader looks at while they are further up.
 */
export function useVirtual(count: number, estimate: number, keyOf: (index: number) => number): Virtual {
  const scroll = useRef<HTMLDivElement>(null)
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const atEnd = useRef(true)
  const options = {
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => estimate,
    getItemKey: keyOf,
    overscan: 12,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw(0),
  }
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, Element>(options))
  virtualizer.setOptions(options)

  useLayoutEffect(() => virtualizer._didMount(), [virtualizer])
  useLayoutEffect(() => virtualizer._willUpdate())
  const size = virtualizer.getTotalSize()
  useLayoutEffect(() => {
    if (atEnd.current && scroll.current) scroll.current.scrollTop = scroll.current.scrollHeight
  }, [size, count])

  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    const noticeEnd = () => {
      const near = element.scrollHeight - element.scrollTop - element.clientHeight < AT_END
      if (near === atEnd.current) return
      atEnd.current = near
      redraw(0)
    }
    element.addEventListener('scroll', noticeEnd, { passive: true })
    return () => element.removeEventListener('scroll', noticeEnd)
  }, [])

  return {
    scroll,
    items: virtualizer.getVirtualItems(),
    size,
    atEnd: atEnd.current,
    measure: virtualizer.measureElement,
    toEnd() {
      atEnd.current = true
      if (scroll.current) scroll.current.scrollTop = scroll.current.scrollHeight
      redraw(0)
    },
  }
}
