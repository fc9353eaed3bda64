import type { Follow, Stage } from './follow'

/** Who else wants to know what the watcher finds. */
export interface Observer {
  reached(stage: Stage, followed: Follow, already: boolean): void
  /** The watcher looks, and nothing is running. */
  idle(on: boolean): void
  stop(): void
}
