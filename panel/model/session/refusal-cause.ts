import type { BodyOf } from '../../../protocol/events'
import { counted, t } from '../../i18n/i18n'
import { count, oneLine, pathIn } from '../format'
import type { Fetch } from './view'

/** More fetches of an origin are refused, whatever its permission. */
const MAX_ACTIVE = 5

/** A fetch of the origin of a call, and whether it ran when that was made; null where that is not known. */
export interface OtherFetch {
  readonly fetch: Fetch
  readonly ran: boolean | null
}

/** What an exception that may be of it, or the permission, says of a call of which nothing else is known; '' where that is nothing. */
function permissionText({ possibleError, permission }: BodyOf<'fetch-not-seen'>): string {
  if (possibleError) return t('not_seen_no_room', oneLine(possibleError, 200))
  if (permission === 'prompt') return t('not_seen_prompt')
  return permission === 'denied' ? t('not_seen_denied') : ''
}

/** The documents that report, with the scopes of the registrations that they have. */
export type Documents = ReadonlyMap<
  string,
  { readonly storageKey: string; readonly scopes: readonly string[] }
>

/** What a call without permission means, and what the permission is now. */
const withoutPermission = ({ permission }: BodyOf<'fetch-not-seen'>): readonly string[] => [
  t('not_seen_permission'),
  permission && permission !== 'unknown' ? t('not_seen_permission_now', permission) : '',
]

const sentence = (parts: readonly string[]): string => parts.filter(Boolean).join('; ')

/** The scopes of all registrations of an origin, as far as documents of it have reported them. */
const scopesOf = (origin: string, documents: Documents): ReadonlySet<string> =>
  new Set(
    [...documents.values()].filter(({ storageKey }) => storageKey === origin).flatMap(({ scopes }) => scopes),
  )

/**
 * Why no fetch was seen for a call, as far as that is known; '' where it is not. IDs belong to a registration, and a page's call does
 * not say of which it is: another fetch of its ID is in its way only where the browser says so, or where there is one registration.
 *
 * @param others the fetches of its origin
 */
export function refusalCause(
  body: BodyOf<'fetch-not-seen'>,
  others: readonly OtherFetch[],
  documents: Documents,
): string {
  const { id, origin, error } = body
  const running = others.filter(({ ran }) => ran).map(({ fetch }) => fetch)
  const unknown = others.filter(({ ran }) => ran === null)
  const same = running.filter((one) => one.id === id).map(({ scope }) => pathIn(scope, origin))
  const scopes = oneLine(same.join(', '), 200)
  const inUse = same.length > 0 ? t(counted(same.length, 'not_seen_id_in_use'), scopes) : ''
  const limit = running.length >= MAX_ACTIVE ? t('not_seen_limit', count(running.length)) : ''
  const active =
    unknown.length === 0 && running.length > 0
      ? t(counted(running.length, 'not_seen_active'), count(running.length))
      : ''

  if (/already is a registration for the given id/.test(error)) return inUse
  if (/too many active fetches/.test(error)) return limit || active
  if (/does not have permission/.test(error)) return sentence([active, ...withoutPermission(body)])
  // The browser's own words say what it was.
  if (error) return ''

  const isOnlyScope = scopesOf(origin, documents).size === 1
  if (inUse && isOnlyScope) return inUse
  if (limit) return inUse ? sentence([limit, inUse, t('not_seen_scope_unknown')]) : limit
  if (inUse) return sentence([inUse, t('not_seen_scope_unknown'), permissionText(body)])
  // The limit, or a fetch with its ID, may have been the cause as well.
  const mayBeOther =
    running.length + unknown.length >= MAX_ACTIVE || unknown.some(({ fetch }) => fetch.id === id)
  return sentence([active, permissionText(mayBeOther ? { ...body, permission: undefined } : body)])
}
