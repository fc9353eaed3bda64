import { computed, signal } from '@preact/signals'
import {
  type ColumnId,
  columnIds,
  moveEdge,
  type PlacedColumn,
  placeColumns,
  type Weights,
} from '../model/table/columns'
import { model, revision } from './session/session'
import { settings } from './settings'

/** Columns that are there without being asked for; the scope as soon as there is more than one. */
const usual: ReadonlySet<ColumnId> = new Set(['id', 'progress', 'state', 'handler', 'verdict'])

const severalScopes = computed(() => {
  revision.value
  const [first] = model().fetches
  return model().fetches.some(({ scope }) => scope !== first?.scope)
})

/** Whether a column is wanted: as it was chosen, else by default. */
export const isShown = (id: ColumnId): boolean =>
  settings.columns.value[id]?.shown ?? (usual.has(id) || (id === 'scope' && severalScopes.value))

/** The width that the table has, in CSS pixels. */
export const tableRoom = signal(0)

/** The columns that are drawn, and their widths. */
export const placedColumns = computed((): readonly PlacedColumn[] => {
  const weights: Weights = Object.fromEntries(
    columnIds.flatMap((id) => {
      const weight = settings.columns.value[id]?.weight
      return weight === undefined ? [] : [[id, weight]]
    }),
  )
  return placeColumns(columnIds.filter(isShown), weights, tableRoom.value)
})

/** The handler is wanted, and its column has no room: the rows have a second line for it. */
export const handlerBelow = computed(
  () => isShown('handler') && !placedColumns.value.some(({ id }) => id === 'handler'),
)

/** Shows a column, or leaves it out. */
export function toggleColumn(id: ColumnId): void {
  const { value } = settings.columns
  settings.columns.value = { ...value, [id]: { ...value[id], shown: !isShown(id) } }
}

/** Moves the right edge of a column from where it stood, by CSS pixels. */
export function resizeColumn(placed: readonly PlacedColumn[], id: ColumnId, by: number): void {
  const { value } = settings.columns
  const weights = moveEdge(placed, id, by)
  const changed = columnIds.flatMap((id) =>
    weights[id] === undefined ? [] : [[id, { ...value[id], weight: weights[id] }] as const],
  )
  settings.columns.value = { ...value, ...Object.fromEntries(changed) }
}

/** All columns as they are by default. */
export function resetColumns(): void {
  settings.columns.value = {}
}

/** Sorts by a column: up, then down, then by time again. */
export function sortBy(id: ColumnId): void {
  const before = settings.sorting.peek()
  if (before?.by !== id) settings.sorting.value = { by: id, descending: false }
  else settings.sorting.value = before.descending ? null : { by: id, descending: true }
}
