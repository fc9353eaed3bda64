import { afterEach, beforeEach, vi } from 'vitest'
import type { StorageSnapshot } from '../../../protocol/storage-events'
import { entryBytes } from './accounting'
import { readKnownEntries } from './reading/known-entries'
import { type AuditedFetch, createReport, lookOf } from './report'
import { cacheOf, HANDLE, snapshotOf } from './snapshot.fixture'
import type { Snapshot } from './stored'

export const SCOPE = 'https://pod.example/'
export const A = `${SCOPE}a?part=1`

/** What the caches hold, and the bytes that they use. */
export const disk = { stored: {} as Record<string, Record<string, Response>>, bytes: 0 }

export const usage = () => ({ total: disk.bytes, details: { caches: disk.bytes } })

/** Has the tests of a file begin with empty caches. */
export function fakeCaches(): void {
  beforeEach(() => {
    disk.stored = {}
    disk.bytes = 0
    vi.stubGlobal('location', { href: `${SCOPE}page` })
    vi.stubGlobal('caches', {
      match: async (url: string, { cacheName }: { cacheName?: string }) =>
        Object.entries(disk.stored)
          .filter(([name]) => cacheName === undefined || name === cacheName)
          .map(([, entries]) => entries[url]?.clone())
          .find((found) => found),
    })
    vi.stubGlobal('navigator', {
      storage: { estimate: async () => ({ usage: disk.bytes, usageDetails: { caches: disk.bytes } }) },
    })
  })
  afterEach(() => vi.unstubAllGlobals())
}

export function put(cache: string, url: string, response = new Response('body')): void {
  disk.stored[cache] = { ...disk.stored[cache], [url]: response }
  disk.bytes += Math.ceil(entryBytes(url, response, 4) / 256) * 256
}

export const present = (more: Partial<Snapshot> = {}): Snapshot =>
  snapshotOf(Object.keys(disk.stored).map(cacheOf), { usage: usage(), ...more })

export const auditOf = (more: Partial<AuditedFetch> = {}): AuditedFetch => ({
  handle: HANDLE,
  scope: SCOPE,
  names: { id: 'ep-1', urls: new Set([A]) },
  baseline: present(),
  baselineKind: 'before',
  knownEntries: null,
  firstLook: null,
  seenEntries: new Map(),
  ...more,
})

export const short = ({ items, gaps, removed }: StorageSnapshot) => ({
  items: items.map(
    (item) => `${item.kind} ${'url' in item ? item.url.slice(SCOPE.length) : ''} ${item.change}`,
  ),
  removed: removed.map(({ kind, name }) => `${kind} ${name.slice(SCOPE.length)}`),
  gaps: gaps.map(({ kind }) => kind),
})

export const report = async (audit: AuditedFetch) => short(await createReport('final', present(), audit))

/** The handler deletes a cache, whose bytes the browser goes on counting. */
export const drop = (cache: string) => {
  const { [cache]: _gone, ...rest } = disk.stored
  disk.stored = rest
}

/** A fetch before which all entries of the caches are known. */
export async function knownBefore(...urls: readonly string[]) {
  vi.stubGlobal('caches', { ...caches, keys: async () => Object.keys(disk.stored) })
  const knownEntries = await readKnownEntries(urls, async () => disk.bytes)
  return auditOf({ knownEntries, firstLook: lookOf(knownEntries) })
}
