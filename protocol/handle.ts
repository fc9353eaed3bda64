import * as v from 'valibot'

/**
 * Names one `BackgroundFetchRegistration` object that one bridge follows. Two handles may stand for the
 * same fetch (seen before and after a reload); the panel's model decides.
 */
export const Handle = v.pipe(v.string(), v.maxLength(200), v.brand('Handle'))
export type Handle = v.InferOutput<typeof Handle>

/** The handle that a bridge gives, whose reports have this producer; `n` counts its handles. */
export const handleOf = (producer: string, n: number): Handle => v.parse(Handle, `${producer}:${n}`)

/** Whether this producer's bridge gave a handle. */
export const isHandleOf = (handle: Handle, producer: string): boolean =>
  handle.slice(0, handle.lastIndexOf(':')) === producer

const UNLISTED = 'unlisted:'

/** Names the fetch of an event in a worker, of which no page has a registration object. */
export const unlistedHandle = (worker: string, event: number): Handle =>
  v.parse(Handle, `${UNLISTED}${worker}:${event}`)

export const isUnlistedHandle = (handle: Handle): boolean => handle.startsWith(UNLISTED)
