import { t } from '../i18n/i18n'
import { isLive } from '../model/session/fetch-phase'
import type { Fetch } from '../model/session/view'
import { command, model, past } from './session/session'

/** A synthetic event can be asked for, though it may not be possible now. */
export const takesSynthetic = (fetch: Fetch): boolean => isLive(fetch) && past.peek() === null

/** Why no synthetic event can be dispatched for a fetch now; '' where it can. */
export function whyNoSynthetic({ storageKey }: Fetch): string {
  if (model().tracer?.state !== 'on') return t('synthetic_needs_tracing')
  return URL.canParse(storageKey) ? '' : t('synthetic_foreign')
}

/** Has the worker's handlers run for an event that its probe makes. What becomes of it is in the log. */
export function dispatchSynthetic({ handle }: Fetch): void {
  if (past.peek()) return
  const name = crypto.randomUUID()
  command((background) => background.dispatchSynthetic(handle, name))
}
