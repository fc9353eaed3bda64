/** What a line of the log is told. */
export interface LineProps {
  readonly index: number
  /** Tab leads to it. */
  readonly current: boolean
}
