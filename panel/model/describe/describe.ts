import type { FetchAttributes, FetchRecord } from '../../../protocol/attributes'
import type { BodyOf } from '../../../protocol/events'
import { counted, t } from '../../i18n/i18n'
import { isShort, promisedSize, responseSize } from '../audit/evidence/complete'
import { noSettings, type SiteSettings } from '../audit/site-settings'
import { bytes, count, duration, oneLine, pathIn, percent } from '../format'
import { isVerbose } from '../log/levels'
import { saysSinceOrigin } from '../log/time-origin'
import { endEvent, type FetchState, type Row } from '../session/view'
import { initiatorText } from './call-text'
import { databaseProblemText } from './database-text'
import { describeBaseline, describeChange, describeVerdict } from './describe-storage'
import { describeWorker } from './describe-worker'
import { type Description, error, info, warning } from './description'

const meaning: Record<FetchAttributes['failureReason'], string> = {
  '': '',
  aborted: '',
  'bad-status': t('reason_bad_status'),
  'fetch-error': t('reason_fetch_error'),
  'quota-exceeded': t('reason_quota_exceeded'),
  'download-total-exceeded': t('reason_download_total_exceeded'),
}

/** What the states of a fetch are called. */
export const stateName: Record<FetchState, string> = {
  queued: t('state_queued'),
  active: t('state_active'),
  settled: t('state_settled'),
  over: t('state_over'),
  unobserved: t('state_unobserved'),
  gone: t('state_gone'),
}

/** A URL of the page's own origin is shown by its path. */
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '')

/** How far a fetch is: `2.3 MB of 5.0 MB (46 %)`. */
export function progressText(attributes: FetchAttributes): string {
  const { downloaded, downloadTotal, uploaded, uploadTotal } = attributes
  const parts: string[] = []
  if (uploadTotal > 0) parts.push(t('progress_up', bytes(uploaded), bytes(uploadTotal)))
  const share = percent(downloaded, downloadTotal)
  if (share !== null) parts.push(t('progress_share', bytes(downloaded), bytes(downloadTotal), share))
  else if (downloaded > 0 || uploadTotal === 0) parts.push(t('progress_no_total', bytes(downloaded)))
  return parts.join(', ')
}

function settled(row: Row, { attributes }: BodyOf<'settled'>, timed: boolean): Description {
  const { result, failureReason, downloaded } = attributes
  if (result === 'success') {
    return info(t('row_settled_success'), t('row_settled_success_text', progressText(attributes)))
  }
  const name = t('row_settled_failure', failureReason)
  if (failureReason !== 'aborted') return error(name, t('row_settled_failure_text', meaning[failureReason]))
  const arrived = t('row_arrived', bytes(row.fetch?.arrived ?? downloaded))
  const elsewhere = t(row.fetch?.aborter ? 'row_settled_page' : 'row_settled_elsewhere')
  const how = row.after === null ? elsewhere : timed ? '' : t('after_abort', duration(row.after))
  return info(name, [how, arrived].filter(Boolean).join('; '))
}

/** The size of a response as far as it is known; one of an encoded body is marked as such. */
export function sizeText(record: FetchRecord): string {
  const size = responseSize(record)
  const { contentLength } = record
  if (isShort(record)) return t('size_short', bytes(size ?? 0), bytes(promisedSize(record) ?? 0))
  if (size !== null) return bytes(size)
  return record.encoded && contentLength !== null ? t('size_encoded', bytes(contentLength)) : ''
}

function responseReady(row: Row, { record, ready, total }: BodyOf<'response-ready'>): Description {
  const { method, url, state, status, contentType, error: reason } = record
  const what = `${method} ${oneLine(pathIn(url, row.event.storageKey ?? ''))}`
  const which = t('row_response_of', count(ready), count(total))
  if (state === 'no-response')
    return warning(t('row_response_failed'), `${what}: ${t('no_response')} ${which}`)
  // A network error is given as a response of status 0.
  if (state === 'failed' || (status === 0 && !record.responseType.startsWith('opaque'))) {
    const why = reason ? oneLine(reason) : t('row_response_none')
    return warning(t('row_response_failed'), `${what}: ${why} ${which}`)
  }
  // The answer to the first of several requests of one URL is given for all of them.
  const promised = record.bodySize === null && promisedSize(record) !== null
  // Its headers have come; how much of the body has is not known before the end.
  const length = row.note ? '' : sizeText(record)
  const size = promised && length ? t('size_promised', length) : length
  const known = [size, oneLine(contentType, 100)].filter(Boolean).join(', ')
  const redirected =
    record.redirected && record.responseUrl ? t('redirected_to', oneLine(record.responseUrl)) : ''
  const parts = [status === null ? what : `${status} ${what}`, known, redirected].filter(Boolean).join(', ')
  const text = [`${parts} ${which}`, row.note].filter(Boolean).join('; ')
  return (status ?? 0) < 400 ? info(t('row_response'), text) : warning(t('row_response'), text)
}

const endName = ({ fetch }: Row) => (fetch ? endEvent(fetch.attributes) : t('event_unknown'))

function eventOver(
  row: Row,
  { uncertainty, unregistered }: BodyOf<'event-over'>,
  timed: boolean,
): Description {
  if (unregistered) return warning(t('row_released'), t('row_released_unregistered'))
  const name = t('row_over', row.note || t('event_unknown'))
  if (row.after === null) return info(name, t('row_over_text'))
  const after = duration(row.after)
  // How late it was seen is to be said with what it is about.
  if (timed && uncertainty <= 50) return info(name, t('row_over_text'))
  if (uncertainty > 50) return info(name, t('row_over_late', after, duration(uncertainty)))
  return info(name, t('row_over_after', after))
}

function abortAnswered(row: Row, { outcome }: BodyOf<'abort-answered'>, timed: boolean): Description {
  const after = row.after === null || timed ? '' : t('after_abort', duration(row.after))
  switch (outcome.kind) {
    case 'resolved':
      return outcome.value
        ? info('abort() → true', [t('row_abort_taken'), after].filter(Boolean).join(', '))
        : warning('abort() → false', after ? t('row_abort_nothing_after', after) : t('row_abort_nothing'))
    case 'rejected':
      return error(t('row_abort_rejected'), outcome.error)
    case 'already-finished':
      return warning(t('row_abort_not_called'), t('row_abort_finished'))
    case 'page-gone':
      return error(t('row_abort_not_called'), t('page_gone'))
    case 'unanswered':
      return warning(t('row_abort_unanswered'), t('row_abort_unknown', t('page_left')))
  }
}

/** Why a frame shows nothing, or what is watched in it. */
export function frameText(frame: Omit<BodyOf<'frame'>, 'type'>): string {
  const url = oneLine(frame.url)
  const where = frame.top ? url : t('frame_in', url)
  if (frame.error) return t('frame_refuses', where, frame.error)
  if (!frame.secure) return t('frame_insecure', where)
  if (!frame.supported) return t('frame_unsupported', where)
  const scopes = frame.scopes.map((scope) => oneLine(scope)).join(', ')
  const text = scopes ? t('frame_scopes', where, scopes) : t('frame_no_worker', where)
  return frame.permission === 'denied' ? t('frame_denied', text) : text
}

export const unreachableText: Record<BodyOf<'unreachable'>['reason'], string> = {
  'browser-page': t('unreachable_browser_page'),
  store: t('unreachable_store'),
  withheld: t('unreachable_withheld'),
  policy: t('unreachable_policy'),
  file: t('unreachable_file'),
  failed: t('unreachable_failed'),
}

/** A number of events. */
export const eventsText = (number: number): string => t(counted(number, 'events'), count(number))

/** Why a recording came to its end. */
export const recordingEndText: Record<BodyOf<'keep-ended'>['why'], string> = {
  'switched-off': t('recording_switched_off'),
  'tab-closed': t('recording_tab_closed'),
  'tab-gone': t('recording_tab_gone'),
  restarted: t('recording_restarted'),
  'too-long': t('recording_too_long'),
}

/**
 * What a row of the log says; a verdict leaves out what is ignored on the site.
 *
 * @param timed the time since the fetch's abort or start stands beside it, and is not said again
 */
export function describe(row: Row, settings: SiteSettings = noSettings, timed = false): Description {
  const said = describeEvent(row, settings, timed && saysSinceOrigin(row))
  return said.level === 'info' && isVerbose(row) ? { ...said, level: 'verbose' } : said
}

function describeEvent(row: Row, settings: SiteSettings, timed: boolean): Description {
  const { body } = row.event
  if (row.kind === 'ended-unseen') {
    if (row.note) return info(t('row_ended_unseen'), t('row_gone_traced', row.note))
    return warning(t('row_ended_unseen'), t('row_ended_unseen_text'))
  }
  if (row.kind === 'not-traced') {
    return warning(t('row_not_traced', endName(row)), t('row_not_traced_text', row.note))
  }
  if (row.kind === 'stalled') return warning(t('row_stalled'), row.note)
  if (row.kind === 'restarted') return warning(t('row_restarted'), row.note)
  if (row.kind === 'verdict') return describeVerdict(row, settings)
  switch (body.type) {
    // These have no row of their own.
    case 'storage-snapshot':
    case 'request-outcomes':
    case 'inventory':
    case 'frame-gone':
    case 'cleared':
      return info(body.type, '')
    case 'storage-baseline':
      return describeBaseline(body)
    case 'storage-changed':
      return describeChange(row, body)
    case 'abort-requested':
      return info(t('row_abort_requested'), t('row_abort_requested_text'))
    case 'abort-answered':
      return abortAnswered(row, body, timed)
    case 'settled':
      return settled(row, body, timed)
    case 'event-over':
      return eventOver(row, body, timed)
    case 'fetch-seen': {
      const progress = progressText(body.attributes)
      return body.already
        ? info(t('row_found'), t('row_found_text', progress))
        : info(
            t('row_started'),
            [t('row_started_text', oneLine(pathOf(body.scope)), progress), initiatorText(row)]
              .filter(Boolean)
              .join('; '),
          )
    }
    case 'progress': {
      const progress = progressText(body.attributes)
      return info(
        t('row_progress'),
        row.count > 1 ? t('row_progress_events', progress, count(row.count)) : progress,
      )
    }
    case 'response-ready':
      return responseReady(row, body)
    case 'fetch-gone':
      if (row.note) return info(t('row_gone'), t('row_gone_traced', row.note))
      return warning(
        t('row_gone'),
        t(body.reason === 'unregistered' ? 'row_gone_unregistered' : 'row_gone_unlisted'),
      )
    case 'frame':
      return info(t('row_watching'), frameText(body))
    case 'navigated':
      return info(t(body.reload ? 'row_reloaded' : 'row_navigated'), oneLine(body.url))
    case 'watch-started':
      return info(t('row_panel_opened'), t('row_panel_opened_text'))
    case 'watch-stopped':
      return warning(t('row_panel_closed'), t('row_panel_closed_text'))
    case 'keep-started':
      return info(t('row_recording_started'), t('row_recording_started_text'))
    case 'panel-left':
      return info(t('row_panel_closed'), t('row_panel_left_text'))
    case 'keep-ended': {
      const name = t('row_recording_ended')
      const why = recordingEndText[body.why]
      return body.watched
        ? info(name, t('row_recording_ended_watched', why))
        : warning(name, t('row_recording_ended_text', why))
    }
    case 'unreachable':
      return warning(t('row_not_watching'), `${unreachableText[body.reason]} ${oneLine(body.url)}`)
    case 'journal-cut':
      return warning(t('row_log_cut'), t('row_log_cut_text', count(body.bound), count(body.dropped)))
    case 'events-lost':
      return error(t('row_lost'), t('row_lost_text', eventsText(body.count)))
    case 'not-saved':
      return error(t('row_not_saved'), t('row_not_saved_text', databaseProblemText(body.problem)))
    case 'saved-again':
      return info(t('row_saved_again'), t('row_saved_again_text'))
    case 'earlier-unread':
      return error(t('row_earlier_unread'), t('row_earlier_unread_text', databaseProblemText(body.problem)))
    case 'events-unreadable':
      return error(t('row_unreadable'), t(counted(body.count, 'row_unreadable'), count(body.count)))
    case 'tab-replaced':
      return warning(
        t(body.discarded ? 'row_discarded' : 'row_replaced'),
        t(body.discarded ? 'row_discarded_text' : 'row_replaced_text'),
      )
    case 'refused':
      return error(t('row_refused'), t('row_refused_text', body.detail))
    default:
      return describeWorker(timed ? { ...row, after: null } : row, body)
  }
}
