/** A half-open piece of a file: `start` is included, `end` is not. */
export type Piece = { start: number; end: number }

/**
 * Reads a Range header with one range. `undefined` means: answer with the whole file
 * (no header, another unit, several ranges); `'none'` means: 416, nothing of it exists.
 */
export function readRange(header: string | undefined, size: number): Piece | 'none' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!match || (!match[1] && !match[2])) return undefined
  if (!match[1]) {
    const last = Number(match[2])
    return last === 0 ? 'none' : { start: Math.max(0, size - last), end: size }
  }
  const start = Number(match[1])
  const end = match[2] ? Math.min(size, Number(match[2]) + 1) : size
  if (match[2] && Number(match[2]) < start) return undefined
  return start >= size ? 'none' : { start, end }
}
