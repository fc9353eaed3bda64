import type { Entry } from '../../model/log/groups'
import { createHeights } from '../../model/log/heights'
import type { Entries } from '../../state/log/entries'

/** Height of a row that was not drawn yet, in pixels: of one line, or of two where the log is narrow. */
const LINE = 21
const TWO_LINES = 40
const NARROW = 520

export type Key = Entry['key']

/** Where each row of a list is, in CSS pixels, as far as rows were measured. */
export interface RowLayout {
  readonly list: readonly Entry[]
  /** Height of all rows together. */
  readonly total: number
  of(index: number): number
  /** Where a row begins. */
  top(index: number): number
  /** The row at this distance from the beginning; the last one for what lies after it. */
  at(distance: number): number
  /** Where a row is now that was at `hint`; -1 where it is not in the list any more. */
  find(key: Key, hint?: number): number
  /** Takes the list as it is now; returns whether it is another one. */
  update(now: Entries): boolean
  /** At another width rows have other heights: those that are drawn are to be measured anew. */
  resize(width: number): void
  /** A row was measured; returns whether its height is another one than was known. */
  measure(index: number, key: string | undefined, height: number): boolean
}

/** Lays a long list out. Nothing in it takes longer the longer the list is, except a new list. */
export function createRowLayout(): RowLayout {
  const heights = createHeights()
  /** Heights of rows that are not as high as was estimated: few, so that a new list is quickly laid out. */
  const measured = new Map<Key, number>()
  let list: readonly Entry[] = []
  let serial = -1
  let width = 0

  const estimate = () => (width <= NARROW ? TWO_LINES : LINE)

  const fill = (from: number) => {
    heights.cut(from)
    heights.lengthen(list.length, estimate())
    if (measured.size === 0) return
    for (let i = from; i < list.length; i++) {
      const height = measured.get(list[i]?.key ?? -1)
      if (height !== undefined) heights.set(i, height)
    }
  }

  return {
    get list() {
      return list
    },
    get total() {
      return heights.total
    },
    of: heights.of,
    top: heights.top,
    at: heights.at,
    find: (key, hint = 0) => (list[hint]?.key === key ? hint : list.findIndex((entry) => entry.key === key)),
    update(now) {
      if (now.serial === serial) return false
      list = now.list
      fill(now.serial === serial + 1 ? now.from : 0)
      serial = now.serial
      return true
    },
    resize(now) {
      if (width === now) return
      width = now
      measured.clear()
      fill(0)
    },
    measure(index, key, height) {
      const entry = list[index]
      if (!entry || String(entry.key) !== key || Math.abs(heights.of(index) - height) < 0.01) return false
      if (Math.abs(height - estimate()) < 0.01) measured.delete(entry.key)
      else measured.set(entry.key, height)
      heights.set(index, height)
      return true
    },
  }
}
