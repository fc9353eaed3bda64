import { t } from '../../i18n/i18n'
import { unreachableText } from '../../model/describe/describe'
import type { View } from '../../model/session/session-view'
import type { ConnectionState } from '../../state/session/session'

/** Why there is nothing to see, and what to do about it. */
export interface Reason {
  readonly title: string
  readonly text: string
  readonly action?: 'grant' | 'retry'
  /** The page to grant access to. */
  readonly url?: string
  /** Nothing was seen yet: how to begin. */
  readonly first?: boolean
  /** Where that is explained, or how to change it. */
  readonly link?: string
}

const MDN = 'https://developer.mozilla.org/docs/Web/'
const API = `${MDN}API/Background_Fetch_API`
const SECURE = `${MDN}Security/Secure_Contexts`
/** How to change a permission of one site. */
const PERMISSIONS = 'https://support.google.com/chrome/answer/114662'
const WORKERS = `${MDN}API/Service_Worker_API/Using_Service_Workers`

/**
 * The one reason that matters most, or null when there is something to see.
 *
 * @param live how many fetches may still run
 * @param seen a fetch was seen in this session, although the log may have been cleared since
 */
export function emptyReason(
  view: View,
  connection: ConnectionState,
  live: number,
  seen: boolean,
): Reason | null {
  if (connection === 'gone') {
    return {
      title: t('empty_updated'),
      text: t('empty_updated_text'),
    }
  }
  if (connection === 'no-tab') return { title: t('empty_no_tab'), text: t('empty_no_tab_text'), link: API }
  if (view.unreachable) {
    const { reason, url } = view.unreachable
    const title = unreachableText[reason]
    if (reason === 'withheld') {
      return {
        title,
        text: t('empty_withheld_text'),
        action: 'grant',
        url,
      }
    }
    if (reason === 'failed') return { title, text: view.unreachable.detail, action: 'retry' }
    return { title, text: t('empty_unreachable_text'), link: API }
  }
  if (live > 0) return null
  const frames = [...view.frames.values()]
  const top = frames.find((frame) => frame.top)
  if (frames.length === 0) return { title: t('empty_looking'), text: '' }
  if (top?.error) return { title: t('empty_refused'), text: top.error, action: 'retry', link: API }
  if (!frames.some((frame) => frame.secure)) {
    return {
      title: t('empty_insecure'),
      text: t('empty_insecure_text'),
      link: SECURE,
    }
  }
  if (!frames.some((frame) => frame.secure && frame.supported)) {
    return {
      title: t('empty_unsupported'),
      text: t('empty_unsupported_text'),
      link: `${API}#browser_compatibility`,
    }
  }
  if (!frames.some((frame) => frame.scopes.length > 0)) {
    return {
      title: t('empty_no_worker'),
      text: t('empty_no_worker_text'),
      link: WORKERS,
    }
  }
  if (top?.permission === 'denied') {
    return {
      title: t('empty_denied'),
      text: t('empty_denied_text'),
      link: PERMISSIONS,
    }
  }
  if (view.fetches.length > 0) return null
  if (seen) return { title: t('empty_cleared'), text: '' }
  return { title: t('empty_none'), text: t('empty_none_text'), first: true, link: API }
}
