/** Names a run of a worker, as `worker-seen` does: unique among all runs that all starts of the background have seen. */
export const runName = (background: string, run: number, targetId: string): string =>
  `worker-${background}-${run}-${targetId}`

/** The target that a run is one of: the same for all runs of one worker, whichever start of the background saw them. */
export const targetOf = (run: string): string => run.replace(/^worker-[^-]*-\d+-/, '')
