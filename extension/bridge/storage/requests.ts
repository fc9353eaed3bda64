import { type FetchRecord, hasFailed, type RecordsPage } from '../../../protocol/attributes'
import type { PageBody } from '../../../protocol/page-events'
import type { RequestOutcomes } from '../../../protocol/storage-events'
import { readRecords } from '../records'
import type { Follow } from '../watching/follow'

/** How many records of a fetch are read. */
const MAX_RECORDS = 500

/** What is known of the requests of one fetch. */
export interface Requests {
  /** Their URLs, of those with a fragment also without it, as caches name them; empty until they were read. */
  readonly urls: ReadonlySet<string>
  /** Reads them, and reports each response as it comes. Resolves when they were read. */
  read(): Promise<void>
  /** Reads them for the last time, right after the end, and reports what became of each. */
  conclude(): Promise<void>
  /** Reports what is known of each, as they can't be read any more. */
  concludeUnread(kind: 'released' | 'unregistered'): void
}

const hasCome = ({ state }: FetchRecord) => state === 'ready' || state === 'no-response'

/**
 * The fetch has ended: nothing is pending any more. A response that comes is reported before an abort is, so what was
 * still pending then never came.
 */
const ended = (record: FetchRecord, { failureReason }: Follow['registration']): FetchRecord =>
  record.state === 'pending'
    ? { ...record, state: failureReason === 'aborted' ? 'failed' : 'unknown' }
    : record

const keyOf = ({ method, url }: FetchRecord) => `${method} ${url}`

/**
 * The records at the end, with the responses that were known before where theirs can't be read any more. The browser
 * lists records in another order each time, so they are matched by method and URL.
 */
function merged(
  before: readonly FetchRecord[],
  atEnd: readonly FetchRecord[],
  registration: Follow['registration'],
): FetchRecord[] {
  const known = new Map<string, FetchRecord[]>()
  for (const record of before) {
    if (hasCome(record)) known.set(keyOf(record), [...(known.get(keyOf(record)) ?? []), record])
  }
  for (const record of atEnd) if (hasCome(record)) known.get(keyOf(record))?.pop()
  return atEnd.map((record) => {
    const old = hasCome(record) ? undefined : known.get(keyOf(record))?.pop()
    return old ? { ...old, index: record.index } : ended(record, registration)
  })
}

/**
 * Follows the requests of a fetch. What was once reported as answered stays so.
 *
 * @param already it ran when it was found: responses that are there are no news
 * @param seen gets all its requests, once they were read
 */
export function createRequests(
  followed: Follow,
  already: boolean,
  emit: (body: PageBody) => void,
  seen?: (all: readonly Request[]) => void,
): Requests {
  const { registration, handle } = followed
  let known: Extract<RecordsPage, { ok: true }> | undefined
  let urls: ReadonlySet<string> = new Set()
  let ready = 0
  let failed = 0
  let concluded = false
  const ending = new AbortController()

  const remember = (page: Extract<RecordsPage, { ok: true }>) => {
    known = page
    urls = new Set(page.records.flatMap(({ url }) => [url, url.replace(/#.*$/s, '')]))
  }

  const answered = (record: FetchRecord) => {
    if (!known || concluded) return
    const { records } = known
    records[record.index] = record
    ready++
    if (hasFailed(record)) failed++
    if (followed.stopped) return
    emit({ type: 'response-ready', handle, ready, failed, total: records.length, record })
  }

  const report = (total: number, records: FetchRecord[], problem: RequestOutcomes['problem']) => {
    if (concluded) return
    concluded = true
    ending.abort()
    emit({ type: 'request-outcomes', handle, total, records, problem })
  }

  const asKnown = (problem: RequestOutcomes['problem']) =>
    report(
      known?.total ?? 0,
      (known?.records ?? []).map((record) => ended(record, registration)),
      problem,
    )

  return {
    get urls() {
      return urls
    },
    async read() {
      const reading = readRecords(registration, 0, MAX_RECORDS, {
        came: (record) => void reading.then(() => answered(record)),
        requests: seen,
        until: ending.signal,
      })
      const page = await reading
      if (!page.ok || concluded) return
      remember(page)
      const there = page.records.filter(({ state }) => state !== 'pending')
      // What had come before a fetch was found is no news; of one that has just begun it is.
      if (already) {
        ready = there.length
        failed = there.filter(hasFailed).length
      } else for (const record of there) answered(record)
    },
    async conclude() {
      const page = await readRecords(registration, 0, MAX_RECORDS, { concluding: true, requests: seen })
      // A quick handler's event is over before the records can be read.
      if (!page.ok) {
        const { problem } = page
        return asKnown(problem.kind === 'error' ? problem : { kind: 'released' })
      }
      const records = merged(known?.records ?? [], page.records, registration)
      remember({ ...page, records })
      report(page.total, records, null)
    },
    concludeUnread: (kind) => asKnown({ kind }),
  }
}
