import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dist } from './launch'

/**
 * A copy of the built extension with all its optional permissions given: without a window nobody can be asked for them, and
 * Chromium reports requests only to an extension that has the permission when it is loaded.
 */
export async function permittedExtension(): Promise<{
  readonly folder: string
  remove(): Promise<void>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'permitted-'))
  await cp(dist, folder, { recursive: true })
  const file = join(folder, 'manifest.json')
  const manifest = JSON.parse(await readFile(file, 'utf8'))
  manifest.permissions.push(...manifest.optional_permissions)
  delete manifest.optional_permissions
  await writeFile(file, JSON.stringify(manifest))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
