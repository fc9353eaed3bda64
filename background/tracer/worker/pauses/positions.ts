/** A place in a script of a worker, counted from 0, as CDP does. */
export interface ScriptPosition {
  readonly scriptId: string
  readonly lineNumber: number
  readonly columnNumber: number
  /** What the function there calls its first parameter, where that is known. */
  readonly parameter?: string
}
