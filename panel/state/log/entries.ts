import { computed, signal } from '@preact/signals'
import { type Entry, group } from '../../model/log/groups'
import { settings } from '../settings'
import { shownRows } from './filter'

/** Names of the groups that are closed. */
export const closed = signal<ReadonlySet<string>>(new Set())

/** Opens a group, or closes it. */
export function setGroupOpen(key: string, open: boolean): void {
  const next = new Set(closed.value)
  if (open) next.delete(key)
  else next.add(key)
  closed.value = next
}

export interface Entries {
  readonly list: readonly Entry[]
  /** Entries before this index are the ones of the `serial` before, at the same places. */
  readonly from: number
  readonly serial: number
  readonly revision: number
}

let serial = 0
let drawn = -1

/** The lines of the log: its rows, or groups of them. */
export const entries = computed((): Entries => {
  const { rows, from, serial: shown, revision } = shownRows.value
  serial++
  if (settings.group.value) {
    drawn = -1
    return { list: group(rows, closed.value), from: 0, serial, revision }
  }
  const follows = shown === drawn + 1
  drawn = shown
  return { list: rows, from: follows ? from : 0, serial, revision }
})
