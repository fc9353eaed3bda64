import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** Reads all files of a folder, by their names in it with `/`, in the order of their names. */
export async function readTree(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  const files = new Map<string, Uint8Array>()
  for (const name of names) files.set(name, await readFile(join(folder, name)))
  return files
}
