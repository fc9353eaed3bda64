import { computed, signal } from '@preact/signals'
import { frozen, type Source } from '../../model/log/filtered-rows'
import type { Model } from '../../model/session/fold'
import { model, rowsRevision } from './session'

interface Still {
  readonly of: Model
  readonly source: Source
  readonly revision: number
}

const stopped = signal<Still | null>(null)

/** The log as it stood when its drawing was stopped; null while it is drawn. Another session is drawn anyway. */
export const still = computed(() => {
  rowsRevision.value
  return stopped.value?.of === model() ? stopped.value : null
})

/** The rows that are drawn, if the filter shows them. */
export const source = computed((): Source => {
  rowsRevision.value
  return still.value?.source ?? model()
})

/** How many rows came since the log stands still. */
export const waiting = computed(() => {
  rowsRevision.value
  return still.value ? Math.max(0, model().rows.length - still.value.source.rows.length) : 0
})

/** Stops the drawing of the log; everything is taken in all the same. */
export function pause(): void {
  stopped.value = { of: model(), source: frozen(model()), revision: rowsRevision.peek() }
}

/** Draws the log again, with what came meanwhile. */
export function resume(): void {
  stopped.value = null
}
