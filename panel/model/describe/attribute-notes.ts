import type { FetchAttributes } from '../../../protocol/attributes'
import { t } from '../../i18n/i18n'
import { count } from '../format'
import { isLive } from '../session/fetch-phase'
import type { Fetch } from '../session/view'
import { sentOf } from '../table/upload'

/** What is to be said beside an attribute: it is of an earlier moment, or the browser has set it back. */
export type AttributeNotes = Readonly<Partial<Record<keyof FetchAttributes, string>>>

const text = {
  lastRead: t('attribute_last_read'),
  beforeRelease: t('attribute_before_release'),
}

/** Nobody has read them since: the fetch has ended and how it did was not read, or no page that could read them is watched. */
const isOfBefore = (fetch: Fetch): boolean =>
  fetch.state === 'unobserved' || (!isLive(fetch) && fetch.attributes.result === '')

/** Notes on the attributes of a fetch as they are shown. */
export function attributeNotes(fetch: Fetch): AttributeNotes {
  const { attributes, arrived, overAt } = fetch
  if (isOfBefore(fetch)) {
    const { lastRead } = text
    return {
      downloaded: lastRead,
      uploaded: lastRead,
      result: lastRead,
      failureReason: lastRead,
      recordsAvailable: lastRead,
    }
  }
  if (isLive(fetch)) return {}
  const setBack = (now: number, before: number) =>
    now === 0 && before > 0 ? t('attribute_set_back', t('details_bytes', count(before))) : ''
  return {
    downloaded: setBack(attributes.downloaded, arrived),
    uploaded: setBack(attributes.uploaded, sentOf(fetch)),
    recordsAvailable: attributes.recordsAvailable && overAt !== null ? text.beforeRelease : '',
  }
}
