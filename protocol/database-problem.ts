import * as v from 'valibot'

/**
 * Why the extension's own database fails. `not-opened`, `no-answer`: it did not in time. `blocked`: another page of the
 * extension holds an older version open. `newer-version`: a newer version of the extension wrote it. `earlier-start`:
 * what an earlier start of the browser left is not removed yet. `full`: there is no room. `error`: anything else.
 */
export const databaseReasons = [
  'not-opened',
  'no-answer',
  'blocked',
  'newer-version',
  'earlier-start',
  'full',
  'error',
] as const

export const DatabaseProblem = v.object({
  reason: v.picklist(databaseReasons),
  /** The browser's own text; '' where the reason says it all. */
  detail: v.pipe(v.string(), v.maxLength(1024)),
})
export type DatabaseProblem = v.InferOutput<typeof DatabaseProblem>

/** A failure of the database. Its message is the reason's name, which is what is left of it behind a port. */
export class DatabaseError extends Error {
  constructor(readonly reason: DatabaseProblem['reason']) {
    super(reason)
    this.name = 'DatabaseError'
  }
}

/** What went wrong, from what was thrown on either side of a port. */
export function databaseProblemOf(error: unknown): DatabaseProblem {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) }
  const reason = databaseReasons.find((one) => one === message)
  if (reason) return { reason, detail: '' }
  if (name === 'VersionError') return { reason: 'newer-version', detail: '' }
  const detail = message.slice(0, 1000)
  return {
    reason:
      /^QuotaExceededError\b/.test(`${name} ${message}`.trim()) || name === 'QuotaExceededError'
        ? 'full'
        : 'error',
    detail,
  }
}
