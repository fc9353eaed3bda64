import type { Draft } from '../stored'

/** Of https://wicg.github.io/storage-buckets/: what is read here. lib.dom does not know it. */
interface WithBuckets extends Navigator {
  readonly storageBuckets?: { keys(): Promise<readonly string[]> }
}

/** Notes that the origin has storage buckets besides the default one: each has databases, caches and files of its own. */
export async function readBuckets(draft: Draft): Promise<void> {
  const { storageBuckets }: WithBuckets = navigator
  const { length } = (await storageBuckets?.keys()) ?? []
  if (length > 0) draft.gaps.push({ kind: 'buckets-not-read', side: 'now', buckets: length })
}
