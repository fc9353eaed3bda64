import type { MatchingRule } from './evidence/matching'
import type { Finding } from './finding'

/** What a developer has set for the verdicts of an origin. */
export interface SiteSettings {
  /** IDs of rules that are disabled, everywhere. */
  readonly disabled: ReadonlySet<string>
  /** Patterns of findings that are ignored on this site. */
  readonly ignored: ReadonlySet<string>
  readonly matching: readonly MatchingRule[]
}

export const noSettings: SiteSettings = { disabled: new Set(), ignored: new Set(), matching: [] }

/** Whether a finding is not to be reported. */
export const isSuppressed = ({ rule, pattern }: Finding, { disabled, ignored }: SiteSettings): boolean =>
  disabled.has(rule) || ignored.has(pattern)
