import { effect, type Signal, signal } from '@preact/signals'

/** A signal that is remembered across sessions, in the extension's own storage. */
function remembered<T extends string | number | boolean>(name: string, initial: T): Signal<T> {
  const read = (): T => {
    try {
      const parsed: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
      return typeof parsed === typeof initial ? (parsed as T) : initial
    } catch {
      return initial
    }
  }
  const state = signal<T>(read())
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

export const settings = {
  /** Keep the log across top-level navigations: background fetches outlive the page. */
  preserve: remembered<boolean>('preserve-log', true),
  /** Trace the page's service workers with the debugger. */
  trace: remembered<boolean>('trace', true),
  /** Show the time since the abort instead of the time of day. */
  sinceAbort: remembered<boolean>('since-abort', false),
  /** Group the log by fetch. */
  group: remembered<boolean>('group', false),
  /** Width (or height, when stacked) of the details pane, in CSS pixels. */
  details: remembered<number>('details-size', 320),
  /** Width of the table of active fetches where all stands side by side, in CSS pixels. */
  tableWidth: remembered<number>('table-width', 400),
  /** Show the timeline of all fetches. */
  lanes: remembered<boolean>('lanes', false),
  /** Its height, in CSS pixels. */
  lanesSize: remembered<number>('lanes-size', 220),
  /** Its width where all stands side by side, in CSS pixels. */
  lanesWidth: remembered<number>('lanes-width', 420),
}
