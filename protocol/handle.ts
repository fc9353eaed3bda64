import * as v from 'valibot'

/**
 * Names one `BackgroundFetchRegistration` object that one bridge follows. Two handles may stand for the
 * same fetch (seen before and after a reload); the panel's model decides.
 */
export const Handle = v.pipe(v.string(), v.maxLength(200), v.brand('Handle'))
export type Handle = v.InferOutput<typeof Handle>

/** Names the fetch of an event in a worker, of which no page has a registration object. */
export const unlistedHandle = (worker: string, event: number): Handle =>
  v.parse(Handle, `unlisted:${worker}:${event}`)
