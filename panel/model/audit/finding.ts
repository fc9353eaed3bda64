import type { StorageItem } from '../../../protocol/storage-items'
import type { RuleId } from './rules'

/** Something that a rule found. */
export interface Finding {
  readonly rule: RuleId
  /** What it is about, named so that it can be looked up; '' when it is about the handler. */
  readonly item: string
  /** What an item is called that was not matched to the fetch, and where it is; none for anything else. */
  readonly names: readonly string[]
  /** How old it is and when it changed, in words; '' where there is nothing to say. */
  readonly note: string
  /** What "Ignore on this site" remembers: the item without what differs from fetch to fetch. */
  readonly pattern: string
  readonly bytes: number
  /** The item of storage that it is about. */
  readonly stored: StorageItem | null
  /** IDs of other fetches that it may belong to, the likeliest first. */
  readonly mayBeOf: readonly string[]
}

export const findingOf = (rule: RuleId, some: Partial<Omit<Finding, 'rule'>> = {}): Finding => ({
  rule,
  item: '',
  names: [],
  note: '',
  pattern: rule,
  bytes: 0,
  stored: null,
  mayBeOf: [],
  ...some,
})
