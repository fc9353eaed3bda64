import { t } from '../../i18n/i18n'
import type { Fetch } from '../session/view'

const text = {
  queued: t('state_queued'),
  unobserved: t('state_unobserved'),
  downloading: t('state_downloading'),
  uploading: t('state_uploading'),
}

/** What a fetch that may still run does, in a word. */
export function stateText({ state, attributes }: Fetch): string {
  if (state === 'queued' || state === 'unobserved') return text[state]
  const { downloaded, uploaded, uploadTotal } = attributes
  return uploaded > 0 && (downloaded === 0 || uploaded < uploadTotal) ? text.uploading : text.downloading
}
