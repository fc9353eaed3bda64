import { gzipSync } from 'node:zlib'
import { dist } from '../scripts/browser/launch'
import { readTree } from '../scripts/package/tree'

export interface Size {
  readonly name: string
  readonly bytes: number
  readonly gzip: number
}

/** Sizes of all built files, the largest first. */
export async function measureSizes(): Promise<Size[]> {
  const files = await readTree(dist)
  return [...files]
    .map(([name, bytes]) => ({ name, bytes: bytes.length, gzip: gzipSync(bytes).length }))
    .sort((a, b) => b.bytes - a.bytes)
}
