import * as v from 'valibot'

/** The longest text that is read for the panel, in characters. */
export const MAX_PAGE_TEXT = 20_000_000

/** More requests of a fetch are not read. */
export const MAX_SEEN_REQUESTS = 500

const field = v.pipe(v.string(), v.maxLength(16_384))

/** A request of a fetch, as far as it can be read: its body can't. */
export const SeenRequest = v.object({
  method: v.pipe(v.string(), v.maxLength(200)),
  url: v.pipe(v.string(), v.maxLength(MAX_PAGE_TEXT)),
  headers: v.pipe(v.array(v.tuple([field, field])), v.maxLength(200)),
})
export type SeenRequest = v.InferOutput<typeof SeenRequest>
