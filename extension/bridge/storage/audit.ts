import type { PageBody } from '../../../protocol/page-events'
import type { Follow } from '../watching/follow'
import type { Baselines } from './baselines'
import type { FetchNames } from './mentions'
import { type AuditedFetch, lookOf } from './report'
import { createRequests, type Requests } from './requests'

/** The first snapshot waits this long for the URLs of the requests, in milliseconds. */
export const FOR_URLS = 300

/** A fetch that this bridge follows, and what its storage is compared with. */
export interface Audit extends AuditedFetch {
  readonly requests: Requests
  /** Resolves when they were read; rejects when they could not be. */
  readonly reading: Promise<void>
  /** Resolves when they were read, or could not be for a while. */
  readonly read: Promise<void>
}

interface Surroundings {
  readonly emit: (body: PageBody) => void
  readonly baselines: Baselines
  /** When its ID was in use for the last time, in epoch milliseconds: what was left then is not new. */
  readonly usedAt: number
  /** Gets all its requests, once they were read. */
  readonly seen: (all: readonly Request[]) => void
}

/** Begins to compare the storage of a fetch, and to read its requests. */
export function createAudit(
  followed: Follow,
  already: boolean,
  { emit, baselines, usedAt, seen }: Surroundings,
): Audit {
  const { handle, id, owner } = followed
  const requests = createRequests(followed, already, emit, seen)
  const before = already ? undefined : baselines.before(usedAt)
  const names: FetchNames = {
    id,
    get urls() {
      return requests.urls
    },
  }
  const knownEntries = before ? baselines.knownEntries(before) : null
  // The report of the fetch itself goes first.
  const reading = followed.settled ? Promise.resolve() : Promise.resolve().then(() => requests.read())
  const late = new Promise<void>((resolve) => setTimeout(resolve, FOR_URLS))
  return {
    handle,
    scope: owner.scope,
    names,
    requests,
    reading,
    read: Promise.race([reading.catch(() => {}), late]),
    baseline: before ?? null,
    baselineKind: before ? 'before' : 'none',
    knownEntries,
    firstLook: lookOf(knownEntries),
    seenEntries: new Map(),
  }
}
