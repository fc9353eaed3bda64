import { signal } from '@preact/signals'
import type { NewFetchFields } from '../../model/new-fetch/fields'
import type { StartTarget } from './start-fetch'

/** What the dialog begins with. */
export interface NewFetchPrefill {
  readonly target: StartTarget
  readonly fields: NewFetchFields
  /** What of another fetch is not known, in a sentence. */
  readonly note: string
}

/** The dialog that starts a fetch: null while it is closed, `blank` where it begins with what was used last. */
export const startingNew = signal<NewFetchPrefill | 'blank' | null>(null)
