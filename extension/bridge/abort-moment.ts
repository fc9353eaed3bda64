import type { FetchAttributes } from '../../protocol/attributes'
import type { AbortMoment } from '../../protocol/planned-aborts'

/** What is known of a fetch that is followed. */
export interface Known {
  readonly id: string
  attributes: FetchAttributes
  responses: number
}

/** Whether the moment has come. */
export function isMet(moment: AbortMoment, { attributes, responses }: Known, elapsed: number): boolean {
  const { downloaded, downloadTotal } = attributes
  switch (moment.kind) {
    case 'bytes':
      return downloaded >= moment.bytes
    case 'percent':
      return downloadTotal > 0 && (downloaded / downloadTotal) * 100 >= moment.percent
    case 'responses':
      return responses >= moment.count
    case 'first-byte':
      return downloaded > 0
    case 'time':
      return elapsed >= moment.ms
  }
}

/** Chromium crashes when a fetch is aborted while a body is being sent; see docs/chromium.md. */
export const isSending = ({ attributes }: Known) => attributes.uploaded < attributes.uploadTotal
