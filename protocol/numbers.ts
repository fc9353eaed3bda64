import * as v from 'valibot'

const DAY = 24 * 60 * 60_000

/** The latest time that is taken: the year 2200, which a `Date` can hold and a table can show. */
const MAX_TIME = Date.UTC(2200)
const MAX_DURATION = 366 * DAY
const MAX_COUNT = 1_000_000_000
const MAX_ITEMS = 20_000

/** A clock reading in epoch milliseconds, with fractions. */
export const Time = v.pipe(
  v.number(),
  v.check((at) => at >= 0 && at <= MAX_TIME, 'not a time'),
)

/** How long something took, in milliseconds with fractions. */
export const Duration = v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_DURATION))

/** How many there are of something, or which one it is when counted from 0. */
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_COUNT))

/** The same, counted from 1. */
export const Ordinal = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_COUNT))

/** A number of bytes. Up to 2⁶⁴, as a page can give any `unsigned long long` as `downloadTotal`. */
export const Bytes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 64))

/** A size that need not be known: one that can't be is not known. */
export const Size = v.fallback(v.nullable(Bytes), null)

/** An HTTP status; 0 of a response that may not be read. */
export const Status = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999))

/** The number of an event of its producer, which counts from 1 without gaps. */
export const Seq = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER))

/** So many things of a kind as no producer sends more of at a time. */
export const List = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.maxLength(MAX_ITEMS))

/** How far the clocks of two contexts may differ when the system's clock was set. */
const AHEAD = DAY
/** How old a report may be: `performance.now()` stands still while a machine sleeps. */
const BEHIND = 30 * DAY

/**
 * Whether something that arrived now may have been observed at that time. What is not near its arrival would
 * stretch every time axis until nothing else can be seen on it.
 *
 * @param at the producer's clock, in epoch milliseconds
 * @param arrivedAt the receiver's clock, in epoch milliseconds
 */
export const isNearArrival = (at: number, arrivedAt: number): boolean =>
  at <= arrivedAt + AHEAD && at >= arrivedAt - BEHIND
