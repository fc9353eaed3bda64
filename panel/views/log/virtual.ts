import { useLayoutEffect, useReducer, useState } from 'preact/hooks'
import type { Entry } from '../../model/log/groups'
import type { Entries } from '../../state/log/entries'
import { followsEnd, isNearEnd } from '../at-end'
import { createRowLayout, type Key } from './row-layout'

/** Rows that are drawn above and below what is in view. */
const MORE = 8
/** The browser scrolls to whole pixels. */
const ROUNDING = 1

/** A row to be drawn, and where. */
export interface Place {
  readonly index: number
  readonly entry: Entry
  readonly top: number
}

export interface Virtual {
  readonly scroll: (element: HTMLElement | null) => void
  /** For each element that is drawn; it has the row's index and key in its `dataset`. */
  readonly measure: (element: HTMLElement | null) => void
  places(): Place[]
  readonly size: number
  /** The reader is at the bottom, or was before rows came. */
  readonly atEnd: boolean
  /** The first row that is in view. */
  readonly first: number
  indexOf(key: Key): number
  /** The row that is one view above or below another. */
  page(index: number, direction: -1 | 1): number
  /** Brings a row into view. */
  reveal(index: number): void
  toEnd(): void
  /** Does not follow the end any more: a row is about to grow where the reader is. */
  hold(): void
}

/** The part of a long list that is in view. */
function createView(redraw: () => void) {
  const layout = createRowLayout()
  let element: HTMLElement | null = null
  let top = 0
  let view = 0
  let atEnd = true
  /** The least height that the list had since `top` was read: so far the browser may have scrolled it by itself. */
  let least = 0
  let drawn = ''
  /** Where the list is to be scrolled to before it is painted next; null where it may stay. */
  let aim: number | null = null
  let frame = 0
  /** The browser lays out a frame: what is to be scrolled has to be scrolled in it. */
  let inFrame = false
  /** The row that the reader looks at, and how far it stands above the edge. */
  let anchor: { key: Key; index: number; above: number } | null = null
  let held: { key: Key; index: number } | null = null

  const here = () => aim ?? top

  const range = (): [number, number] => [
    Math.max(0, layout.at(here()) - MORE),
    Math.min(layout.list.length, layout.at(here() + view) + MORE + 1),
  ]

  const look = () => {
    const index = layout.at(top)
    const entry = layout.list[index]
    anchor = entry ? { key: entry.key, index, above: top - layout.top(index) } : null
  }

  /** At the end, or where the reader was, whatever came or grew above. */
  const due = (): number | null => {
    if (atEnd) return top + view < layout.total - 0.5 || top > layout.total ? layout.total - view : null
    const index = anchor ? layout.find(anchor.key, anchor.index) : -1
    if (!anchor || index === -1) return null
    const place = layout.top(index) + anchor.above
    return Math.abs(place - top) < 0.5 ? null : place
  }

  const read = ({ scrollTop }: Element) => {
    top = scrollTop
    least = layout.total
  }

  /** Scrolls; what the document makes of it is what counts. */
  const scrollTo = (to: number) => {
    if (!element) return
    cancelAnimationFrame(frame)
    frame = 0
    aim = null
    element.scrollTop = to
    read(element)
    look()
    if (range().join() !== drawn) redraw()
  }

  const arrive = () => {
    frame = 0
    if (aim !== null) scrollTo(aim)
  }

  const onScroll = () => {
    if (!element) return
    const before = top
    // Where the pane became higher or the list shorter, the browser scrolled, and not the reader.
    const own = Math.min(before, least - element.clientHeight) - ROUNDING
    read(element)
    // The reader goes on from where the list is about to stand.
    if (aim !== null && !atEnd) return scrollTo(aim + top - before)
    look()
    if (isNearEnd(element) === atEnd && range().join() === drawn) return
    atEnd = followsEnd(element, atEnd, own)
    redraw()
  }

  const box = new ResizeObserver(() => {
    if (!element) return
    inFrame = true
    view = element.clientHeight
    layout.resize(element.clientWidth)
    redraw()
  })

  const rows = new ResizeObserver((changes) => {
    let changed = false
    for (const { target, borderBoxSize } of changes) {
      if (!target.isConnected) {
        rows.unobserve(target)
        continue
      }
      const { index, key } = (target as HTMLElement).dataset
      if (layout.measure(Number(index), key, borderBoxSize[0]?.blockSize ?? 0)) changed = true
    }
    if (!changed) return
    inFrame = true
    redraw()
  })

  const api: Virtual = {
    scroll(now) {
      element?.removeEventListener('scroll', onScroll)
      box.disconnect()
      element = now
      if (!element) return
      element.addEventListener('scroll', onScroll, { passive: true })
      box.observe(element)
    },
    measure(row) {
      if (row) rows.observe(row)
    },
    places() {
      const [start, end] = range()
      drawn = `${start},${end}`
      const indexes = Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i)
      if (held && held.index < start && held.index >= 0) indexes.unshift(held.index)
      else if (held && held.index >= end) indexes.push(held.index)
      return indexes.flatMap((index) => {
        const entry = layout.list[index]
        return entry ? [{ index, entry, top: layout.top(index) }] : []
      })
    },
    get size() {
      return layout.total
    },
    get atEnd() {
      return atEnd || layout.total <= view
    },
    get first() {
      const index = layout.at(here())
      return layout.top(index) < here() - 1 ? Math.min(index + 1, layout.list.length - 1) : index
    },
    indexOf: layout.find,
    page: (index, direction) => layout.at(Math.max(0, layout.top(index) + direction * view)),
    reveal(index) {
      arrive()
      const start = layout.top(index)
      const end = start + layout.of(index)
      atEnd = index === layout.list.length - 1
      if (atEnd) scrollTo(layout.total)
      else if (start < top) scrollTo(start)
      else if (end > top + view) scrollTo(end - view)
    },
    toEnd() {
      atEnd = true
      scrollTo(layout.total)
      redraw()
    },
    hold() {
      arrive()
      atEnd = false
      look()
    },
  }

  return {
    api,
    /** Takes the list as it is now. One row stays drawn wherever it is. */
    update(now: Entries, anchorKey: Key | null) {
      if (layout.update(now) && layout.total <= view) atEnd = true
      // Where the row at the edge went, as by a filter, what stands there now stays there.
      if (!atEnd && anchor && layout.find(anchor.key, anchor.index) === -1) look()
      held =
        anchorKey === null
          ? null
          : { key: anchorKey, index: layout.find(anchorKey, held?.key === anchorKey ? held.index : 0) }
      least = Math.min(least, layout.total)
      aim = due()
    },
    /** After drawing. To scroll is to lay out, so it is done once in a frame, however often rows come. */
    settle() {
      if (inFrame) {
        inFrame = false
        const reading = anchor
        if (aim !== null) scrollTo(aim)
        // Rows that were only estimated may leave the document too short yet for where the reader was.
        if (!atEnd) anchor = reading
        // A list that has become shorter was scrolled by the browser, and not by the reader.
        if (element) read(element)
      } else if (aim !== null) frame ||= requestAnimationFrame(arrive)
    },
  }
}

/**
 * Draws only the rows that are in view, each as high as it is. Follows the end while the reader is there,
 * and never moves what the reader looks at while they are further up.
 *
 * @param anchorKey a row that stays drawn wherever it is, as it has the focus
 */
export function useVirtual(entries: Entries, anchorKey: Key | null): Virtual {
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const [view] = useState(() => createView(() => redraw(0)))
  view.update(entries, anchorKey)
  useLayoutEffect(() => view.settle())
  return view.api
}
