import { deletableOf } from '../../../protocol/deletions'
import type { StorageItem } from '../../../protocol/storage-items'
import { findingsOf } from '../abort-series/leftovers'
import { identityOf, isChanged } from '../audit/evidence/items'
import type { Finding } from '../audit/finding'
import type { RuleId } from '../audit/rules'
import type { Verdict } from '../audit/verdict'
import type { Fetch } from '../session/view'

/** An item of storage that a script looks for: its kind, and what names it. */
export interface Check {
  readonly kind: CheckedKind
  readonly names: Readonly<Record<string, string>>
}

/** Kinds of items that a page can look for. */
export type CheckedKind = Exclude<StorageItem['kind'], 'notification'>

/**
 * Why a finding is not checked. `no-item`: it is about no item that can be looked for by its name. `older`: it may have been there
 * before the fetch. `before`: the item is as it was before the abort, and the script does not start the fetch as the page did.
 */
export type Unchecked = 'no-item' | 'older' | 'before'

/** A finding that is not checked. */
export interface UncheckedFinding {
  readonly finding: Finding
  readonly why: Unchecked
}

export interface Checks {
  /** Items that were stored, or stored anew, since the abort, as far as the storage was read before. */
  readonly since: readonly Check[]
  /** Items that are as they were before the abort. */
  readonly before: readonly Check[]
  /** What `before` is about. */
  readonly found: readonly Finding[]
  readonly unchecked: readonly UncheckedFinding[]
}

/** Rules whose finding is gone when the item is not there any more; another one may be about what is in the item. */
const GONE_WHEN_REMOVED: ReadonlySet<RuleId> = new Set([
  'row-left',
  'file-left',
  'entry-left',
  'value-left',
  'container-left',
  'not-matched',
  'error-stored',
])

/** A longer name may have been cut. */
const MAX_NAME = 1000

/** How a script finds an item; null where its name may stand for several, or no page can look for it. */
export function checkOf(item: StorageItem): Check | null {
  switch (item.kind) {
    case 'notification':
      return null
    case 'cache':
    case 'database':
      return item.name.length < MAX_NAME ? { kind: item.kind, names: { name: item.name } } : null
    case 'object-store':
      return Math.max(item.name.length, item.database.length) < MAX_NAME
        ? { kind: item.kind, names: { database: item.database, name: item.name } }
        : null
    case 'directory':
      return item.path.length < MAX_NAME ? { kind: item.kind, names: { path: item.path } } : null
    default: {
      // Bytes are not written as a text of that kind is.
      if (item.kind === 'row' && item.key.includes('binary ')) return null
      const named = deletableOf(item)
      if (!named) return null
      const { kind: _, ...names } = named
      return { kind: item.kind, names }
    }
  }
}

const runningSnapshots = ({ snapshots, running }: Fetch) => [
  ...(snapshots.started ? [snapshots.started] : []),
  ...running,
]

/** The storage was read while the fetch ran: what was stored before the abort is known. */
export const wasReadBefore = (fetch: Fetch): boolean => runningSnapshots(fetch).length > 0

/** It was read as it is while the fetch ran. */
function wasThere(fetch: Fetch, item: StorageItem): boolean {
  const identity = identityOf(item)
  return runningSnapshots(fetch).some(({ body }) =>
    body.items.some((one) => identityOf(one) === identity && !isChanged(one, item)),
  )
}

/** Whether a finding is that an item is there: one that changed late has to name the fetch, as another one may belong there. */
function isOfItem({ snapshots }: Fetch, { rule, stored }: Finding): boolean {
  if (!stored || !(GONE_WHEN_REMOVED.has(rule) || (rule === 'changed-after' && stored.mentions))) return false
  const identity = identityOf(stored)
  // What has changed late may be gone.
  return snapshots.final?.body.items.some((one) => identityOf(one) === identity) ?? false
}

/** What of a verdict a script that repeats the abort can check, and what it can't. */
export function checksOf(fetch: Fetch, verdict: Verdict): Checks {
  const since = new Map<string, Check>()
  const before = new Map<string, Check>()
  const found: Finding[] = []
  const unchecked: UncheckedFinding[] = []
  for (const finding of findingsOf(verdict)) {
    const { stored } = finding
    const check = stored && isOfItem(fetch, finding) ? checkOf(stored) : null
    if (!stored || !check) unchecked.push({ finding, why: 'no-item' })
    else if (stored.change !== 'added') unchecked.push({ finding, why: 'older' })
    else if (wasThere(fetch, stored)) {
      before.set(JSON.stringify(check), check)
      found.push(finding)
    } else since.set(JSON.stringify(check), check)
  }
  return { since: [...since.values()], before: [...before.values()], found, unchecked }
}
