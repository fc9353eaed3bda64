export interface Waiting {
  /** Something may be there now. */
  changed(): void
  /**
   * Resolves with what `look` finds, at once or when something has changed; with undefined when it has found
   * nothing for so many milliseconds.
   */
  find<T>(look: () => T | undefined, patience: number): Promise<T | undefined>
}

/** Waits for what is connected again a moment after the background was started. */
export function createWaiting(): Waiting {
  const all = new Set<() => void>()
  return {
    changed() {
      for (const look of all) look()
    },
    find: (look, patience) =>
      new Promise((resolve) => {
        const attempt = (last = false) => {
          const found = look()
          if (found === undefined && !last) return
          clearTimeout(timer)
          all.delete(attempt)
          resolve(found)
        }
        const timer = setTimeout(attempt, patience, true)
        all.add(attempt)
        attempt()
      }),
  }
}
