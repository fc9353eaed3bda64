import { computed, signal } from '@preact/signals'
import { isLive } from '../../model/session/fetch-phase'
import { model, revision } from './session'

/** Key of the selected fetch. */
export const selectedKey = signal<string | null>(null)

/** The selected fetch, as long as the session knows it. */
export const selected = computed(() => {
  revision.value
  const key = selectedKey.value
  return { fetch: model().fetches.find((fetch) => fetch.key === key) ?? null, revision: revision.value }
})

/** Fetches that may still be running, in the order in which they were seen. */
export const liveFetches = computed(() => {
  revision.value
  return model().fetches.filter(isLive)
})

let seenIn = model()
let seen = false

/** Whether a fetch was seen in what is drawn, although the log may have been cleared since. */
export const anySeen = computed(() => {
  revision.value
  if (seenIn !== model()) seen = false
  seenIn = model()
  seen ||= model().fetches.length > 0
  return seen
})
