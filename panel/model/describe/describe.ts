import type { BodyOf } from '../../../protocol/events'
import { counted, t } from '../../i18n/i18n'
import { noSettings, type SiteSettings } from '../audit/site-settings'
import { count, oneLine } from '../format'
import { isVerbose } from '../log/levels'
import { saysSinceOrigin } from '../log/time-origin'
import { endEvent } from '../session/fetch-phase'
import type { Row } from '../session/view'
import { describeScriptFinding } from '../workers/script-finding-rows'
import { describeSeries } from './abort-series-text'
import { initiatorText } from './call-text'
import { databaseProblemText } from './database-text'
import { itemDeleted } from './deletion-text'
import { abortAnswered, eventOver, progressText, responseReady, settled } from './describe-fetch'
import { describeBaseline, describeChange, describeVerdict } from './describe-storage'
import { describeWorker } from './describe-worker'
import { type Description, error, info, warning } from './description'
import { describeForced } from './forced-ending-text'
import { describeNetwork } from './network-text'
import {
  abortPlanned,
  plannedAbortApplied,
  plannedAbortFired,
  plannedAbortLost,
  plannedAbortRemoved,
} from './planned-abort-text'
import { syntheticEvent, withSynthetic } from './synthetic-text'

/** A URL of the page's own origin is shown by its path. */
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '')

const endName = ({ fetch }: Row) => (fetch ? endEvent(fetch.attributes) : t('event_unknown'))

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
export const recordingEndText: Record<BodyOf<'recording-ended'>['why'], string> = {
  'switched-off': t('recording_switched_off'),
  'tab-closed': t('recording_tab_closed'),
  'tab-gone': t('recording_tab_gone'),
  restarted: t('recording_restarted'),
  'too-long': t('recording_too_long'),
}

/**
 * What a row of the log says; a verdict leaves out what is ignored on the site.
 *
 * @param listed it stands in the log: what stands beside it, the time since the fetch's abort or start, and what a row below
 *   says in whole, is not said twice
 */
export function describe(row: Row, settings: SiteSettings = noSettings, listed = false): Description {
  const said = withSynthetic(row, describeEvent(row, settings, listed))
  return said.level === 'info' && isVerbose(row) ? { ...said, level: 'verbose' } : said
}

/** What is said of an end that no page observed, with how far the fetch was when a page saw it for the last time. */
const withLastSeen = ({ lastSeen }: Row, said: string): string =>
  lastSeen ? t('row_last_seen', said, lastSeen) : said

function describeEvent(row: Row, settings: SiteSettings, listed: boolean): Description {
  const { body } = row.event
  const timed = listed && saysSinceOrigin(row)
  if (row.kind === 'ended-unseen') {
    if (row.note) return info(t('row_ended_unseen'), withLastSeen(row, t('row_gone_traced', row.note)))
    return warning(t('row_ended_unseen'), withLastSeen(row, t('row_ended_unseen_text')))
  }
  if (row.kind === 'not-traced') {
    return warning(t('row_not_traced', endName(row)), t('row_not_traced_text', row.note))
  }
  if (row.kind === 'script-finding') return describeScriptFinding(row, settings)
  if (row.kind === 'planned-abort-lost') return plannedAbortLost(row)
  if (row.kind === 'stalled') return warning(t('row_stalled'), row.note)
  if (row.kind === 'restarted') return warning(t('row_restarted'), row.note)
  if (row.kind === 'waits') return info(t('row_waiting'), row.note)
  if (row.kind === 'verdict') return describeVerdict(row, settings, listed)
  switch (body.type) {
    // These have no row of their own.
    case 'storage-snapshot':
    case 'request-outcomes':
    case 'inventory':
    case 'frame-gone':
    case 'cleared':
    case 'tabs-loading':
    case 'tabs-loaded':
    case 'call-options':
      return info(body.type, '')
    case 'no-progress':
      return warning(t('row_no_progress'), row.note)
    case 'connectivity':
      return body.online
        ? info(t('row_online'), t('row_online_text'))
        : warning(t('row_offline'), t('still_offline'))
    case 'storage-baseline':
      return describeBaseline(body)
    case 'storage-changed':
      return describeChange(row, body)
    case 'abort-requested':
      return info(t('row_abort_requested'), t('row_abort_requested_text'))
    case 'abort-cause':
      return body.cause === 'other-panel'
        ? info(t('row_abort_other_panel'), t('row_abort_other_panel_text'))
        : info(t('row_abort_not_here'), t('row_abort_not_here_text'))
    case 'abort-planned':
    case 'next-abort-planned':
      return abortPlanned(body)
    case 'planned-abort-applied':
      return plannedAbortApplied(row)
    case 'planned-abort-fired':
      return plannedAbortFired(body)
    case 'planned-abort-removed':
      return plannedAbortRemoved(row, body)
    case 'abort-series-started':
    case 'abort-series-run':
    case 'abort-series-run-failed':
    case 'abort-series-ended':
      return describeSeries(row, body)
    case 'ending-forced':
    case 'ending-reverted':
      return describeForced(row, body)
    case 'synthetic-event-requested':
    case 'synthetic-event-failed':
      return syntheticEvent(body)
    case 'item-deleted':
      return itemDeleted(body)
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
      if (row.note) return info(t('row_gone'), withLastSeen(row, t('row_gone_traced', row.note)))
      if (body.reason === 'unregistered') return warning(t('row_gone'), t('row_gone_unregistered'))
      return warning(t('row_gone'), withLastSeen(row, t('row_gone_unlisted')))
    case 'frame':
      return info(t('row_watching'), frameText(body))
    case 'navigated':
      return info(t(body.reload ? 'row_reloaded' : 'row_navigated'), oneLine(body.url))
    case 'watch-started':
      return info(t('row_panel_opened'), t('row_panel_opened_text'))
    case 'watch-stopped':
      return warning(t('row_panel_closed'), t('row_panel_closed_text'))
    case 'recording-started':
      return info(t('row_recording_started'), t('row_recording_started_text'))
    case 'panel-left':
      return info(t('row_panel_closed'), t('row_panel_left_text'))
    case 'recording-ended': {
      const name = t('row_recording_ended')
      const why = recordingEndText[body.why]
      return body.watched
        ? info(name, t('row_recording_ended_watched', why))
        : warning(name, t('row_recording_ended_text', why))
    }
    case 'unreachable':
      return warning(t('row_not_watching'), `${unreachableText[body.reason]}: ${oneLine(body.url)}`)
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
    case 'network-observed':
    case 'network-request':
    case 'network-response':
    case 'network-end':
    case 'network-unattributed':
      return describeNetwork(row, body)
    case 'refused':
      return error(t('row_refused'), t('row_not_seen_text', body.detail))
    default:
      return describeWorker(timed ? { ...row, after: null } : row, body)
  }
}
