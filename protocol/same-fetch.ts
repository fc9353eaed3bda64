import type { FetchAttributes } from './attributes'
import type { BodyOf } from './events'

/**
 * Whether an object that was just got may stand for a fetch of its name that is known to be live: it ran before
 * it was seen, and nothing of it has moved back.
 */
export const continues = (known: FetchAttributes, { already, attributes }: BodyOf<'fetch-seen'>): boolean =>
  already &&
  attributes.downloadTotal === known.downloadTotal &&
  attributes.downloaded >= known.downloaded &&
  attributes.uploaded >= known.uploaded
