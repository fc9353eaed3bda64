import type { Budget } from './budget'

const SEED = 0x811c9dc5
const PRIME = 0x01000193
/** Characters of a text, or bytes of anything else, that are read at a stretch. */
const PIECE = 256 * 1024

/** Bytes of a Blob or buffer, or characters of a text, that are read for its digest at most. */
const MAX_CONTENT = 32 * 2 ** 20

/** The digest of no bytes, which {@link addBytes} begins with. */
export const NO_BYTES = SEED

/** The digest of some bytes, continued by more of them (FNV-1a). Two contents of one length that differ in one place never have the same. */
export function addBytes(hash: number, bytes: Uint8Array): number {
  let next = hash
  for (let i = 0; i < bytes.length; i++) next = Math.imul(next ^ (bytes[i] ?? 0), PRIME)
  return next >>> 0
}

function addText(hash: number, text: string, from = 0, to = text.length): number {
  let next = hash
  for (let i = from; i < to; i++) next = Math.imul(next ^ text.charCodeAt(i), PRIME)
  return next >>> 0
}

/** The digest of a text and its length; with `seed`, of what came before it too. Reads all of it at once. */
export const digestText = (text: string, seed = SEED): number =>
  addText(Math.imul(seed ^ text.length, PRIME), text)

/** The bytes of a buffer or of a view on one. */
export const bytesOf = (value: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value)

/** What may be too large to be read at a stretch. */
export type Content = string | Uint8Array | Blob

const lengthOf = (content: Content): number => (content instanceof Blob ? content.size : content.length)

/**
 * The digest of all of a content, read piece by piece, so that the page gets its turn between them. Of bytes it is the
 * same number whatever holds them.
 *
 * @returns null where it is larger than 32 MB, can't be read, or the budget does not allow it
 */
export async function digestOf(content: Content, budget: Budget): Promise<number | null> {
  const length = lengthOf(content)
  if (length > MAX_CONTENT || !budget.spend(length)) return null
  let hash = typeof content === 'string' ? digestText('') : NO_BYTES
  try {
    for (let from = 0; from < length; from += PIECE) {
      await budget.turn()
      if (budget.over) return null
      const to = Math.min(length, from + PIECE)
      if (typeof content === 'string') hash = addText(hash, content, from, to)
      else if (content instanceof Blob) {
        hash = addBytes(hash, new Uint8Array(await content.slice(from, to).arrayBuffer()))
      } else hash = addBytes(hash, content.subarray(from, to))
    }
    return hash
  } catch {
    // What holds it was deleted or overwritten meanwhile.
    return null
  }
}
