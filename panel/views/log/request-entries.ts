import { MAX_URL } from '../../../protocol/attributes'
import type { SeenRequest } from '../../../protocol/seen-requests'
import { MAX_WORKER_TEXT } from '../../../protocol/worker-fields'
import { t } from '../../i18n/i18n'
import { repeatable } from '../../model/repeat'
import { asBackgroundFetch } from '../../model/report/copy-fetch'
import { asCurl, asFetch, type CopiedRequest } from '../../model/report/copy-request'
import { knownRequest, withoutHeaders } from '../../model/report/known-request'
import type { Fetch, Row } from '../../model/session/view'
import { announce } from '../../state/announce'
import { seenRequests } from '../../state/repeat'
import { past } from '../../state/session/session'
import { copyAnd, copyEntry } from '../menu/copy-entry'
import type { MenuEntry } from '../menu/entries'

const text = {
  url: t('menu_copy_url'),
  asFetch: t('menu_copy_fetch'),
  asCurl: t('menu_copy_curl'),
  asBackgroundFetch: t('menu_copy_background_fetch'),
  unread: t('copy_requests_unread'),
}

type Request = Pick<CopiedRequest, 'method' | 'url'>

const seenBy = async (fetch: Fetch): Promise<readonly SeenRequest[] | null> =>
  past.peek() ? null : await seenRequests(fetch)

const entriesOf = ({ url }: Request, known: () => Promise<CopiedRequest>): readonly MenuEntry[] => [
  copyEntry(text.url, () => url),
  copyEntry(text.asFetch, async () => asFetch(await known())),
  copyEntry(text.asCurl, async () => asCurl(await known())),
]

/** What can be copied of a request of a fetch: with the headers that its page has seen, which are asked for then. */
export const requestEntries = (fetch: Fetch, request: Request): readonly MenuEntry[] =>
  entriesOf(request, async () => knownRequest(fetch, request, MAX_URL, await seenBy(fetch)))

/** What can be copied of the request that a row is about; nothing where it is about none. */
export function rowRequestEntries({ event: { body }, fetch }: Row): readonly MenuEntry[] {
  if (body.type === 'worker-request') {
    return entriesOf(body, () => Promise.resolve(withoutHeaders(body, MAX_WORKER_TEXT)))
  }
  const request = body.type === 'response-ready' ? body.record : body.type === 'network-request' ? body : null
  if (!request) return []
  return fetch
    ? requestEntries(fetch, request)
    : entriesOf(request, () => Promise.resolve(withoutHeaders(request, MAX_URL)))
}

async function copyBackgroundFetch(fetch: Fetch): Promise<void> {
  const known = repeatable(fetch, await seenBy(fetch))
  if ('requests' in known) await copyAnd(asBackgroundFetch(fetch, known))
  else announce(text.unread)
}

/** Copies the call that starts a fetch like this one; disabled where it is known before that not all requests are. */
export function backgroundFetchEntry(fetch: Fetch): MenuEntry {
  const unread = past.peek() !== null && !('requests' in repeatable(fetch, null))
  return {
    kind: 'action',
    label: text.asBackgroundFetch,
    title: unread ? text.unread : '',
    disabled: unread,
    run: () => void copyBackgroundFetch(fetch),
  }
}
