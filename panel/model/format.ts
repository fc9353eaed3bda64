import { language } from '../i18n/i18n'
import { visible } from '../i18n/visible'

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

const grouped = new Intl.NumberFormat(language)
const clock = new Intl.DateTimeFormat(language, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
})

const point = grouped.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.'

/** Five times as fast as Intl, which has said what stands between the digits; a log has 100,000 of them. */
const fixed = (value: number, digits: number): string => value.toFixed(digits).replace('.', point)

/** A whole number, its digits in groups. */
export const count = (value: number): string => grouped.format(value)

/** Bytes as DevTools writes them: decimal units, one digit after the point below a hundred. */
export function bytes(count: number): string {
  let value = count
  let unit = 0
  // What would be rounded up to 1000 is written in the next unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${fixed(value, unit === 0 || value >= 99.95 ? 0 : 1)} ${units[unit]}`
}

/** A span in milliseconds, in the largest unit that keeps it readable. */
export function duration(ms: number): string {
  // Each bound is where rounding would reach the next unit.
  if (ms < 9.95) return `${fixed(ms, 1)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_995) return `${fixed(ms / 1000, 2)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** The same for what may last for days. */
export function longDuration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 60) return duration(ms)
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** About how long, in one unit. */
export function roughDuration(ms: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
  ] as const
  const [size, name] = units.find(([size]) => ms >= size) ?? ([1000, 's'] as const)
  return `${Math.round(ms / size)} ${name}`
}

const secondClock = new Intl.DateTimeFormat(language, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** Local time of day with seconds. */
export const secondOfDay = (at: number): string => secondClock.format(at)

const dateClock = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })

/** Local date and time of day with minutes. */
export const dateAndTime = (at: number): string => dateClock.format(at)

/** The same of a span of time. */
export const dateAndTimeRange = (from: number, to: number): string => dateClock.formatRange(from, to)

/** Local time of day with milliseconds. */
export const timeOfDay = (at: number): string => clock.format(at)

/** How much of a long id's end is always shown, in characters, unless a number with an extension is longer. */
const TAIL = 8
/** How long a short text is at most, in characters. */
const SHORT = 2 * TAIL

/** A number at the end of a name, with what separates it and the extension of a file: "-1.webmanifest". */
const NUMBER = /[-_.:# ]?\d{1,7}(?:\.[a-z]\w{0,11})?$/i

/** `done` of `total` as a percentage without digits; null when the total is not known. */
export const percent = (done: number, total: number): number | null =>
  total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : null

const letters = new Intl.Segmenter()

/**
 * One line in two parts, of which the first may be cut where there is little room: ids often differ at their ends only. The
 * second of a short text is the number at its end, with an extension of at most 12 ASCII characters, or ''. Of a longer text it is
 * that number or the last eight characters, whichever is longer. Together they are not longer than `limit` characters.
 */
export function inTwo(text: string, limit = 80): readonly [head: string, tail: string] {
  const line = oneLine(text, Number.POSITIVE_INFINITY)
  const [number = ''] = NUMBER.exec(line) ?? []
  if (line.length <= SHORT) {
    return number.length < line.length ? [line.slice(0, line.length - number.length), number] : [line, '']
  }
  // No letter is taken apart; a flag or a family is up to 14 characters.
  const last = [...letters.segment(line.slice(-4 * TAIL))].map(({ segment }) => segment)
  const most = number.length <= Math.min(SHORT, limit - 1) ? Math.max(TAIL, number.length) : TAIL
  let tail = ''
  while (last.length > 0 && tail.length + (last.at(-1)?.length ?? 0) <= most) tail = last.pop() + tail
  return [oneLine(line.slice(0, line.length - tail.length), limit - tail.length), tail]
}

/** A URL of the origin that the storage key names is shown by its path, another one whole. */
export function pathIn(url: string, storageKey: string): string {
  const [origin] = /^https?:\/\/[^/ ]+/.exec(storageKey) ?? []
  return origin !== undefined && url.startsWith(`${origin}/`) ? url.slice(origin.length) : url
}

/** The last part of a URL's path with its query and fragment: what differs between the requests of a fetch. */
export function lastPart(url: string): string {
  const end = url.search(/[?#]/)
  const path = end === -1 ? url : url.slice(0, end)
  const last = path.replace(/^[a-z]+:\/\/[^/]*\/?/i, '').match(/[^/]*\/?$/)?.[0]
  return last ? `${last}${url.slice(path.length)}` : url
}

/** One line in which nothing hides, however the text was written, and not longer than `limit` characters. */
export function oneLine(text: string, limit = 200): string {
  const line = visible(text.replace(/[\t-\r ]+/g, ' '))
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line
}
