import type { Key } from './virtual'

/** What a line of the log asks the log for; the same functions for as long as the log is there. */
export interface LineActions {
  /** It has the focus now. */
  focused(key: Key): void
  toggle(key: Key): void
  /** Gives the focus to it. */
  focus(key: Key): void
}

export interface LineProps {
  readonly index: number
  /** Changes when it may tell something else. */
  readonly revision: number
  /** Tab leads to it. */
  readonly current: boolean
  readonly actions: LineActions
}
