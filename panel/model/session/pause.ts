/** A time in which a run of a worker was paused in the debugger, in epoch milliseconds. */
export interface Pause {
  /** The run. */
  readonly worker: string
  /** null where only its end was seen. */
  readonly from: number | null
  /** null while it lasts. */
  to: number | null
  /** `from` is when it began, and not when it was noticed. */
  readonly seenBeginning: boolean
}
