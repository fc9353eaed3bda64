/** Bytes that had moved at one moment. */
export interface Sample {
  readonly at: number
  readonly downloaded: number
  readonly uploaded: number
}
