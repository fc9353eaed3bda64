import { effect, type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import type { Level } from '../model/describe/description'
import { type LogWidths, logColumnIds } from '../model/log/columns'
import { defaultLevels, levels } from '../model/log/levels'
import { columnIds } from '../model/table/columns'

/**
 * A signal that is remembered across sessions, in the extension's own storage.
 *
 * @param everywhere what is chosen in one window of DevTools holds at once in the others
 */
function remembered<T>(
  name: string,
  initial: T,
  schema: v.GenericSchema<unknown, T>,
  everywhere = false,
): Signal<T> {
  const read = (): T => {
    try {
      const parsed = v.safeParse(schema, JSON.parse(localStorage.getItem(name) ?? 'null'))
      return parsed.success ? parsed.output : initial
    } catch {
      return initial
    }
  }
  const state = signal<T>(read())
  if (everywhere) {
    // Node, where the unit tests run, has none.
    globalThis.addEventListener?.('storage', ({ key }) => {
      if (key === name) state.value = read()
    })
  }
  effect(() => {
    const text = JSON.stringify(state.value)
    try {
      localStorage.setItem(name, text)
    } catch {
      // Blocked storage: the setting lives as long as the panel.
    }
  })
  return state
}

const ColumnId = v.picklist(columnIds)
/** What was chosen of a column: whether it is shown, and its share of the width. */
const Column = v.object({
  shown: v.optional(v.boolean()),
  weight: v.optional(v.pipe(v.number(), v.gtValue(0))),
})
const Columns = v.record(ColumnId, v.optional(Column))
const LogColumns = v.record(v.picklist(logColumnIds), v.pipe(v.number(), v.minValue(24), v.maxValue(600)))
const Sorting = v.nullable(v.object({ by: ColumnId, descending: v.boolean() }))

export const settings = {
  /** Keep the log across top-level navigations: background fetches outlive the page. */
  preserve: remembered('preserve-log', true, v.boolean()),
  /** Trace the page's service workers with the debugger. */
  trace: remembered('trace', true, v.boolean()),
  /** Widths of the log's columns that were chosen, in CSS pixels. */
  logColumns: remembered<LogWidths>('log-columns', {}, LogColumns),
  /** Levels of rows that the log shows. */
  levels: remembered<readonly Level[]>('log-levels', defaultLevels, v.array(v.picklist(levels)), true),
  /** Group the log by fetch. */
  group: remembered('group', false, v.boolean()),
  /** Width (or height, when stacked) of the details pane, in CSS pixels. */
  details: remembered('details-size', 320, v.number()),
  /** Width of the table of active fetches where all stands side by side, in CSS pixels. */
  tableWidth: remembered('table-width', 520, v.number()),
  /** Leave ended fetches out of the table. */
  onlyActive: remembered('only-active', false, v.boolean()),
  /** What was chosen of the table's columns; a column that is not named is as it is by default. */
  columns: remembered<v.InferOutput<typeof Columns>>('fetch-columns', {}, Columns),
  /** By which column the table of fetches is sorted; null for the order of time. */
  sorting: remembered<v.InferOutput<typeof Sorting>>('fetch-sorting', null, Sorting),
  /** Sections of the details that are folded, by their names. */
  folded: remembered<readonly string[]>('folded-sections', ['storage'], v.array(v.string())),
  /** Show the timeline of all fetches. */
  timeline: remembered('timeline', false, v.boolean()),
  /** Its height, in CSS pixels. */
  timelineSize: remembered('timeline-size', 220, v.number()),
  /** Its width where all stands side by side, in CSS pixels. */
  timelineWidth: remembered('timeline-width', 420, v.number()),
}
