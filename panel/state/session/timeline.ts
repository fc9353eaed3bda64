import { computed, signal } from '@preact/signals'
import type { Range } from '../../model/timeline/axis'
import { past } from './session'

/** What of the time is in view: all of it, the selected fetch as it goes on, or a stretch. */
export const view = signal<'all' | 'selected' | Range>('all')

/** A track, and a phase in it; without a phase the track as a whole. */
export interface Spot {
  readonly track: string
  readonly phase: string | null
}

/** What has the keyboard. */
export const cursor = signal<Spot | null>(null)

/** What has the pointer. */
export const hovered = signal<Spot | null>(null)

/** Where time stands still: the end of the past session that is drawn; null while the tab is. */
export const pastEnd = computed(() =>
  past.value ? past.value.events.reduce((last, { at }) => Math.max(last, at), 0) : null,
)
