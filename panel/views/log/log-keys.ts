import { type Entry, isHeading } from '../../model/log/groups'
import type { Key } from './row-layout'
import { copyRow } from './row-menu'

/** A line of the log in the document. */
export interface Line {
  readonly slot: HTMLElement
  readonly index: number
  readonly entry: Entry
}

/** What keys do with lines of the log. */
export interface LineActions {
  readonly length: number
  /** Goes to a line, or to the first or last one. */
  go(index: number): void
  /** The line that is one view above or below another. */
  page(index: number, direction: -1 | 1): number
  focus(key: Key): void
  isOpen(entry: Entry): boolean
  toggle(key: Key): void
  /** Goes to what is in an open line. */
  enter(line: Line): void
  /** Goes to the head that a row stands under. */
  leave(entry: Entry): void
  select(entry: Entry): void
}

/** Does what a key does that was pressed in a line. */
export function onLineKey(event: KeyboardEvent, line: Line, actions: LineActions): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return
  const { index, entry } = line
  const { go, page, focus, isOpen, toggle } = actions
  const inside = event.target instanceof HTMLElement && event.target.role !== 'row'
  switch (event.key) {
    case 'ArrowDown':
      go(index + 1)
      break
    case 'ArrowUp':
      go(index - 1)
      break
    case 'PageDown':
      go(Math.max(index + 1, page(index, 1)))
      break
    case 'PageUp':
      go(Math.min(index - 1, page(index, -1)))
      break
    case 'Home':
      go(0)
      break
    case 'End':
      go(actions.length - 1)
      break
    case 'ArrowRight':
      if (isOpen(entry)) actions.enter(line)
      else toggle(entry.key)
      break
    case 'ArrowLeft':
      if (inside) focus(entry.key)
      else if (isOpen(entry)) toggle(entry.key)
      else actions.leave(entry)
      break
    case 'Enter':
    case ' ':
      if (inside) return
      actions.select(entry)
      break
    case 'c':
      if (isHeading(entry)) return
      void copyRow(entry)
      break
    default:
      return
  }
  event.preventDefault()
}
