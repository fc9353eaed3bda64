import type { Phase } from '../../model/timeline/timeline'

/** What keys do in the timeline. */
export interface TimelineActions {
  readonly tracks: number
  /** How many tracks are in view. */
  readonly page: number
  /** The track that has the keyboard, its phases, and the place of the current one among them; -1 for none. */
  readonly index: number
  readonly phases: readonly Phase[]
  readonly at: number
  moveTo(index: number, phase: Phase | null): void
  /** Selects the fetch of the current track. */
  select(): void
  /** Shows a part of the time, as a factor of what is in view. */
  zoom(factor: number): void
  /** Moves what is in view by so much of its width. */
  pan(by: number): void
  /** Shows what has the keyboard, as wide as it fits. */
  fit(): void
  fitAll(): void
}

/** Other keys that do the same. */
const SAME: Record<string, string> = { ' ': 'Enter', '=': '+', w: '+', s: '-' }

/** Does what a key does that was pressed in the timeline. */
export function onTimelineKey(event: KeyboardEvent, timeline: TimelineActions): void {
  if (event.altKey || event.metaKey) return
  const { index, phases, at, page, moveTo } = timeline
  const last = timeline.tracks - 1
  const track = (to: number) => moveTo(Math.max(0, Math.min(last, to)), null)
  const actions: Record<string, () => void> = {
    ArrowUp: () => track(index - 1),
    ArrowDown: () => track(index + 1),
    PageUp: () => track(index - page),
    PageDown: () => track(index + page),
    ArrowLeft: () => moveTo(index, phases[at - 1] ?? null),
    ArrowRight: () => moveTo(index, phases[Math.min(at + 1, phases.length - 1)] ?? null),
    Home: () => (event.ctrlKey ? track(0) : moveTo(index, null)),
    End: () => (event.ctrlKey ? track(last) : moveTo(index, phases.at(-1) ?? null)),
    Enter: timeline.select,
    '+': () => timeline.zoom(0.5),
    '-': () => timeline.zoom(2),
    a: () => timeline.pan(-0.2),
    d: () => timeline.pan(0.2),
    f: timeline.fit,
    '0': timeline.fitAll,
  }
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const action = actions[SAME[name] ?? name]
  if (!action || (event.ctrlKey && !/^(Home|End)$/.test(name))) return
  action()
  event.preventDefault()
}
