import type { FetchRecord } from '../../../protocol/attributes'
import type { BodyOf } from '../../../protocol/events'
import { originOf } from '../../../protocol/origin'
import { counted, t } from '../../i18n/i18n'
import { count, duration, oneLine, pathIn } from '../format'
import type { Row } from '../session/view'
import { requestsOf } from '../workers/event-requests'
import { unsentText } from './describe-request'
import { type Description, error, info, warning } from './description'

/** A request that a worker made while it handled an event: `POST /uploads/7/abort → 500, 80 ms`. */
export function workerRequest({ traced }: Row, body: BodyOf<'worker-request'>): Description {
  const { method, url, status, error: reason, took, late, event, byListeners = false } = body
  const name = t('row_worker_request')
  const where = oneLine(pathIn(url, originOf(traced?.worker?.url ?? '')), 300)
  const what = t(
    'worker_request_text',
    oneLine(method, 30),
    where,
    status === null ? (reason ? oneLine(reason, 200) : t('worker_request_pending')) : status,
    duration(took),
  )
  const notes = [
    late && (status !== null || reason) ? t('worker_request_late') : '',
    event === null ? t('worker_request_ambiguous') : byListeners ? '' : t('worker_request_async'),
  ]
  const text = [what, ...notes].filter(Boolean).join('; ')
  if (status === null) return (reason ? error : warning)(name, text)
  return (status >= 400 || late ? warning : info)(name, text)
}

/** So many more requests were made. */
export const workerRequestsCounted = (body: BodyOf<'worker-requests-counted'>): Description =>
  info(t('row_worker_requests'), t(counted(body.count, 'worker_requests'), count(body.count)))

/** The requests of a fetch that failed at once, as its worker read them. */
export function requestsRead({ fetch }: Row, body: BodyOf<'event-requests'>): Description {
  const name = t('row_requests_read')
  const records = fetch ? requestsOf(fetch, body).records : []
  const unsent = (record: FetchRecord) => unsentText(record, fetch?.scope ?? '')
  const kept = records.find((record) => unsent(record) !== '')
  const one = kept ?? records[0]
  if (!one) return info(name, '')
  const what = [`${one.method} ${oneLine(one.url, 300)}`, unsent(one)].filter(Boolean).join(': ')
  const more = body.total - 1
  const text = more > 0 ? t(counted(more, 'requests_and_more'), what, count(more)) : what
  return (kept ? error : info)(name, text)
}
