import type { FetchAttributes } from '../../protocol/attributes'
import type { BodyOf } from '../../protocol/events'
import { type Excuses, noExcuses } from './audit/audit'
import { describeChange, describeKnown, describeVerdict } from './describe-storage'
import { describeWorker } from './describe-worker'
import { type Description, error, info, warning } from './description'
import { bytes, duration, oneLine, percent } from './format'
import { endEvent, type Row } from './view'

const meaning: Record<FetchAttributes['failureReason'], string> = {
  '': '',
  aborted: '',
  'bad-status': 'A response had a status outside 200–299.',
  'fetch-error': 'A request failed on the network, or a cross-origin response had no CORS headers.',
  'quota-exceeded': 'The origin ran out of storage.',
  'download-total-exceeded': 'More bytes arrived than downloadTotal promised.',
}

/** A URL of the page's own origin is told by its path. */
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '')

/** How far a fetch is: `2.3 MB of 5.0 MB (46 %)`. */
export function progressText(attributes: FetchAttributes): string {
  const { downloaded, downloadTotal, uploaded, uploadTotal } = attributes
  const parts: string[] = []
  if (uploadTotal > 0) parts.push(`${bytes(uploaded)} of ${bytes(uploadTotal)} up`)
  const share = percent(downloaded, downloadTotal)
  if (share !== null) parts.push(`${bytes(downloaded)} of ${bytes(downloadTotal)} (${share}\u00a0%)`)
  else if (downloaded > 0 || uploadTotal === 0) parts.push(`${bytes(downloaded)}, total unknown`)
  return parts.join(', ')
}

function settled(row: Row, { attributes }: BodyOf<'settled'>): Description {
  if (attributes.result === 'success') {
    return info('settled: success', `${progressText(attributes)}; the worker gets backgroundfetchsuccess`)
  }
  const name = `settled: failure, ${attributes.failureReason}`
  if (attributes.failureReason !== 'aborted') {
    return error(name, `${meaning[attributes.failureReason]} The worker gets backgroundfetchfail.`)
  }
  const how =
    row.after === null
      ? 'Not aborted from this panel: the page, its worker or the browser’s download UI did it'
      : `${duration(row.after)} after Abort was pressed`
  return info(name, `${how}; ${bytes(row.fetch?.arrived ?? attributes.downloaded)} had arrived`)
}

function eventOver(row: Row, body: BodyOf<'event-over'>): Description {
  const name = `${row.fetch ? endEvent(row.fetch.attributes) : 'event'} over`
  const late = body.uncertainty > 50 ? ` (seen up to ${duration(body.uncertainty)} late)` : ''
  const after = row.after === null ? '' : `, after ${duration(row.after)}${late}`
  return info(name, `records released${after}`)
}

function abortAnswered(row: Row, { outcome }: BodyOf<'abort-answered'>): Description {
  const after = row.after === null ? '' : `, ${duration(row.after)} after Abort was pressed`
  switch (outcome.kind) {
    case 'resolved':
      return outcome.value
        ? info('abort() → true', `The browser aborts the fetch${after}`)
        : warning(
            'abort() → false',
            `Nothing to abort${after}: it had already finished, or its registration is gone`,
          )
    case 'rejected':
      return error('abort() rejected', outcome.error)
    case 'already-finished':
      return warning('abort() not called', 'The fetch had already finished')
    case 'page-gone':
      return error('abort() not called', outcome.detail)
  }
}

/** Why a frame shows nothing, or what is watched in it. */
export function frameText(frame: Omit<BodyOf<'frame'>, 'type'>): string {
  const where = `${frame.top ? '' : 'frame '}${oneLine(frame.url)}`
  if (frame.error) return `${where}: the browser refuses to tell (${frame.error})`
  if (!frame.secure) return `${where} is not a secure context: there are no service workers in it`
  if (!frame.supported) return `${where}: this browser has no Background Fetch`
  const scopes = frame.scopes.map((scope) => oneLine(scope)).join(', ')
  const denied = frame.permission === 'denied' ? '; permission background-fetch is denied' : ''
  return `${where}: ${scopes ? `service worker scopes ${scopes}` : 'no service worker is registered'}${denied}`
}

export const unreachableText: Record<BodyOf<'unreachable'>['reason'], string> = {
  'browser-page': 'The browser lets no extension into its own pages.',
  store: 'The browser lets no extension into the web store.',
  withheld: 'Access to this site is withheld from the extension.',
  policy: 'A policy of this browser keeps extensions out of this site.',
  file: 'The extension has no access to files; service workers do not run on file: pages anyway.',
  failed: 'The page could not be reached.',
}

/** What a row of the log says; a verdict excuses what the developer expects. */
export function describe(row: Row, excuses: Excuses = noExcuses): Description {
  const { body } = row.event
  if (row.kind === 'ended-unseen') {
    return warning('ended unseen', 'It is no longer active; nobody was watching when it ended')
  }
  if (row.kind === 'not-traced') {
    const name = row.fetch ? endEvent(row.fetch.attributes) : 'event'
    return warning(`${name} not traced`, `Handled by the worker, not traced: ${row.note}`)
  }
  if (row.kind === 'verdict') return describeVerdict(row, excuses)
  switch (body.type) {
    case 'stock':
    case 'fates':
      return info(body.type, '')
    case 'storage-known':
      return describeKnown(body)
    case 'storage-changed':
      return describeChange(row, body)
    case 'abort-requested':
      return info('abort requested', 'Abort was pressed in this panel')
    case 'abort-answered':
      return abortAnswered(row, body)
    case 'settled':
      return settled(row, body)
    case 'event-over':
      return eventOver(row, body)
    case 'fetch-seen':
      return body.already
        ? info('fetch found', `It was running already; ${progressText(body.attributes)}`)
        : info('fetch started', `Scope ${oneLine(pathOf(body.scope))}; ${progressText(body.attributes)}`)
    case 'progress':
      return info('progress', progressText(body.attributes) + (row.count > 1 ? `, ${row.count} events` : ''))
    case 'fetch-gone':
      return body.reason === 'unregistered'
        ? warning('fetch gone', 'Its service worker was unregistered: no event is fired for it any more')
        : warning('fetch gone', 'The browser lists it no longer, and told no end')
    case 'inventory':
      return info('inventory', '')
    case 'frame':
      return info('watching', frameText(body))
    case 'frame-gone':
      return info('document gone', '')
    case 'navigated':
      return info(body.reload ? 'reloaded' : 'navigated', oneLine(body.url))
    case 'watch-started':
      return info('panel opened', 'This panel watches the tab from here on')
    case 'watch-stopped':
      return warning('panel closed', 'Nothing was observed from here on')
    case 'unreachable':
      return warning('not watching', `${unreachableText[body.reason]} ${oneLine(body.url)}`)
    case 'cleared':
      return info('cleared', '')
    case 'journal-cut':
      return warning(
        'log cut',
        `More than ${body.bound.toLocaleString('en')} events: the oldest ${body.dropped} were let go`,
      )
    case 'events-lost':
      return error('events lost', `The extension did not answer; ${body.count} events of the page were lost`)
    case 'refused':
      return error('refused', `The page’s side sent something that is not an event (${body.detail})`)
    default:
      return describeWorker(row, body)
  }
}
