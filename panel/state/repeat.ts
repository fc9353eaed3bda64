import { signal } from '@preact/signals'
import type { SeenRequest } from '../../protocol/seen-requests'
import type { Fetch } from '../model/session/view'
import { startNewFetch } from './new-fetch/start-fetch'
import { askPage } from './session/ask-page'

/** Key of the fetch that is being repeated, while its dialog is open. */
export const repeating = signal<string | null>(null)

/** The requests of a fetch as its page has seen them; null where it does not know them. */
export async function seenRequests({ storageKey, handle }: Fetch): Promise<readonly SeenRequest[] | null> {
  const answer = await askPage(storageKey, { kind: 'seen-requests', handle })
  return (answer.ok && answer.requests) || null
}

/** What a fetch is repeated with. */
interface Repetition {
  readonly id: string
  readonly requests: readonly SeenRequest[]
  readonly downloadTotal: number
}

/** Starts a fetch like another one, in its registration; its title, which can't be read, is the ID. */
export const repeat = (target: Pick<Fetch, 'storageKey' | 'scope'>, repetition: Repetition) =>
  startNewFetch(target, { ...repetition, title: repetition.id })
