import { signal } from '@preact/signals'
import type { PageAnswer, SeenRequest } from '../../protocol/page-requests'
import type { Fetch } from '../model/session/view'
import { mayAllow } from './allow-downloads'
import { askPage } from './session/ask-page'

/** Key of the fetch that is being repeated, while its dialog is open. */
export const repeating = signal<string | null>(null)

/** The requests of a fetch as its page has seen them; null where it does not know them. */
export async function seenRequests({ storageKey, handle }: Fetch): Promise<readonly SeenRequest[] | null> {
  const answer = await askPage(storageKey, { kind: 'seen-requests', handle })
  return (answer.ok && answer.requests) || null
}

/** What a fetch is repeated with. */
export interface Repetition {
  readonly id: string
  readonly requests: readonly SeenRequest[]
  readonly downloadTotal: number
}

/** Starts a fetch like another one, in its registration. */
export async function repeat(
  { storageKey, scope }: Pick<Fetch, 'storageKey' | 'scope'>,
  repetition: Repetition,
): Promise<PageAnswer> {
  const allow = await mayAllow()
  return askPage(storageKey, { kind: 'new-fetch', scope, allow, ...repetition })
}
