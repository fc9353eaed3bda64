import type { StorageItem } from '../../../protocol/storage-items'
import { observed } from '../streams/events.fixture'
import { createAuditStream, recordOf, rowOf } from './audit.fixture'

/** An item that names the fetch. For tests. */
export const row = rowOf('episode')
/** A fetch that was aborted, and what is stored after its event. */
export const ended = (...items: StorageItem[]) => createAuditStream().seen().ended({ items })
/** One that succeeded with these responses. */
export const succeeded = (items: readonly StorageItem[], records = [recordOf()], downloaded = 1000) =>
  createAuditStream().seen({}, downloaded).ended({ items }, records, observed.success('h', downloaded))
