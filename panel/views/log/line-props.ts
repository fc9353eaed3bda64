/** What a line of the log gets. */
export interface LineProps {
  readonly index: number
  /** Tab leads to it. */
  readonly current: boolean
}
