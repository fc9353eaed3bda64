import type { FetchAttributes, FetchRecord } from '../../protocol/attributes'
import type { BodyOf } from '../../protocol/events'
import { counted, say } from '../words/words'
import { isShort, promisedSize, responseSize } from './audit/complete'
import { noSettings, type SiteSettings } from './audit/site-settings'
import { databaseProblemText } from './database-text'
import { describeBaseline, describeChange, describeVerdict } from './describe-storage'
import { describeWorker } from './describe-worker'
import { type Description, error, info, warning } from './description'
import { bytes, count, duration, oneLine, pathIn, percent } from './format'
import { isVerbose } from './levels'
import { saysSinceOrigin } from './moment'
import { endEvent, type FetchState, type Row } from './view'

const meaning: Record<FetchAttributes['failureReason'], string> = {
  '': '',
  aborted: '',
  'bad-status': say('reason_bad_status'),
  'fetch-error': say('reason_fetch_error'),
  'quota-exceeded': say('reason_quota_exceeded'),
  'download-total-exceeded': say('reason_download_total_exceeded'),
}

/** What the states of a fetch are called. */
export const stateName: Record<FetchState, string> = {
  queued: say('state_queued'),
  active: say('state_active'),
  settled: say('state_settled'),
  over: say('state_over'),
  unobserved: say('state_unobserved'),
  gone: say('state_gone'),
}

/** A URL of the page's own origin is told by its path. */
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '')

/** How far a fetch is: `2.3 MB of 5.0 MB (46 %)`. */
export function progressText(attributes: FetchAttributes): string {
  const { downloaded, downloadTotal, uploaded, uploadTotal } = attributes
  const parts: string[] = []
  if (uploadTotal > 0) parts.push(say('progress_up', bytes(uploaded), bytes(uploadTotal)))
  const share = percent(downloaded, downloadTotal)
  if (share !== null) parts.push(say('progress_share', bytes(downloaded), bytes(downloadTotal), share))
  else if (downloaded > 0 || uploadTotal === 0) parts.push(say('progress_no_total', bytes(downloaded)))
  return parts.join(', ')
}

function settled(row: Row, { attributes }: BodyOf<'settled'>, timed: boolean): Description {
  const { result, failureReason, downloaded } = attributes
  if (result === 'success') {
    return info(say('row_settled_success'), say('row_settled_success_text', progressText(attributes)))
  }
  const name = say('row_settled_failure', failureReason)
  if (failureReason !== 'aborted') return error(name, say('row_settled_failure_text', meaning[failureReason]))
  const arrived = say('row_arrived', bytes(row.fetch?.arrived ?? downloaded))
  const how =
    row.after === null ? say('row_settled_elsewhere') : timed ? '' : say('after_abort', duration(row.after))
  return info(name, [how, arrived].filter(Boolean).join('; '))
}

/** The size of a response as far as it is known; one of an encoded body is marked as such. */
export function sizeText(record: FetchRecord): string {
  const size = responseSize(record)
  const { contentLength } = record
  if (isShort(record)) return say('size_short', bytes(size ?? 0), bytes(promisedSize(record) ?? 0))
  if (size !== null) return bytes(size)
  return record.encoded && contentLength !== null ? say('size_encoded', bytes(contentLength)) : ''
}

function responseReady(row: Row, { record, ready, total }: BodyOf<'response-ready'>): Description {
  const { method, url, state, status, contentType, error: reason } = record
  const what = `${method} ${oneLine(pathIn(url, row.event.storageKey ?? ''))}`
  const which = say('row_response_of', count(ready), count(total))
  if (state === 'no-response')
    return warning(say('row_response_failed'), `${what}: ${say('no_response')} ${which}`)
  // A network error is given as a response of status 0.
  if (state === 'failed' || (status === 0 && !record.responseType.startsWith('opaque'))) {
    const why = reason ? oneLine(reason) : say('row_response_none')
    return warning(say('row_response_failed'), `${what}: ${why} ${which}`)
  }
  // The answer to the first of several requests of one URL is given for all of them.
  const promised = record.bodySize === null && promisedSize(record) !== null
  // Its headers have come; how much of the body has is not known before the end.
  const length = row.note ? '' : sizeText(record)
  const size = promised && length ? say('size_promised', length) : length
  const known = [size, oneLine(contentType, 100)].filter(Boolean).join(', ')
  const redirected =
    record.redirected && record.responseUrl ? say('redirected_to', oneLine(record.responseUrl)) : ''
  const parts = [status === null ? what : `${status} ${what}`, known, redirected].filter(Boolean).join(', ')
  const text = [`${parts} ${which}`, row.note].filter(Boolean).join('; ')
  return (status ?? 0) < 400 ? info(say('row_response'), text) : warning(say('row_response'), text)
}

const endName = ({ fetch }: Row) => (fetch ? endEvent(fetch.attributes) : say('event_unknown'))

function eventOver(
  row: Row,
  { uncertainty, unregistered }: BodyOf<'event-over'>,
  timed: boolean,
): Description {
  if (unregistered) return warning(say('row_released'), say('row_released_unregistered'))
  const name = say('row_over', row.note || say('event_unknown'))
  if (row.after === null) return info(name, say('row_over_text'))
  const after = duration(row.after)
  // How late it was seen is to be said with what it is about.
  if (timed && uncertainty <= 50) return info(name, say('row_over_text'))
  if (uncertainty > 50) return info(name, say('row_over_late', after, duration(uncertainty)))
  return info(name, say('row_over_after', after))
}

function abortAnswered(row: Row, { outcome }: BodyOf<'abort-answered'>, timed: boolean): Description {
  const after = row.after === null || timed ? '' : say('after_abort', duration(row.after))
  switch (outcome.kind) {
    case 'resolved':
      return outcome.value
        ? info('abort() → true', [say('row_abort_taken'), after].filter(Boolean).join(', '))
        : warning('abort() → false', after ? say('row_abort_nothing_after', after) : say('row_abort_nothing'))
    case 'rejected':
      return error(say('row_abort_rejected'), outcome.error)
    case 'already-finished':
      return warning(say('row_abort_not_called'), say('row_abort_finished'))
    case 'page-gone':
      return error(say('row_abort_not_called'), say('page_gone'))
    case 'unanswered':
      return warning(say('row_abort_unanswered'), say('row_abort_unknown', say('page_left')))
  }
}

/** Why a frame shows nothing, or what is watched in it. */
export function frameText(frame: Omit<BodyOf<'frame'>, 'type'>): string {
  const url = oneLine(frame.url)
  const where = frame.top ? url : say('frame_in', url)
  if (frame.error) return say('frame_refuses', where, frame.error)
  if (!frame.secure) return say('frame_insecure', where)
  if (!frame.supported) return say('frame_unsupported', where)
  const scopes = frame.scopes.map((scope) => oneLine(scope)).join(', ')
  const text = scopes ? say('frame_scopes', where, scopes) : say('frame_no_worker', where)
  return frame.permission === 'denied' ? say('frame_denied', text) : text
}

export const unreachableText: Record<BodyOf<'unreachable'>['reason'], string> = {
  'browser-page': say('unreachable_browser_page'),
  store: say('unreachable_store'),
  withheld: say('unreachable_withheld'),
  policy: say('unreachable_policy'),
  file: say('unreachable_file'),
  failed: say('unreachable_failed'),
}

/** A number of events. */
export const eventsText = (number: number): string =>
  say(counted(number, 'events_one', 'events_many'), count(number))

/** Why a recording came to its end. */
export const keepEndText: Record<BodyOf<'keep-ended'>['why'], string> = {
  'switched-off': say('keep_switched_off'),
  'tab-closed': say('keep_tab_closed'),
  'tab-gone': say('keep_tab_gone'),
  restarted: say('keep_restarted'),
  'too-long': say('keep_too_long'),
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
    if (row.note) return info(say('row_ended_unseen'), say('row_gone_traced', row.note))
    return warning(say('row_ended_unseen'), say('row_ended_unseen_text'))
  }
  if (row.kind === 'not-traced') {
    return warning(say('row_not_traced', endName(row)), say('row_not_traced_text', row.note))
  }
  if (row.kind === 'stalled') return warning(say('row_stalled'), row.note)
  if (row.kind === 'restarted') return warning(say('row_restarted'), row.note)
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
      return info(say('row_abort_requested'), say('row_abort_requested_text'))
    case 'abort-answered':
      return abortAnswered(row, body, timed)
    case 'settled':
      return settled(row, body, timed)
    case 'event-over':
      return eventOver(row, body, timed)
    case 'fetch-seen': {
      const progress = progressText(body.attributes)
      return body.already
        ? info(say('row_found'), say('row_found_text', progress))
        : info(say('row_started'), say('row_started_text', oneLine(pathOf(body.scope)), progress))
    }
    case 'progress': {
      const progress = progressText(body.attributes)
      return info(
        say('row_progress'),
        row.count > 1 ? say('row_progress_events', progress, count(row.count)) : progress,
      )
    }
    case 'response-ready':
      return responseReady(row, body)
    case 'fetch-gone':
      if (row.note) return info(say('row_gone'), say('row_gone_traced', row.note))
      return warning(
        say('row_gone'),
        say(body.reason === 'unregistered' ? 'row_gone_unregistered' : 'row_gone_unlisted'),
      )
    case 'frame':
      return info(say('row_watching'), frameText(body))
    case 'navigated':
      return info(say(body.reload ? 'row_reloaded' : 'row_navigated'), oneLine(body.url))
    case 'watch-started':
      return info(say('row_panel_opened'), say('row_panel_opened_text'))
    case 'watch-stopped':
      return warning(say('row_panel_closed'), say('row_panel_closed_text'))
    case 'keep-started':
      return info(say('row_keep_started'), say('row_keep_started_text'))
    case 'panel-left':
      return info(say('row_panel_closed'), say('row_panel_left_text'))
    case 'keep-ended': {
      const name = say('row_keep_ended')
      const why = keepEndText[body.why]
      return body.watched
        ? info(name, say('row_keep_ended_watched', why))
        : warning(name, say('row_keep_ended_text', why))
    }
    case 'unreachable':
      return warning(say('row_not_watching'), `${unreachableText[body.reason]} ${oneLine(body.url)}`)
    case 'journal-cut':
      return warning(say('row_log_cut'), say('row_log_cut_text', count(body.bound), count(body.dropped)))
    case 'events-lost':
      return error(say('row_lost'), say('row_lost_text', eventsText(body.count)))
    case 'not-saved':
      return error(say('row_not_saved'), say('row_not_saved_text', databaseProblemText(body.problem)))
    case 'saved-again':
      return info(say('row_saved_again'), say('row_saved_again_text'))
    case 'earlier-unread':
      return error(
        say('row_earlier_unread'),
        say('row_earlier_unread_text', databaseProblemText(body.problem)),
      )
    case 'events-unreadable':
      return error(
        say('row_unreadable'),
        say(counted(body.count, 'row_unreadable_one', 'row_unreadable_many'), count(body.count)),
      )
    case 'tab-replaced':
      return warning(
        say(body.discarded ? 'row_discarded' : 'row_replaced'),
        say(body.discarded ? 'row_discarded_text' : 'row_replaced_text'),
      )
    case 'refused':
      return error(say('row_refused'), say('row_refused_text', body.detail))
    default:
      return describeWorker(timed ? { ...row, after: null } : row, body)
  }
}
