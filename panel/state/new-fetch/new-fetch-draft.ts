import type { NewFetchFields } from '../../model/new-fetch/fields'
import type { StartTarget } from './start-fetch'

/** What was typed for a new fetch and not started. */
export interface NewFetchDraft {
  /** Undefined where no registration was chosen. */
  readonly target: StartTarget | undefined
  readonly fields: NewFetchFields
  readonly note: string
}

let kept: { readonly page: string; readonly draft: NewFetchDraft } | null = null

/** Keeps what was typed last, for as long as the panel is open. `page`: the storage key of the page. */
export function keepDraft(page: string, draft: NewFetchDraft): void {
  kept = { page, draft }
}

/** What was typed last, unless it was for a page of another storage key. */
export const draftFor = (page: string): NewFetchDraft | null => (kept?.page === page ? kept.draft : null)

/** It was started or discarded. */
export function dropDraft(): void {
  kept = null
}
