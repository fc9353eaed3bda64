import { t } from '../../i18n/i18n'
import { orOthers } from '../describe/call-text'
import { placeText } from '../describe/place-text'
import { type Aborter, aborterOf } from '../session/aborts/aborter'
import type { Fetch } from '../session/view'

const text: Readonly<Record<Aborter['by'], string>> = {
  panel: t('summary_aborted_panel'),
  page: t('summary_aborted_page'),
  script: t('summary_aborted_script'),
  extension: t('summary_aborted_extension'),
  worker: t('summary_aborted_worker'),
  elsewhere: t('summary_aborted_elsewhere'),
  'other-panel': t('summary_aborted_other_panel'),
  'not-this-tab': t('summary_aborted_not_this_tab'),
  leaving: t('summary_aborted_leaving'),
  unknown: t('summary_aborted'),
}

/** Who called `abort()`, and where, as far as it was observed: a sentence without its full stop. Null where a fetch was not aborted. */
export function abortedBy(fetch: Fetch): string | null {
  const aborter = aborterOf(fetch)
  if (!aborter) return null
  const { by, call } = aborter
  const place = call?.location && placeText(call.location)
  if (!place) return orOthers(text[by], aborter)
  const key = call.type === 'worker-call' ? 'summary_aborted_worker_at' : 'summary_aborted_page_at'
  return orOthers(t(key, place), aborter)
}
