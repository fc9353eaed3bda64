import { render, type VNode } from 'preact'
import type { Key } from './row-layout'

interface Line {
  readonly state: string
  readonly node: VNode
}

export interface DrawnLines {
  /** Begins to draw. Where `source` is another object than before, every line is made anew. */
  begin(source: object): void
  /**
   * Says what is to be drawn of an entry.
   *
   * @param state what it shows beside what follows from the source
   * @param make makes it where that is another state, or where it was not drawn the last time
   */
  line(key: Key, state: string, make: () => VNode): void
  /**
   * Draws the lines that were made since the last time, and removes those that are not wanted any more.
   *
   * @param slots an element for each line, in the order in which they were named
   */
  draw(slots: Iterable<Element>): void
}

/**
 * Keeps the lines that are drawn, so that scrolling makes only those that come into view. Each of them is a tree of its own for
 * Preact: where a component in a tree is not rendered again, what the tree was before stays in memory, and through it each row
 * that was ever drawn beside another one.
 */
export function createDrawnLines(): DrawnLines {
  let of: object | null = null
  let before = new Map<Key, Line>()
  let now = new Map<Key, Line>()
  // A new one each time: with one for all time, twice as much survives the small collections while scrolling (docs/chromium.md).
  let drawn = new Map<Element, VNode>()
  return {
    begin(source) {
      before = source === of ? now : new Map()
      of = source
      now = new Map()
    },
    line(key, state, make) {
      const known = before.get(key)
      now.set(key, known?.state === state ? known : { state, node: make() })
    },
    draw(slots) {
      const lines = [...now.values()]
      const shown = new Map<Element, VNode>()
      for (const slot of slots) {
        const line = lines[shown.size]
        if (!line) break
        if (drawn.get(slot) !== line.node) render(line.node, slot)
        shown.set(slot, line.node)
      }
      for (const slot of drawn.keys()) if (!shown.has(slot)) render(null, slot)
      drawn = shown
    },
  }
}
