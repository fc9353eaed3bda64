import { t } from '../../i18n/i18n'
import { awaitsResponse } from '../session/standstill/awaits-response'
import { isBehind, type Standstill } from '../session/standstill/standstill'
import type { Fetch } from '../session/view'

const text = {
  queued: t('state_queued'),
  noBytes: t('state_no_bytes'),
  active: t('state_active'),
  unobserved: t('state_unobserved'),
  downloading: t('state_downloading'),
  uploading: t('state_uploading'),
  response: t('state_response'),
}

/** Of a fetch of which there are no bytes: that it is behind another one, as far as that was observed. */
function withoutBytes(fetch: Fetch, all: readonly Fetch[], standstill: Standstill | null): string {
  if (fetch.activeAt === null && isBehind(fetch, all)) return text.queued
  // The text beside it, why the fetch stands still, says that no bytes come.
  if (standstill) return ''
  return fetch.activeAt === null ? text.noBytes : text.active
}

/**
 * What a fetch that may still run does, in a word or two; empty where that is what its standstill says.
 *
 * @param all every fetch of the session
 * @param standstill why it stands still, where that is said beside it
 */
export function stateText(fetch: Fetch, all: readonly Fetch[], standstill: Standstill | null): string {
  const { state, attributes } = fetch
  if (state === 'unobserved') return text.unobserved
  if (state === 'queued') return withoutBytes(fetch, all, standstill)
  // The text beside it, why the fetch stands still, says that as well.
  if (awaitsResponse(fetch)) return standstill ? '' : text.response
  const { downloaded, uploaded, uploadTotal } = attributes
  if (uploaded > 0 && uploaded < uploadTotal) return text.uploading
  return downloaded > 0 ? text.downloading : text.active
}
