import { type FetchRecord, MAX_URL, type RecordsPage } from '../../protocol/attributes'
import type { BackgroundFetchRecord, BackgroundFetchRegistration } from './platform'
import { cut, errorText } from './snapshot'

const pending = Symbol('pending')

const settledNow = <T>(promise: Promise<T>): Promise<T | typeof pending> =>
  // A macrotask later, so that a response that is there already wins.
  Promise.race([promise, new Promise<typeof pending>((resolve) => setTimeout(resolve, 0, pending))])

const unanswered = (record: BackgroundFetchRecord, index: number): FetchRecord => ({
  index,
  method: cut(record.request.method, 200),
  url: cut(record.request.url, MAX_URL),
  state: 'pending',
  status: null,
  statusText: '',
  responseType: '',
  contentType: '',
  size: null,
  error: '',
})

/** Reads a record as it is once `ready` says what came, or that nothing has come yet. */
async function readRecord(
  record: BackgroundFetchRecord,
  index: number,
  ready: Promise<Response | typeof pending>,
): Promise<FetchRecord> {
  const base = unanswered(record, index)
  try {
    const response = await ready
    if (response === pending) return base
    const length = response.headers.get('content-length')
    return {
      ...base,
      state: 'ready',
      status: response.status,
      statusText: cut(response.statusText, 200),
      responseType: response.type,
      contentType: cut(response.headers.get('content-type') ?? '', 200),
      size: length !== null && /^\d+$/.test(length) ? Number(length) : null,
    }
  } catch (error) {
    return { ...base, state: 'failed', error: errorText(error) }
  }
}

/**
 * Reads a window of the records of a fetch: method, URL, and status, type and size where a response is
 * there. Bodies are never read. `matchAll()` rejects once the records are released.
 *
 * @param came is told of each response that comes later, or fails to
 */
export async function readRecords(
  registration: BackgroundFetchRegistration,
  offset: number,
  limit: number,
  came?: (record: FetchRecord) => void,
): Promise<RecordsPage> {
  try {
    const all = await registration.matchAll()
    // A fetch has one at least: what was released meanwhile is not told as nothing.
    if (all.length === 0) return { ok: false, reason: 'The records were released while they were read.' }
    const records = await Promise.all(
      all
        .slice(offset, offset + limit)
        .map((record, i) => readRecord(record, offset + i, settledNow(record.responseReady))),
    )
    if (came) {
      for (const { index, state } of records) {
        const record = all[index]
        if (record && state === 'pending') void readRecord(record, index, record.responseReady).then(came)
      }
    }
    return { ok: true, total: all.length, offset, records }
  } catch (error) {
    return { ok: false, reason: errorText(error) }
  }
}
