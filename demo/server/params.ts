/** A request that makes no sense; the server answers 400 with the message. */
export class BadRequest extends Error {}

const LIMITS = {
  size: [44, 2 ** 31],
  rate: [0, 2 ** 31],
  delay: [0, 600_000],
  status: [200, 599],
  drop: [0, 2 ** 31],
  length: [0, 2 ** 31],
} as const

type NumberName = keyof typeof LIMITS

/** Reads a whole number from the query; undefined when it is not there. */
export function readNumber(query: URLSearchParams, name: NumberName): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const [low, high] = LIMITS[name]
  const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= low && value <= high)) {
    throw new BadRequest(`${name} must be a whole number from ${low} to ${high}`)
  }
  return value
}

/** Reads a switch such as `cors=1`. */
export function readSwitch(query: URLSearchParams, name: string): boolean {
  const text = query.get(name)
  if (text === null || text === '0') return false
  if (text === '1') return true
  throw new BadRequest(`${name} must be 0 or 1`)
}
