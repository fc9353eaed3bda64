import type { SessionEvent } from '../../../protocol/events'
import { type Brand, type Envelope, FORMAT, type Redactions, type SiteMatching, VERSION } from './envelope'
import { redact } from './redact'
import { eachOf, part, type Steps } from './steps'

/** What writes a file: its versions and its time. */
export interface Writer {
  readonly extension: string
  readonly browser: readonly Brand[]
  /** Epoch milliseconds. */
  readonly now: number
  /** The matching rules of an origin. */
  readonly matchingOf?: (storageKey: string) => readonly SiteMatching['rules'][number][]
}

/** What a session is, in short. */
export interface Summary {
  readonly count: number
  /** Epoch milliseconds of its first and last event; 0 when there is none. */
  readonly from: number
  readonly to: number
  /** Bytes of a file of it, about. */
  readonly size: number
}

/** How many events are measured to tell the size of all. */
const SAMPLE = 500

/** What would be in a file of these events. */
export function summary(events: readonly SessionEvent[]): Summary {
  let from = Number.POSITIVE_INFINITY
  let to = 0
  for (const { at } of events) {
    from = Math.min(from, at)
    to = Math.max(to, at)
  }
  const step = Math.max(1, Math.floor(events.length / SAMPLE))
  let measured = 0
  let bytes = 0
  for (let i = 0; i < events.length; i += step) {
    bytes += JSON.stringify(events[i]).length
    measured++
  }
  const size = measured === 0 ? 0 : Math.round((bytes / measured) * events.length)
  return { count: events.length, from: events.length > 0 ? from : 0, to, size }
}

const hostOf = (url: string): string => {
  try {
    return new URL(url).host
  } catch {
    return ''
  }
}

/** The host of the page that was looked at last; '' where none was. */
export function pageHost(events: readonly SessionEvent[]): string {
  const last = events.findLast(({ body }) => body.type === 'navigated' || (body.type === 'frame' && body.top))
  return last && 'url' in last.body ? hostOf(last.body.url) : ''
}

const pad = (value: number) => String(value).padStart(2, '0')

/** A local time that a file may be called by. */
function stamp(at: number): string {
  const date = new Date(at)
  const day = [date.getFullYear(), pad(date.getMonth() + 1), pad(date.getDate())].join('-')
  return `${day}T${[pad(date.getHours()), pad(date.getMinutes()), pad(date.getSeconds())].join('-')}`
}

/** A session as a file: its name, and its text in parts, as one text may be too long for the engine. */
export function* writeSession(
  events: readonly SessionEvent[],
  redacted: Redactions,
  { extension, browser, now, matchingOf = () => [] }: Writer,
): Steps<{ name: string; parts: string[] }> {
  const host = pageHost(events)
  const origins = new Set(events.map(({ storageKey }) => storageKey).filter((key) => key !== null))
  const matching = [...origins]
    .map((storageKey) => ({ storageKey, rules: [...matchingOf(storageKey)] }))
    .filter(({ rules }) => rules.length > 0)
  const safe = yield* part(0, 0.8, redact(events, { title: host, matching }, redacted))
  const envelope: Envelope = {
    format: FORMAT,
    version: VERSION,
    extension,
    browser: [...browser],
    exportedAt: new Date(now).toISOString(),
    title: safe.title.slice(0, 1000),
    redacted,
    matching: [...safe.matching],
  }
  const head = JSON.stringify(envelope, null, 2).replace(/\n}$/, ',\n  "events": [')
  const lines: string[] = []
  const line = (event: SessionEvent, i: number) =>
    void lines.push(`${i === 0 ? '' : ','}\n    ${JSON.stringify(event)}`)
  yield* part(0.8, 1, eachOf(safe.events, line))
  const safeHost = host.replace(/[^a-z0-9.-]+/gi, '-').slice(0, 60)
  const called = redacted.hosts ? 'redacted' : safeHost || 'tab'
  return { name: `background-fetch-${called}-${stamp(now)}.json`, parts: [head, ...lines, '\n  ]\n}\n'] }
}
