import type { VNode } from 'preact'
import type { Key } from './row-layout'

interface Drawn {
  readonly state: string
  readonly line: VNode
}

export interface DrawnLines {
  /** Begins to draw. Where `source` is another object than before, every line is made anew. */
  begin(source: object): void
  /**
   * The line of an entry.
   *
   * @param state what it shows beside what follows from the source
   * @param make makes it where that is another state, or where it was not drawn the last time
   */
  line(key: Key, state: string, make: () => VNode): VNode
}

/**
 * Keeps the lines that are drawn, so that scrolling makes only those that come into view: what is the same object as the last
 * time is not looked at again.
 */
export function createDrawnLines(): DrawnLines {
  let of: object | null = null
  let before = new Map<Key, Drawn>()
  let now = new Map<Key, Drawn>()
  return {
    begin(source) {
      before = source === of ? now : new Map()
      of = source
      now = new Map()
    },
    line(key, state, make) {
      const known = before.get(key)
      const drawn = known?.state === state ? known : { state, line: make() }
      now.set(key, drawn)
      return drawn.line
    },
  }
}
