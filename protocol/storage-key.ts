/**
 * A storage key names whose storage it is: an origin, and the top-level site where the browser keeps the storage of its frames
 * apart: `https://a.example in https://b.example`.
 */
const PARTITION = ' in '

/** The storage key of an origin whose frame is in a page of another site; of one that is not partitioned, it is the origin. */
export const partitionedKey = (origin: string, site: string): string => `${origin}${PARTITION}${site}`

/** The origin of a storage key. */
export const originOfKey = (storageKey: string): string => storageKey.split(PARTITION, 1)[0] ?? ''

export const isPartitioned = (storageKey: string): boolean => storageKey.includes(PARTITION)
