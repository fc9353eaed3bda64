import type { BodyOf } from '../../../protocol/events'
import type { NetworkBody } from '../../../protocol/network-events'
import { t } from '../../i18n/i18n'
import { bytes, oneLine, pathIn } from '../format'
import { ABORTED, causeOf, errorText, originOfFetch } from '../network/causes'
import type { ObservedRequest } from '../session/observed-request'
import type { Row } from '../session/view'
import { type Description, error, info, warning } from './description'

const what = (method: string, url: string, origin: string) =>
  `${oneLine(method, 30)} ${oneLine(pathIn(url, origin), 300)}`.trim()

/**
 * What a row says of a request that is over: which one, and why it failed.
 *
 * @param storageKey of its fetch
 */
export function endText(request: ObservedRequest, storageKey: string): string {
  const named = what(request.method, request.url, storageKey)
  const failed = request.error !== '' && request.error !== ABORTED
  return failed ? `${named}: ${causeOf(request, originOfFetch({ storageKey }))}` : named
}

function responded({ fetch, note: method }: Row, body: BodyOf<'network-response'>): Description {
  const { status, url, redirect, contentLength, encoded } = body
  const origin = fetch?.storageKey ?? ''
  const answer = `${status} ${what(method, url, origin)}`
  if (redirect) {
    return info(t('row_redirect'), t('row_redirect_text', answer, oneLine(pathIn(redirect, origin), 300)))
  }
  const size = contentLength !== null && !encoded ? t('size_promised', bytes(contentLength)) : ''
  const text = [answer, size].filter(Boolean).join(', ')
  return (status >= 400 ? warning : info)(t('row_headers'), text)
}

function unattributed(body: BodyOf<'network-unattributed'>): Description {
  const { method, url, status, error: reason } = body
  const ended = reason ? errorText(reason) : status === null ? '' : String(status)
  const request = [what(method, url, ''), ended].filter(Boolean).join(': ')
  return warning(t('row_unattributed'), t('row_unattributed_text', request))
}

/** What was observed of a request on the network, in words. */
export function describeNetwork(row: Row, body: NetworkBody): Description {
  switch (body.type) {
    case 'network-observed':
      if (body.on) return info(t('row_network_on'), t('row_network_on_text'))
      return info(t('row_network_off'), t(body.removed ? 'row_network_removed_text' : 'row_network_off_text'))
    case 'network-request':
      return info(t('row_request_sent'), what(body.method, body.url, row.fetch?.storageKey ?? ''))
    case 'network-response':
      return responded(row, body)
    case 'network-end':
      if (body.error === '') return info(t('row_request_complete'), row.note)
      if (body.error === ABORTED) return info(t('row_request_aborted'), row.note)
      return error(t('row_request_failed'), row.note || errorText(body.error))
    case 'network-unattributed':
      return unattributed(body)
  }
}
