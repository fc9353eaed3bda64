import { useLayoutEffect, useReducer, useState } from 'preact/hooks'
import type { Entry } from '../../model/log/groups'
import { createHeights } from '../../model/log/heights'
import type { Entries } from '../../state/log/entries'
import { followsEnd, isNearEnd } from '../at-end'

/** Rows that are drawn above and below what is in view. */
const MORE = 8
/** Height of a row that was not drawn yet, in pixels: of one line, or of two where the log is narrow. */
const LINE = 21
const TWO_LINES = 40
const NARROW = 520
/** The browser scrolls to whole pixels. */
const ROUNDING = 1

export type Key = Entry['key']

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

/** The part of a long list that is in view. Nothing in it takes longer the longer the list is, except a new list. */
function createView(redraw: () => void) {
  const heights = createHeights()
  /** Heights of rows that are not as high as was estimated: few, so that a new list is quickly laid out. */
  const measured = new Map<Key, number>()
  let list: readonly Entry[] = []
  let serial = -1
  let element: HTMLElement | null = null
  let top = 0
  let view = 0
  let width = 0
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

  const estimate = () => (width <= NARROW ? TWO_LINES : LINE)

  const fill = (from: number) => {
    heights.cut(from)
    const usual = estimate()
    for (let i = from; i < list.length; i++) {
      heights.push((measured.size > 0 && measured.get(list[i]?.key ?? -1)) || usual)
    }
  }

  /** Where a row is now that was at `hint`. */
  const find = (key: Key, hint = 0): number =>
    list[hint]?.key === key ? hint : list.findIndex((entry) => entry.key === key)

  const here = () => aim ?? top

  const range = (): [number, number] => [
    Math.max(0, heights.at(here()) - MORE),
    Math.min(list.length, heights.at(here() + view) + MORE + 1),
  ]

  const look = () => {
    const index = heights.at(top)
    const entry = list[index]
    anchor = entry ? { key: entry.key, index, above: top - heights.top(index) } : null
  }

  /** At the end, or where the reader was, whatever came or grew above. */
  const due = (): number | null => {
    if (atEnd) return top + view < heights.total - 0.5 || top > heights.total ? heights.total - view : null
    const index = anchor ? find(anchor.key, anchor.index) : -1
    if (!anchor || index === -1) return null
    const place = heights.top(index) + anchor.above
    return Math.abs(place - top) < 0.5 ? null : place
  }

  const read = ({ scrollTop }: Element) => {
    top = scrollTop
    least = heights.total
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
    if (width !== element.clientWidth) {
      width = element.clientWidth
      // At another width rows have other heights; those that are drawn are measured anew.
      measured.clear()
      fill(0)
    }
    redraw()
  })

  const rows = new ResizeObserver((changes) => {
    let changed = false
    for (const { target, borderBoxSize } of changes) {
      if (!target.isConnected) {
        rows.unobserve(target)
        continue
      }
      const { index: at, key } = (target as HTMLElement).dataset
      const index = Number(at)
      const entry = list[index]
      const height = borderBoxSize[0]?.blockSize ?? 0
      if (!entry || String(entry.key) !== key || Math.abs(heights.of(index) - height) < 0.01) continue
      if (Math.abs(height - estimate()) < 0.01) measured.delete(entry.key)
      else measured.set(entry.key, height)
      heights.set(index, height)
      changed = true
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
        const entry = list[index]
        return entry ? [{ index, entry, top: heights.top(index) }] : []
      })
    },
    get size() {
      return heights.total
    },
    get atEnd() {
      return atEnd || heights.total <= view
    },
    get first() {
      const index = heights.at(here())
      return heights.top(index) < here() - 1 ? Math.min(index + 1, list.length - 1) : index
    },
    indexOf: find,
    page: (index, direction) => heights.at(Math.max(0, heights.top(index) + direction * view)),
    reveal(index) {
      arrive()
      const start = heights.top(index)
      const end = start + heights.of(index)
      atEnd = index === list.length - 1
      if (atEnd) scrollTo(heights.total)
      else if (start < top) scrollTo(start)
      else if (end > top + view) scrollTo(end - view)
    },
    toEnd() {
      atEnd = true
      scrollTo(heights.total)
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
      if (now.serial !== serial) {
        list = now.list
        fill(now.serial === serial + 1 ? now.from : 0)
        serial = now.serial
        if (heights.total <= view) atEnd = true
      }
      // Where the row at the edge went, as by a filter, what stands there now stays there.
      if (!atEnd && anchor && find(anchor.key, anchor.index) === -1) look()
      held =
        anchorKey === null
          ? null
          : { key: anchorKey, index: find(anchorKey, held?.key === anchorKey ? held.index : 0) }
      least = Math.min(least, heights.total)
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
 * @param keep a row that stays drawn wherever it is, as it has the focus
 */
export function useVirtual(entries: Entries, anchorKey: Key | null): Virtual {
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const [view] = useState(() => createView(() => redraw(0)))
  view.update(entries, anchorKey)
  useLayoutEffect(() => view.settle())
  return view.api
}
