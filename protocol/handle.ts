import * as v from 'valibot'

/**
 * Names one `BackgroundFetchRegistration` object that one bridge follows. Two handles may stand for the
 * same fetch (seen before and after a reload); the panel's model decides.
 */
export const Handle = v.pipe(v.string(), v.maxLength(200), v.brand('Handle'))
export type Handle = v.InferOutput<typeof Handle>
