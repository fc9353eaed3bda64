import type { NewFetchFields } from '../../model/new-fetch/fields'
import type { StartTarget } from './start-fetch'

/** What was typed for a new fetch and not started. */
export interface NewFetchDraft {
  /** Undefined where no registration was chosen. */
  readonly target: StartTarget | undefined
  readonly fields: NewFetchFields
  readonly note: string
}

let saved: { readonly page: string; readonly draft: NewFetchDraft } | null = null

/**
 * Saves what was typed last, for as long as the panel is open.
 *
 * @param page its storage key
 */
export function saveDraft(page: string, draft: NewFetchDraft): void {
  saved = { page, draft }
}

/** What was typed last, unless it was for a page of another storage key. */
export const draftFor = (page: string): NewFetchDraft | null => (saved?.page === page ? saved.draft : null)

/** It was started or discarded. */
export function dropDraft(): void {
  saved = null
}
